"""Routes of answers of before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext

from indexer.engine.query import Order
from indexer.errors import InvalidQueryError
from query_room.pages.addresses import logged_search_url
from query_room.pages.labels import ORDERS
from query_room.pages.log.labels import FILTERS, HIT_STATES
from query_room.pages.past_searches.labels import FATES, REASONS
from query_room.sessions import current_account
from search_api.replaying import Fate

if TYPE_CHECKING:
    from query_room.asking import Asking
    from query_room.room import Room

_NOT_FOUND = 404


def create_blueprint(room: Room, asking: Asking) -> Blueprint:
    """The pages of answers of before."""
    pages = Blueprint("past_searches", __name__, url_prefix="/s")

    @pages.get("/<search_id>")
    def search(search_id: str) -> str:
        """An answer as it was given, as far as its reader may see it."""
        found = room.past_searches.load(search_id, by=current_account(), viewer=asking.viewer())
        entry = found.entry
        return render_template(
            "past_searches/search.html",
            view=found,
            again=logged_search_url(entry.text, entry.filters, literal=entry.literal),
            order=ORDERS[Order(entry.order)],
            filter_names=FILTERS,
            states=HIT_STATES,
            address=request.base_url,
        )

    @pages.post("/<search_id>/compare")
    def compare(search_id: str) -> str:
        """The same asked again, beside what was shown; on record."""
        by = current_account()
        if by is None:
            abort(_NOT_FOUND)
        problem = ""
        found = None
        try:
            found = room.past_searches.compare(search_id, by=by, viewer=asking.viewer())
        except InvalidQueryError:
            problem = gettext("This version cannot ask that question any more.")
        return render_template(
            "past_searches/comparison.html",
            search_id=search_id,
            view=found,
            problem=problem,
            fates=FATES,
            reasons=REASONS,
            told=(Fate.KEPT, Fate.MOVED, Fate.GAINED, Fate.LOST),
        )

    return pages

"""Routes of saved searches."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from query_room.accounts import Permission
from query_room.errors import InvalidFieldError
from query_room.pages.addresses import search_url
from query_room.pages.forms import problem_of
from query_room.pages.guards import require_account
from query_room.pages.search.view_models import results_view
from query_room.saved_searches import TooManySavedError
from search_api.params import PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.accounts import Account
    from query_room.asking import Asking
    from query_room.pages.forms import FormProblem
    from query_room.room import Room
    from query_room.saved_searches import SavedSearches

_STAFF: Final = Permission.SERVE_VISITORS
_BAD_REQUEST: Final = 400
_MAX_DIGITS: Final = 18
_NEW_SHOWN: Final = 100


def create_blueprint(room: Room, asking: Asking) -> Blueprint:
    """The pages of saved searches."""
    pages = Blueprint("saved_searches", __name__, url_prefix="/saved")

    def shown(problem: FormProblem | None = None) -> str:
        by = require_account(_STAFF)
        return render_template(
            "saved_searches/overview.html",
            kept=room.saved_searches.standing(by=by, viewer=asking.viewer()),
            address=lambda saved: search_url(list(saved.arguments)),
            problem=problem,
        )

    @pages.get("/")
    def overview() -> str:
        """What one keeps, and what is new of it now."""
        return shown()

    @pages.post("/")
    def keep() -> AnyResponse | Response:
        """Keep the question that was just asked."""
        by = require_account(_STAFF)
        given = request.form.items(multi=True)
        arguments = [
            (name, value) for name, value in given if name in PARAMETERS and name != "page"
        ]
        try:
            room.saved_searches.keep(request.form.get("name", ""), arguments, by=by)
        except (InvalidFieldError, TooManySavedError) as error:
            return make_response(shown(problem_of(error)), _BAD_REQUEST)
        flash(gettext("The search is kept."))
        return redirect(url_for("saved_searches.overview"))

    @pages.get("/<int:saved_id>/new")
    def new(saved_id: int) -> str:
        """What came or changed since one looked last; logged like any search."""
        by = require_account(_STAFF)
        saved, question, position = room.saved_searches.what_is_new(saved_id, by=by)
        viewer = asking.viewer()
        wanted = replace(question, page_size=_NEW_SHOWN)
        answer = room.search.search(wanted, viewer, asking.context())
        return render_template(
            "saved_searches/new.html",
            saved=saved,
            position=position,
            view=results_view(answer, viewer),
        )

    @pages.post("/<int:saved_id>/<any(rename, alerts, seen, remove):step>")
    def change(saved_id: int, step: str) -> AnyResponse | Response:
        """Another name, alerts on or off, looked at, or forgotten."""
        by = require_account(_STAFF)
        try:
            _take(room.saved_searches, saved_id, step, request.form, by=by)
        except InvalidFieldError as error:
            return make_response(shown(problem_of(error)), _BAD_REQUEST)
        return redirect(url_for("saved_searches.overview"))

    return pages


def _take(
    kept: SavedSearches, saved_id: int, step: str, form: Mapping[str, str], *, by: Account
) -> None:
    """Do one step with a saved search."""
    match step:
        case "rename":
            kept.rename(saved_id, form.get("name", ""), by=by)
        case "alerts":
            kept.set_alerts(saved_id, wanted=form.get("wanted") == "1", by=by)
        case "seen":
            kept.mark_seen(saved_id, _position(form.get("position", "")), by=by)
        case _:
            kept.remove(saved_id, by=by)


def _position(text: str) -> int:
    """The position that the page named; 0, up to which everybody has looked, where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS else 0

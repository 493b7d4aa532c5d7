"""Routes of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, render_template, request, send_file

from query_room.accounts import Permission
from query_room.pages import labels
from query_room.pages.records.hits import HitsView, hits_view
from query_room.pages.records.papers import paper_view
from query_room.pages.records.similar import similar_view
from query_room.pages.records.view_models import (
    looking_view,
    picture_view,
    reading_view,
    record_view,
)
from query_room.sessions import current_account
from search_api.limits import MAX_QUESTION
from search_api.log import Use
from search_api.meeting import PAGES_LISTED
from search_api.routes import image_response

if TYPE_CHECKING:
    from flask import Response

    from indexer.access import Viewer
    from indexer.records import Record
    from query_room.asking import Asking
    from query_room.room import Room

_MAX_SEARCH_ID = 40


def create_blueprint(room: Room, asking: Asking) -> Blueprint:
    """The pages of one record. Opening, reading and downloading are logged."""
    pages = Blueprint("records", __name__, url_prefix="/records")

    @pages.get("/<record_id>")
    def record(record_id: str) -> str:
        """The record's own page."""
        viewer = asking.viewer()
        found = room.search.record(record_id, viewer)
        copies = room.search.copies(found, viewer)
        room.search.log_use(Use.OPENED, found, asking.context(), search_id=_search_id())
        account = current_account()
        manager = account if account and account.may(Permission.MANAGE_ARCHIVE) else None
        return render_template(
            "record.html",
            view=record_view(found, copies, _origin()),
            hits=_hits(found, viewer),
            similar=tuple(map(similar_view, room.search.similar(found, viewer))),
            paper=paper_view(room.search.related(record_id, viewer)),
            differences=room.archive.differences.of_record(
                found.record_id, by=manager, viewer=viewer
            )
            if manager
            else (),
            may_manage_archive=manager is not None,
            labels=labels,
        )

    @pages.get("/<record_id>/files/<int:file>/pages/<int:page>")
    def page(record_id: str, file: int, page: int) -> str:
        """One page with the question's words marked: as text, or as an image (``view=image``)."""
        text, literal = _origin().get("q", ""), "literal" in _origin()
        if request.args.get("view") == "image":
            # Noted where the image itself is given: this page holds none of its content.
            pictured = room.search.pictured_page(
                record_id, file, page, asking.viewer(), text, literal=literal
            )
            return render_template(
                "picture.html",
                view=looking_view(pictured, _origin()),
                picture=picture_view(pictured, _origin()),
            )
        shown = room.search.page(record_id, file, page, asking.viewer(), text, literal=literal)
        room.search.log_use(
            Use.PAGE,
            shown.record,
            asking.context(),
            file_ordinal=file,
            pages=(page,),
            search_id=_search_id(),
        )
        return render_template("page.html", view=reading_view(shown, _origin()))

    @pages.get("/<record_id>/files/<int:file>/pages/<int:page>/image")
    def image(record_id: str, file: int, page: int) -> Response:
        """The image of one page; no browser keeps it, so that a withdrawn one is gone."""
        found = room.search.page_image(record_id, file, page, asking.viewer())
        room.search.log_use(
            Use.PAGE,
            found.record,
            asking.context(),
            file_ordinal=file,
            pages=(page,),
            search_id=_search_id(),
        )
        return image_response(found.picture)

    @pages.post("/<record_id>/files/<int:file>/pages/<int:page>/uses")
    def use(record_id: str, file: int, page: int) -> tuple[str, int]:
        """Note that text of the page was copied or the page printed, as the browser reports."""
        made = {each.value: each for each in (Use.COPIED, Use.PRINTED)}.get(
            request.form.get("use", "")
        )
        if made is None:
            abort(400)
        found = room.search.record_with_page(record_id, file, page, asking.viewer())
        room.search.log_use(
            made,
            found,
            asking.context(),
            file_ordinal=file,
            pages=(page,),
            search_id=_search_id(),
        )
        return "", 204

    @pages.get("/<record_id>/files/<int:file>/original")
    def original(record_id: str, file: int) -> Response:
        """The archived file, always as a download: it may hold anything."""
        viewer = asking.viewer()
        found = room.search.original(record_id, file, viewer)
        room.search.log_use(
            Use.DOWNLOADED,
            room.search.record(record_id, viewer),
            asking.context(),
            file_ordinal=file,
            search_id=_search_id(),
        )
        return send_file(
            found.path,
            mimetype="application/octet-stream",
            as_attachment=True,
            download_name=found.name,
            conditional=False,
        )

    def _hits(found: Record, viewer: Viewer) -> HitsView | None:
        origin = _origin()
        if not origin.get("q"):
            return None
        after = request.args.get("after", 0, type=int)
        met = room.search.hits_in(
            found, viewer, origin["q"], literal="literal" in origin, after=max(0, after)
        )
        return hits_view(found, met, origin, PAGES_LISTED)

    return pages


def _origin() -> dict[str, str]:
    """The question a record was opened from, carried from page to page."""
    given = {
        "q": request.args.get("q", "")[:MAX_QUESTION],
        "literal": "1" if request.args.get("literal") == "1" else "",
        "from": _search_id() or "",
    }
    return {name: value for name, value in given.items() if value}


def _search_id() -> str | None:
    return request.args.get("from", "")[:_MAX_SEARCH_ID] or None

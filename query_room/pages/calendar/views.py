"""Routes of working days: seen by those whose due dates rest on them, changed by administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext

from indexer.database import utc_now
from indexer.errors import QueryRoomError
from query_room.accounts import Permission
from query_room.calendar import CalendarImportError, DayKind
from query_room.languages import message_language
from query_room.messages import reason_words
from query_room.pages.calendar.view_models import calendar_view
from query_room.pages.forms import chosen, problem_of
from query_room.pages.guards import require_account
from query_room.pages.requests.forms import required_day
from search_api.china_time import day_in_china

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.accounts import Account
    from query_room.room import Room

_BAD_REQUEST = 400
_READ = Permission.HANDLE_REQUESTS
_MANAGE = Permission.MANAGE_ORGANS
_YEARS: Final = range(2004, 2041)
"""Years of which the packaged calendar says anything."""


def create_blueprint(room: Room) -> Blueprint:
    """The pages of working days."""
    pages = Blueprint("calendar", __name__, url_prefix="/calendar")

    def page(by: Account, error: QueryRoomError | None = None) -> str:
        year = _year()
        rows = error.rows if isinstance(error, CalendarImportError) else ()
        return render_template(
            "calendar/overview.html",
            view=calendar_view(room.calendar.current(), year, room.calendar.history()),
            years=_YEARS,
            may_change=by.may(_MANAGE),
            form=request.form,
            problem=problem_of(error) if error else None,
            bad=[
                (line, reason_words("calendar_refused", reason, message_language()))
                for line, reason in rows
            ],
        )

    def change(error: QueryRoomError, by: Account) -> Response:
        return make_response(page(by, error), _BAD_REQUEST)

    @pages.get("/")
    def overview() -> str:
        """Holidays and make-up days of a year, and what was added to them."""
        return page(require_account(_READ, _MANAGE))

    @pages.get("/notices/<int:notice_id>")
    def notice(notice_id: int) -> str:
        """What was added once, and the due dates that it moved."""
        by = require_account(_READ, _MANAGE)
        found = next((n for n in room.calendar.history() if n.notice_id == notice_id), None)
        if found is None:
            abort(404)
        handles = by.may(_READ)
        return render_template(
            "calendar/notice.html",
            notice=found,
            moved=room.requests.moved_dates.by_notice(notice_id, by=by) if handles else None,
        )

    @pages.post("/notices")
    def import_notice() -> AnyResponse | Response:
        """Take the notice of a year in, whole or not at all."""
        by = require_account(_MANAGE)
        upload = request.files.get("notice")
        try:
            found = room.calendar.import_notice(
                upload.read() if upload else b"", source=request.form.get("source", ""), by=by.name
            )
        except QueryRoomError as error:
            return change(error, by)
        flash(gettext("Imported; due dates follow from now on."))
        return redirect(url_for("calendar.overview", year=found.year))

    @pages.post("/days")
    def set_day() -> AnyResponse | Response:
        """Set one day."""
        by = require_account(_MANAGE)
        try:
            day = required_day(request.form, "day")
            room.calendar.set_day(
                day,
                chosen(request.form, "kind", DayKind),
                name=request.form.get("name", ""),
                source=request.form.get("day_source", ""),
                by=by.name,
            )
        except QueryRoomError as error:
            return change(error, by)
        flash(gettext("The day is set; due dates follow from now on."))
        return redirect(url_for("calendar.overview", year=day.year))

    return pages


def _year() -> int:
    text = request.args.get("year", "")
    if not text:
        return day_in_china(utc_now()).year
    if not (text.isascii() and text.isdigit() and int(text[:5]) in _YEARS):
        abort(404)
    return int(text)

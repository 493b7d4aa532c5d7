"""Routes of the log."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from flask import Blueprint, make_response, redirect, render_template, request, url_for

from indexer.database import utc_now
from query_room.accounts import Permission
from query_room.audit import LogQuestion
from query_room.audit.service import FIRST_DAY
from query_room.errors import InvalidFieldError
from query_room.fields import SHORT, optional
from query_room.pages.forms import problem_of
from query_room.pages.guards import require_account
from query_room.pages.log.asked import day_asked, page_asked
from query_room.pages.log.searching import add_searching
from query_room.pages.log.view_models import (
    EventWords,
    HeadsView,
    day_view,
    event_view,
    verification_view,
)
from search_api.china_time import day_in_china
from search_api.log import EventKind

if TYPE_CHECKING:
    from flask import Response
    from werkzeug import Response as AnyResponse

    from query_room.accounts import Account
    from query_room.pages.forms import FormProblem
    from query_room.room import Room
    from search_api.log.model import DayHead

_READ: Final = Permission.READ_LOG
_BAD_REQUEST: Final = 400
_LATEST: Final = 10
_MAX_HEADS: Final = 400
_HEAD: Final = re.compile(r"(\d{1,18})\s+([0-9a-fA-F]{64})", re.ASCII)


def create_blueprint(room: Room) -> Blueprint:
    """The pages of the log."""
    pages = Blueprint("log", __name__, url_prefix="/log")

    def words() -> EventWords:
        return EventWords(room.accounts.display_name)

    def verify_page(by: Account, problem: FormProblem | None = None) -> str:
        latest = room.audit.verifications(_LATEST, by=by)
        shown = words()
        return render_template(
            "log/verify.html",
            latest=[verification_view(each, shown) for each in latest],
            form=request.form,
            problem=problem,
        )

    @pages.get("/")
    def day() -> str:
        """What happened on a day."""
        by = require_account(_READ)
        today = day_in_china(utc_now())
        found = room.audit.day(_question(today), by=by)
        return render_template("log/day.html", view=day_view(found, words(), today, FIRST_DAY))

    @pages.get("/events/<int:event_id>")
    def event(event_id: int) -> str:
        """One event."""
        by = require_account(_READ)
        found, related = room.audit.event(event_id, by=by)
        return render_template("log/event.html", view=event_view(found, related, words()))

    @pages.get("/heads")
    def heads() -> str:
        """The last seal of each day of a month, to be written down and kept apart."""
        by = require_account(_READ)
        month = _month(request.args.get("month", ""), day_in_china(utc_now()))
        found = room.audit.heads(month, by=by)
        return render_template("log/heads.html", view=_heads_view(month, found))

    @pages.get("/verify")
    def verifying() -> str:
        """The button, and what it found the last times."""
        return verify_page(require_account(_READ))

    @pages.post("/verify")
    def verify() -> AnyResponse | Response:
        """Walk the whole chain, compared with what was written down."""
        by = require_account(_READ)
        try:
            printed = _printed(request.form.get("heads", ""))
        except InvalidFieldError as error:
            return make_response(verify_page(by, problem_of(error)), _BAD_REQUEST)
        number = room.audit.verify(printed, by=by)
        return redirect(url_for("log.verification", event_id=number))

    @pages.get("/verifications/<int:event_id>")
    def verification(event_id: int) -> str:
        """What a walk of the chain found."""
        by = require_account(_READ)
        found = room.audit.verification(event_id, by=by)
        return render_template("log/verification.html", view=verification_view(found, words()))

    add_searching(pages, room)
    return pages


def _question(today: dt.date) -> LogQuestion:
    """What the address asks for.

    Raises:
        InvalidFieldError: It asks for what cannot be.
    """
    given = request.args
    kind, page = given.get("kind", ""), given.get("page", "1")
    if kind and kind not in set(EventKind):
        raise InvalidFieldError("kind", "unknown")
    return LogQuestion(
        day=day_asked("day", given.get("day", ""), today),
        kind=EventKind(kind) if kind else None,
        actor=optional("actor", given.get("actor", ""), SHORT),
        page=page_asked(page),
    )


def _month(text: str, today: dt.date) -> dt.date:
    """The first day of the month asked for, by default of this one."""
    return day_asked("month", f"{text}-01" if text else "", today.replace(day=1))


def _printed(text: str) -> dict[int, str]:
    """Digests by number of the seal, as they were written down: a line each.

    Raises:
        InvalidFieldError: A line is none, or there are too many.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > _MAX_HEADS:
        raise InvalidFieldError("heads", "too_long")
    found = {}
    for line in lines:
        head = _HEAD.fullmatch(line)
        if head is None:
            raise InvalidFieldError("heads", "unknown")
        found[int(head[1])] = head[2].lower()
    return found


def _heads_view(month: dt.date, found: tuple[DayHead, ...]) -> HeadsView:
    before = month - dt.timedelta(days=1)
    after = month + dt.timedelta(days=31)
    today = day_in_china(utc_now())
    return HeadsView(
        month=f"{month:%Y-%m}",
        heads=found,
        previous_url=url_for("log.heads", month=f"{before:%Y-%m}") if before > FIRST_DAY else None,
        next_url=(
            url_for("log.heads", month=f"{after:%Y-%m}") if after.replace(day=1) <= today else None
        ),
    )

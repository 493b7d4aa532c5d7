"""What the room searched and what it found: on a page to be printed, or as a file."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext

from indexer.database import utc_now
from query_room.accounts import Permission
from query_room.audit import SearchQuestion
from query_room.audit.service import FIRST_DAY
from query_room.fields import SHORT, optional
from query_room.pages.forms import chosen
from query_room.pages.guards import require_account
from query_room.pages.log.asked import day_asked, page_asked
from query_room.pages.log.labels import CHANNELS, HIT_STATES, USES
from query_room.sheets import MEDIA_TYPES, SheetFormat, sheet
from search_api.china_time import CHINA, day_in_china

if TYPE_CHECKING:
    from collections.abc import Mapping

    from query_room.audit import AuditedSearch
    from query_room.room import Room

_READ: Final = Permission.READ_LOG
_TEXTS: Final = ("actor", "terminal", "visit_id", "request_id", "record_id")


def add_searching(pages: Blueprint, room: Room) -> None:
    """Add the page of searches and its file."""

    @pages.get("/searches")
    def searches() -> str:
        """What was searched, by day, person, terminal, visit, request or record."""
        by = require_account(_READ)
        today = day_in_china(utc_now())
        question = _question(request.args, today)
        found = room.search_audit.find(question, by=by)
        one = dt.timedelta(days=1)
        is_day = question.first == question.last
        return render_template(
            "log/searches.html",
            view=found,
            asked=_asked(question),
            is_day=is_day,
            uses=USES,
            channels=CHANNELS,
            states=HIT_STATES,
            previous=question.first - one if is_day and question.first > FIRST_DAY else None,
            next=question.last + one if is_day and question.last < today else None,
        )

    @pages.post("/searches/export")
    def export_searches() -> Response:
        """The same as a file; that it was made is logged first."""
        by = require_account(_READ)
        question = _question(request.form, day_in_china(utc_now()))
        rows = [_row(each) for each in room.search_audit.every(question, by=by)]
        content = sheet(_headings(), rows, chosen(request.form, "format", SheetFormat))
        room.search_audit.note_export(question, content, by=by)
        days = f"{question.first.isoformat()}-{question.last.isoformat()}"
        return Response(
            content.data,
            mimetype=MEDIA_TYPES[content.sheet_format],
            headers={
                "Content-Disposition": (
                    f'attachment; filename="searches-{days}.{content.sheet_format}"'
                ),
                "Cache-Control": "no-store",
            },
        )


def _question(given: Mapping[str, str], today: dt.date) -> SearchQuestion:
    """What the address or the form asks for; ``day`` stands for both ends.

    Raises:
        InvalidFieldError: It asks for what cannot be.
    """
    day = day_asked("day", given.get("day", ""), today)
    first = day_asked("from", given.get("from", ""), day)
    texts = {name: optional(name, given.get(name, ""), SHORT) for name in _TEXTS}
    return SearchQuestion(
        first=first,
        last=day_asked("to", given.get("to", ""), day),
        page=page_asked(given.get("page", "1")),
        **texts,
    )


def _asked(question: SearchQuestion) -> dict[str, str]:
    """The question as an address carries it, without its page."""
    texts = {name: str(getattr(question, name)) for name in _TEXTS}
    return {
        "from": question.first.isoformat(),
        "to": question.last.isoformat(),
        **{name: text for name, text in texts.items() if text},
    }


def _headings() -> list[str]:
    return [
        gettext("Search"),
        gettext("Event"),
        gettext("Time"),
        gettext("Who"),
        gettext("Channel"),
        gettext("Terminal"),
        gettext("Visit"),
        gettext("Request"),
        gettext("Asked"),
        gettext("Records found"),
        gettext("Shown, with their hashes"),
        gettext("Their state now"),
        gettext("What was done with them"),
    ]


def _row(audited: AuditedSearch) -> list[str | int]:
    search = audited.search
    entry = search.entry
    hits = entry.hits if entry else ()
    return [
        search.search_id,
        search.event_id,
        search.at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S"),
        search.actor,
        str(CHANNELS.get(search.channel, search.channel)),
        entry.context.terminal if entry else "",
        search.visit_id or "",
        search.request_id or "",
        entry.text if entry else gettext("erased"),
        search.total,
        "\n".join(f"{hit.rank}. {hit.record_id} {hit.content_hash}" for hit in hits),
        "\n".join(str(HIT_STATES[audited.states[hit.record_id]]) for hit in hits),
        "\n".join(
            f"{use.at.astimezone(CHINA):%H:%M:%S} {USES[use.use]} {use.record_id}"
            for use in audited.uses
        ),
    ]

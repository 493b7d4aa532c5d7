"""Reading the register: some days of it, and one entry on paper."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, render_template, request, url_for

from indexer.database import utc_now
from query_room.accounts import Permission
from query_room.fields import SHORT
from query_room.outcomes import Outcome
from query_room.pages.forms import chosen
from query_room.pages.guards import require_account
from query_room.pages.labels import OPENINGS
from query_room.pages.register.exporting import headings, lines
from query_room.pages.register.view_models import PeriodView, entry_view
from query_room.register import EntryFilter, Mode
from query_room.sheets import MEDIA_TYPES, SheetFormat, sheet
from query_room.visits import Purpose, Standing
from search_api.china_time import day_in_china

if TYPE_CHECKING:
    from query_room.asking import Asking
    from query_room.room import Room

_SERVE = Permission.SERVE_VISITORS
_PAGE = 100
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_MAX_PAGE = 10_000


def add_reading(pages: Blueprint, room: Room, asking: Asking) -> None:
    """Add the routes that read."""

    @pages.get("/")
    def period() -> str:
        """The register of some days, by default this month, and what they add up to."""
        by = require_account(_SERVE)
        first, last = _days(day_in_china(utc_now()))
        number = _number()
        where = _filter()
        viewer = asking.viewer()
        entries = room.register_periods.between(
            first,
            last,
            by=by,
            viewer=viewer,
            where=where,
            offset=(number - 1) * _PAGE,
            limit=_PAGE + 1,
        )

        def address(page: int) -> str:
            return url_for(
                "register.period",
                **{**_asked(first, last, where), "page": str(page)},  # type: ignore[arg-type] # names that Python reserves
            )

        view = PeriodView(
            first=first,
            last=last,
            counts=room.register_periods.counts(first, last, by=by, viewer=viewer, where=where),
            months=room.register_periods.by_month(first, last, by=by, viewer=viewer, where=where),
            where=where,
            entries=tuple(entries[:_PAGE]),
            previous_url=address(number - 1) if number > 1 else None,
            next_url=address(number + 1) if len(entries) > _PAGE else None,
        )
        return render_template("register/period.html", view=view, asked=_asked(first, last, where))

    @pages.post("/export")
    def export() -> Response:
        """The entries of a period as a file; that it was made is logged first."""
        by = require_account(_SERVE)
        days = _days(day_in_china(utc_now()))
        where = _filter()
        rows = lines(room, days, where, by=by, viewer=asking.viewer())
        content = sheet(headings(), rows, chosen(request.values, "format", SheetFormat))
        room.register_periods.note_export(*days, where, content=content, by=by)
        name = f"register-{days[0].isoformat()}-{days[1].isoformat()}.{content.sheet_format}"
        return Response(
            content.data,
            mimetype=MEDIA_TYPES[content.sheet_format],
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "no-store",
            },
        )

    @pages.get("/<entry_id>")
    def entry(entry_id: str) -> str:
        """One entry, to be printed and signed."""
        by = require_account(_SERVE)
        viewer = asking.viewer()
        found = room.register.load(entry_id, by=by, viewer=viewer)
        view = entry_view(
            found,
            room.visits.load(found.visit_id, by=by),
            lambda record_id: room.search.record(record_id, viewer),
            room.effects.of_entries([(entry_id, found.visit_id)], by=by).get(entry_id, ()),
        )
        return render_template("register/entry.html", view=view, openings=OPENINGS)


def _days(today: dt.date) -> tuple[dt.date, dt.date]:
    """The days in the address, in order; by default this month so far."""
    try:
        first = dt.date.fromisoformat(
            request.values.get("from") or today.replace(day=1).isoformat()
        )
        last = dt.date.fromisoformat(request.values.get("to") or today.isoformat())
    except ValueError:
        abort(404)
    if first.year < _FIRST_YEAR or last.year > _LAST_YEAR:
        abort(404)
    return min(first, last), max(first, last)


def _filter() -> EntryFilter:
    """The filter in the address or the form; a word that is none of its choices is not found."""
    try:
        return EntryFilter(
            purpose=Purpose(text) if (text := request.values.get("purpose")) else None,
            standing=Standing(text) if (text := request.values.get("standing")) else None,
            outcome=Outcome(text) if (text := request.values.get("outcome")) else None,
            handler=request.values.get("handler", "").strip()[:SHORT],
            mode=Mode(text) if (text := request.values.get("mode")) else None,
            reference=request.values.get("reference", "").strip()[:SHORT],
            certificate=request.values.get("certificate", "").strip()[:SHORT],
        )
    except ValueError:
        abort(404)


def _asked(first: dt.date, last: dt.date, where: EntryFilter) -> dict[str, str]:
    """The period and filter as an address carries them."""
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "purpose": where.purpose or "",
        "standing": where.standing or "",
        "outcome": where.outcome or "",
        "handler": where.handler,
        "mode": where.mode or "",
        "reference": where.reference,
        "certificate": where.certificate,
    }


def _number() -> int:
    text = request.args.get("page", "1")
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _MAX_PAGE):
        abort(404)
    return int(text)

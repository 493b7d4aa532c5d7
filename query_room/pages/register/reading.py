"""Reading the register: some days of it, and one entry on paper."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flask import Blueprint, abort, render_template, request, url_for

from indexer.database import utc_now
from query_room.accounts import Permission
from query_room.pages.guards import require_account
from query_room.pages.labels import OPENINGS
from query_room.pages.register.view_models import PeriodView, entry_view
from search_api.china_time import day_in_china

if TYPE_CHECKING:
    from query_room.asking import Asking
    from query_room.room import Room

_SERVE = Permission.SERVE_VISITORS
_PAGE = 100
_MAX_PAGE = 10_000


def add_reading(pages: Blueprint, room: Room, asking: Asking) -> None:
    """Add the routes that read."""

    @pages.get("/")
    def period() -> str:
        """The register of some days, by default this month, and what they add up to."""
        by = require_account(_SERVE)
        first, last = _days(day_in_china(utc_now()))
        number = _number()
        entries = room.register.between(
            first,
            last,
            by=by,
            viewer=asking.viewer(),
            offset=(number - 1) * _PAGE,
            limit=_PAGE + 1,
        )

        def address(page: int) -> str:
            return url_for(
                "register.period",
                **{"from": first.isoformat(), "to": last.isoformat(), "page": str(page)},  # type: ignore[arg-type] # names that Python reserves
            )

        view = PeriodView(
            first=first,
            last=last,
            counts=room.register.counts(first, last, by=by),
            entries=tuple(entries[:_PAGE]),
            previous_url=address(number - 1) if number > 1 else None,
            next_url=address(number + 1) if len(entries) > _PAGE else None,
        )
        return render_template("register/period.html", view=view)

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
        )
        return render_template("register/entry.html", view=view, openings=OPENINGS)


def _days(today: dt.date) -> tuple[dt.date, dt.date]:
    """The days in the address, in order; by default this month so far."""
    try:
        first = dt.date.fromisoformat(request.args.get("from") or today.replace(day=1).isoformat())
        last = dt.date.fromisoformat(request.args.get("to") or today.isoformat())
    except ValueError:
        abort(404)
    return min(first, last), max(first, last)


def _number() -> int:
    text = request.args.get("page", "1")
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _MAX_PAGE):
        abort(404)
    return int(text)

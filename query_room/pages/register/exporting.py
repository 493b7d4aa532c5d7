"""Days of the register as a file: what its reader may see, visitors masked, on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import gettext

from query_room.pages.counter_labels import MODES, OUTCOMES, PURPOSES, STANDINGS
from query_room.register.page_ranges import format_ranges
from search_api.china_time import CHINA

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from indexer.access import Viewer
    from query_room.accounts import Account
    from query_room.register import EntryFilter, RegisterEntry
    from query_room.room import Room
    from query_room.visits import Visit

_BATCH: Final = 500


def headings() -> list[str]:
    """The first line."""
    return [
        gettext("Entry number"),
        gettext("Entered at"),
        gettext("Visitor"),
        gettext("Comes"),
        gettext("Purpose"),
        gettext("Outcome"),
        gettext("Reference code"),
        gettext("Kind of use"),
        gettext("Pages"),
        gettext("Number of pages"),
        gettext("Copies"),
        gettext("Number of the certificate"),
        gettext("Handler"),
        gettext("Corrected by"),
        gettext("Effect of the use"),
    ]


def lines(
    room: Room,
    days: tuple[dt.date, dt.date],
    where: EntryFilter,
    *,
    by: Account,
    viewer: Viewer,
) -> list[list[str | int]]:
    """One line per use; an entry without uses that may be seen has one too."""
    found: list[list[str | int]] = []
    visits: dict[str, Visit] = {}
    for entries in _batches(room, days, where, by=by, viewer=viewer):
        told = room.effects.of_entries([(each.entry_id, each.visit_id) for each in entries], by=by)
        for entry in entries:
            if entry.visit_id not in visits:
                visits[entry.visit_id] = room.visits.load(entry.visit_id, by=by)
            effects = told.get(entry.entry_id, ())
            words = "；".join(each.text or gettext("erased") for each in effects)
            found.extend(_lines(entry, visits[entry.visit_id], words))
    return found


def _batches(
    room: Room,
    days: tuple[dt.date, dt.date],
    where: EntryFilter,
    *,
    by: Account,
    viewer: Viewer,
) -> Iterator[list[RegisterEntry]]:
    offset = 0
    while batch := room.register_periods.between(
        *days, by=by, viewer=viewer, where=where, offset=offset, limit=_BATCH
    ):
        yield batch
        offset += len(batch)


def _lines(entry: RegisterEntry, visit: Visit, effects: str) -> Iterator[list[str | int]]:
    start: list[str | int] = [
        entry.entry_id,
        entry.entered_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M"),
        visit.visitor.name if visit.visitor else gettext("erased"),
        str(STANDINGS[visit.standing]),
        str(PURPOSES[visit.purpose]),
        str(OUTCOMES[entry.outcome]),
    ]
    end: list[str | int] = [entry.handler, entry.corrected_by or "", effects]
    for item in entry.items:
        yield [
            *start,
            item.archival_code or item.record_id,
            str(MODES[item.mode]),
            format_ranges(item.pages) or gettext("all"),
            item.page_count,
            item.copies,
            item.certificate,
            *end,
        ]
    if not entry.items:
        yield [*start, "", "", "", 0, 0, "", *end]

"""The calendar in force, and what is added to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from query_room.calendar import repository
from query_room.calendar.model import DayKind, MarkedDay, WorkingCalendar
from query_room.calendar.notices import read_notice
from query_room.calendar.packaged import VERSION, packaged_days, statutory_days
from query_room.fields import SHORT, optional, required
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection, Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that was added to the packaged calendar.

    Attributes:
        year: The year that it covers, or ``None`` for a local day.
    """

    notice_id: int
    year: int | None
    source: str
    imported_by: str
    imported_at: dt.datetime


class CalendarService:
    """Packaged days, overruled by imported notices and local additions, the later by the later."""

    def __init__(self, *, engine: Engine) -> None:
        self._engine = engine
        self._cached: tuple[int, WorkingCalendar] | None = None

    def current(self) -> WorkingCalendar:
        """The calendar in force; read again when another process has added to it."""
        with reading(self._engine) as connection:
            newest = repository.newest(connection)
            if self._cached is None or self._cached[0] != newest:
                self._cached = newest, _assemble(connection, newest)
        return self._cached[1]

    def as_of(self, notice_id: int) -> WorkingCalendar:
        """The calendar after a notice and before the next one; 0 for what is packaged alone."""
        with reading(self._engine) as connection:
            return _assemble(connection, notice_id)

    def import_notice(self, content: bytes, *, source: str, by: str) -> Notice:
        """Add the notice of a year; due dates that rest on that year are reckoned anew.

        Raises:
            CalendarImportError: A line cannot be used; nothing is imported.
            InvalidFieldError: No source is given.
        """
        source = required("source", source, 2 * SHORT)
        year, days = read_notice(content)
        now = utc_now()
        with writing(self._engine) as connection:
            notice_id = repository.add(
                connection, year=year, source=source, by=by, at=now, days=days
            )
            append(
                connection,
                NewEvent(
                    at=now,
                    kind=EventKind.CALENDAR_IMPORTED,
                    subject="calendar",
                    body={"notice": notice_id, "year": year, "day_count": len(days), "by": by},
                ),
            )
        return Notice(
            notice_id=notice_id, year=year, source=source, imported_by=by, imported_at=now
        )

    def set_day(self, day: dt.date, kind: DayKind, *, name: str, source: str, by: str) -> Notice:
        """Set one day, e.g. a holiday of a minority (放假办法 art. 4) or a day of flood.

        Raises:
            InvalidFieldError: No source is given.
        """
        source = required("source", source, 2 * SHORT)
        marked = MarkedDay(kind=kind, name=optional("name", name, 40))
        now = utc_now()
        with writing(self._engine) as connection:
            notice_id = repository.add(
                connection, year=None, source=source, by=by, at=now, days={day: marked}
            )
            append(
                connection,
                NewEvent(
                    at=now,
                    kind=EventKind.CALENDAR_DAY_SET,
                    subject="calendar",
                    body={
                        "notice": notice_id,
                        "day": day.isoformat(),
                        "kind": kind.value,
                        "by": by,
                    },
                ),
            )
        return Notice(
            notice_id=notice_id, year=None, source=source, imported_by=by, imported_at=now
        )

    def history(self) -> list[Notice]:
        """What was added, in order."""
        with reading(self._engine) as connection:
            return [
                Notice(
                    notice_id=row.notice_id,
                    year=row.year,
                    source=row.source,
                    imported_by=row.imported_by,
                    imported_at=row.imported_at,
                )
                for row in repository.notices(connection)
            ]


def _assemble(connection: Connection, newest: int) -> WorkingCalendar:
    packaged = packaged_days()
    notices = [row for row in repository.notices(connection) if row.notice_id <= newest]
    announced = {row.year for row in notices if row.year is not None}
    # A notice is the whole of its year: what was thought of that year before no longer counts.
    days = {
        day: marked
        for day, marked in (statutory_days() | packaged).items()
        if day.year not in announced
    }
    last_of_year = {row.year: row.notice_id for row in notices if row.year is not None}
    years = {row.notice_id: row.year for row in notices}
    for row in repository.days(connection):
        if row.notice_id > newest:
            continue
        year = years[row.notice_id]
        if year is None or last_of_year[year] == row.notice_id:
            days[row.day] = MarkedDay(kind=DayKind(row.kind), name=row.name, source=row.source)
    return WorkingCalendar(
        days=days,
        years=frozenset({day.year for day in packaged} | announced),
        version=VERSION if newest == 0 else f"{VERSION}+{newest}",
    )

"""Due dates of requests, computed whenever they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from query_room.clock import ClockEvent, ClockKind, ConsultedParty, read_clock, standing
from query_room.requests import work_repository

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable
    from typing import Any

    from sqlalchemy import Connection, Row

    from query_room.calendar import CalendarService, WorkingCalendar
    from query_room.clock import Clock, Standing
    from query_room.statute.periods import Periods


@dataclass(frozen=True, slots=True)
class Clocks:
    """Reads the clock by the calendar and the rules in force.

    Attributes:
        fixed: A calendar of another day to read by, or ``None`` for the one in force.
    """

    calendar: CalendarService
    periods: Periods
    fixed: WorkingCalendar | None = None

    def read(self, events: Iterable[ClockEvent]) -> Clock:
        """The clock that events add up to.

        Raises:
            ClockRefusedError: They are not a course that the law allows.
        """
        return read_clock(events, periods=self.periods, calendar=self._calendar())

    def try_event(self, connection: Connection, request_id: str, event: ClockEvent) -> None:
        """Go on only if the law allows the event after what has happened to the request.

        Raises:
            ClockRefusedError: It does not.
        """
        self.read([*clock_events_of(connection, request_id), event])

    def standing(self, clock: Clock, today: dt.date) -> Standing:
        """How much is left on a day."""
        return standing(clock, today, periods=self.periods, calendar=self._calendar())

    def _calendar(self) -> WorkingCalendar:
        return self.calendar.current() if self.fixed is None else self.fixed


def clock_events_of(connection: Connection, request_id: str) -> list[ClockEvent]:
    """What moved the due date of one request."""
    return clock_events(connection, [request_id])[request_id]


def clock_events(
    connection: Connection, request_ids: Collection[str]
) -> dict[str, list[ClockEvent]]:
    """What moved the due dates of requests; an empty list where nothing has begun."""
    found = work_repository.clock_events(connection, request_ids)
    return {
        request_id: [_event(row) for row in found.get(request_id, ())] for request_id in request_ids
    }


def _event(row: Row[Any]) -> ClockEvent:
    return ClockEvent(
        kind=ClockKind(row.kind),
        day=row.day,
        consultation=row.consultation,
        party=None if row.party is None else ConsultedParty(row.party),
        working_days=row.working_days,
        until=row.until,
        approver=row.approver,
    )

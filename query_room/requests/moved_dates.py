"""Due dates that a notice on working days has moved: computed from both calendars, never stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.database import reading
from query_room.accounts.model import Permission
from query_room.requests import repository
from query_room.requests.clocks import clock_events
from query_room.requests.taking_steps import require_request
from search_api.china_time import day_in_china

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import Connection, Engine

    from query_room.accounts.model import Account
    from query_room.calendar import CalendarService, Notice
    from query_room.organs import OrganService
    from query_room.requests.clocks import Clocks
    from query_room.requests.repository import RequestRow


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedDate:
    """A due date before and after a notice; ``before`` differs from ``after``."""

    request_id: str
    display_number: str
    notice: Notice
    before: dt.date
    after: dt.date


class MovedDates:
    """Compares what requests were due by one calendar and by the next."""

    def __init__(
        self, *, engine: Engine, organs: OrganService, calendar: CalendarService, clocks: Clocks
    ) -> None:
        self._engine = engine
        self._organs = organs
        self._calendar = calendar
        self._clocks = clocks

    def by_notice(self, notice_id: int, *, by: Account) -> list[MovedDate]:
        """What a notice moved, among requests of the account's organs that were open then.

        Raises:
            PermissionDeniedError: The role handles no requests.
        """
        by.require(Permission.HANDLE_REQUESTS)
        organ_ids = [organ.organ_id for organ in self._organs.organs_of(by.name)]
        found = next((n for n in self._calendar.history() if n.notice_id == notice_id), None)
        if found is None:
            return []
        day = day_in_china(found.imported_at)
        with reading(self._engine) as connection:
            rows = [row for row in repository.of_organs(connection, organ_ids) if _open(row, day)]
            return self._moved(connection, rows, [found])

    def of_request(self, request_id: str, *, by: Account) -> list[MovedDate]:
        """Every notice that moved the due date of one request, in order.

        Raises:
            RecordsRequestNotFoundError: There is no such request.
            PermissionDeniedError: It is of an organ that the account does not work for.
        """
        notices = self._calendar.history()
        with reading(self._engine) as connection:
            row = require_request(connection, request_id)
            self._organs.require_member(by, row.organ_id)
            return self._moved(connection, [row], notices)

    def _moved(
        self, connection: Connection, rows: Sequence[RequestRow], notices: Sequence[Notice]
    ) -> list[MovedDate]:
        events = clock_events(connection, [row.request_id for row in rows])
        found = []
        for notice in notices:
            day = day_in_china(notice.imported_at)
            before = replace(self._clocks, fixed=self._calendar.as_of(notice.notice_id - 1))
            after = replace(self._clocks, fixed=self._calendar.as_of(notice.notice_id))
            for row in rows:
                known = [event for event in events[row.request_id] if event.day <= day]
                if not known or not _open(row, day):
                    continue
                was, is_now = before.read(known).due_on, after.read(known).due_on
                if was is not None and is_now is not None and was != is_now:
                    found.append(
                        MovedDate(
                            request_id=row.request_id,
                            display_number=row.display_number,
                            notice=notice,
                            before=was,
                            after=is_now,
                        )
                    )
        return found


def _open(row: RequestRow, day: dt.date) -> bool:
    """Whether a request was there and not closed on a day."""
    return day_in_china(row.filed_at) <= day and (row.closed_on is None or row.closed_on >= day)

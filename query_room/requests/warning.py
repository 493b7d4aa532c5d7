"""Warnings of due dates to the organ's own mailbox: at 10, 5 and 1 working days, and once after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.database import reading, writing
from query_room.clock import Urgency
from query_room.notices import NoticeFields, NoticeKind, OrganMailbox
from query_room.requests import repository
from query_room.requests.clocks import clock_events
from query_room.requests.model import RequestStatus
from search_api.china_time import day_in_china

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Engine

    from query_room.notices import Notices
    from query_room.organs import OrganService
    from query_room.requests.clocks import Clocks

_OPEN: Final = tuple(each.value for each in RequestStatus if each is not RequestStatus.CLOSED)


class DueWarnings:
    """Puts warnings into the outbox; a mailbox that an organ has not given gets none."""

    def __init__(
        self, *, engine: Engine, organs: OrganService, clocks: Clocks, notices: Notices
    ) -> None:
        self._engine = engine
        self._organs = organs
        self._clocks = clocks
        self._notices = notices

    def warn(self, now: dt.datetime) -> int:
        """Warn of what is pressing on that day; how many warnings are new.

        It can be called at any time and by several processes: one warning goes out for each
        stage of each due date. A due date that moves is warned of anew.
        """
        today = day_in_china(now)
        organs = {organ.organ_id: organ for organ in self._organs.list_all() if organ.email}
        with reading(self._engine) as connection:
            rows = repository.of_organs(connection, organs, statuses=_OPEN)
            events = clock_events(connection, [row.request_id for row in rows])
        queued = 0
        for row in rows:
            if not events[row.request_id]:
                continue
            clock = self._clocks.read(events[row.request_id])
            urgency = self._clocks.standing(clock, today).urgency
            if clock.due_on is None or urgency is Urgency.NONE:
                continue
            kind = NoticeKind.OVERDUE if urgency is Urgency.OVERDUE else NoticeKind.DUE_SOON
            with writing(self._engine) as connection:
                number = self._notices.queue(
                    connection,
                    kind=kind,
                    owner=row.request_id,
                    to=OrganMailbox(organ_id=row.organ_id),
                    fields=NoticeFields(
                        request_number=row.display_number,
                        organ=organs[row.organ_id].name,
                        due_on=clock.due_on,
                        status_url=f"/requests/{row.request_id}",
                    ),
                    occasion=f"{clock.due_on.isoformat()}:{urgency.value}",
                )
            queued += number is not None
        return queued

"""Reading and verifying the log on behalf of an auditor, on record."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from indexer.database import reading, utc_now
from query_room.accounts.model import Permission
from query_room.audit.model import (
    AuditedEvent,
    AuditedPage,
    Verification,
)
from query_room.audit.noting import LOG, note, note_reading
from query_room.audit.visible import visible_body
from query_room.errors import InvalidFieldError
from search_api.china_time import day_bounds, day_in_china
from search_api.errors import EventNotFoundError
from search_api.log import (
    EventKind,
    head_of_day,
    inspection,
    verify,
)
from search_api.log.inspection import EventFilter
from search_api.log.model import Finding, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Engine

    from query_room.accounts.model import Account
    from query_room.audit.model import LogQuestion
    from search_api.log.inspection import InspectedEvent
    from search_api.log.model import DayHead

PAGE_SIZE: Final = 100
MAX_RELATED: Final = 100
MAX_FINDINGS_KEPT: Final = 200
"""A log that was wholly rewritten has a finding per event; the first ones tell enough."""

FIRST_DAY: Final = dt.date(2000, 1, 1)
"""No log of this product is older."""

_READ = Permission.READ_LOG


class AuditService:
    """The log, for accounts that may read it.

    Every method requires :attr:`Permission.READ_LOG`. What was read is written down before it is
    given: who searched for what is itself personal data. What a verification found is not.
    """

    def __init__(self, *, engine: Engine) -> None:
        self._engine = engine

    def day(self, question: LogQuestion, *, by: Account) -> AuditedPage:
        """Events of a day, in the order of their numbers.

        Raises:
            PermissionDeniedError: The role does not allow it.
            InvalidFieldError: There can be no such day or page.
        """
        by.require(_READ)
        if not FIRST_DAY <= question.day <= day_in_china(utc_now()):
            raise InvalidFieldError("day", "out_of_range")
        if question.page < 1:
            raise InvalidFieldError("page", "out_of_range")
        start, end = day_bounds(question.day)
        wanted = EventFilter(
            start=start,
            end=end,
            kinds=None if question.kind is None else (question.kind.value,),
            actor=question.actor or None,
        )
        with reading(self._engine) as connection:
            total = inspection.count(connection, wanted)
            page_count = max(1, -(-total // PAGE_SIZE))
            if question.page > page_count:
                raise InvalidFieldError("page", "out_of_range")
            found = inspection.find(
                connection, wanted, offset=(question.page - 1) * PAGE_SIZE, limit=PAGE_SIZE
            )
        note_reading(
            self._engine,
            by,
            what="day",
            day=question.day.isoformat(),
            kind=question.kind and question.kind.value,
            actor=question.actor,
            page=question.page,
        )
        return AuditedPage(
            question=question,
            events=tuple(_audited(event) for event in found),
            total=total,
            page_count=page_count,
        )

    def event(self, event_id: int, *, by: Account) -> tuple[AuditedEvent, tuple[AuditedEvent, ...]]:
        """One event, and what else happened to the same subject, in order.

        Raises:
            PermissionDeniedError: The role does not allow it.
            EventNotFoundError: There is no such event.
        """
        by.require(_READ)
        with reading(self._engine) as connection:
            found = inspection.load(connection, event_id)
            related: tuple[InspectedEvent, ...] = ()
            # The log's own subject and an unknown sign-in name are no thread to follow.
            if found.subject not in {"", LOG}:
                wanted = EventFilter(subject=found.subject, kinds=_family(found.kind))
                related = inspection.find(connection, wanted, limit=MAX_RELATED)
        note_reading(self._engine, by, what="event", event=event_id)
        others = (each for each in related if each.event_id != event_id)
        return _audited(found), tuple(_audited(each) for each in others)

    def heads(self, month: dt.date, *, by: Account) -> tuple[DayHead, ...]:
        """The last seal of each day of the month that ``month`` lies in, to be written down.

        Raises:
            PermissionDeniedError: The role does not allow it.
            InvalidFieldError: There can be no such month.
        """
        by.require(_READ)
        today = day_in_china(utc_now())
        if not FIRST_DAY <= month <= today:
            raise InvalidFieldError("month", "out_of_range")
        last = calendar.monthrange(month.year, month.month)[1]
        days = (month.replace(day=day) for day in range(1, last + 1))
        heads = [head_of_day(self._engine, day) for day in days if day <= today]
        note_reading(self._engine, by, what="heads", month=f"{month:%Y-%m}")
        return tuple(head for head in heads if head is not None)

    def verify(self, printed: Mapping[int, str], *, by: Account) -> int:
        """Walk the whole chain; the number of the event that remembers the outcome.

        Args:
            printed: Digests kept on paper, by number of the seal.
            by: Who asks.

        Raises:
            PermissionDeniedError: The role does not allow it.
        """
        by.require(_READ)
        report = verify(self._engine, printed)
        head = report.head
        return note(
            self._engine,
            EventKind.LOG_VERIFIED,
            {
                "by": by.name,
                "events": report.event_count,
                "unsealed": report.unsealed_count,
                "erased": report.erased_count,
                "seals": report.seal_count,
                "head": {"number": head.number, "digest": head.digest} if head else None,
                "compared": sorted(printed),
                "findings": [
                    [each.problem.value, each.event_id, each.seal_number, each.detail]
                    for each in report.findings[:MAX_FINDINGS_KEPT]
                ],
                "finding_count": len(report.findings),
            },
        )

    def verification(self, event_id: int, *, by: Account) -> Verification:
        """What a walk of the chain found.

        Raises:
            PermissionDeniedError: The role does not allow it.
            EventNotFoundError: No event of that number tells of one.
        """
        by.require(_READ)
        with reading(self._engine) as connection:
            found = inspection.load(connection, event_id)
        outcome = _verification(found)
        if outcome is None:
            raise EventNotFoundError(f"event {event_id} tells of no verification")
        return outcome

    def verifications(self, limit: int, *, by: Account) -> tuple[Verification, ...]:
        """What the latest walks of the chain found, newest first.

        Raises:
            PermissionDeniedError: The role does not allow it.
        """
        by.require(_READ)
        wanted = EventFilter(kinds=(EventKind.LOG_VERIFIED.value,))
        with reading(self._engine) as connection:
            found = inspection.find(connection, wanted, limit=limit, newest_first=True)
        outcomes = (_verification(event) for event in found)
        return tuple(each for each in outcomes if each is not None)


def _family(kind: str) -> frozenset[str]:
    """Kinds that name their subjects alike: batch 1 is not generation 1."""
    family = kind.partition(".")[0]
    return frozenset({kind, *(each for each in EventKind if each.partition(".")[0] == family)})


def _audited(event: InspectedEvent) -> AuditedEvent:
    same = {
        each.name: getattr(event, each.name) for each in fields(AuditedEvent) if each.name != "body"
    }
    return AuditedEvent(**same, body=None if event.body is None else visible_body(event.body))


def _verification(event: InspectedEvent) -> Verification | None:
    body: Any = event.body
    if event.kind != EventKind.LOG_VERIFIED or body is None:
        return None
    head = body["head"]
    return Verification(
        event_id=event.event_id,
        at=event.at,
        by=body["by"],
        events=body["events"],
        unsealed=body["unsealed"],
        erased=body["erased"],
        seals=body["seals"],
        head=(head["number"], head["digest"]) if head else None,
        compared=tuple(body["compared"]),
        findings=tuple(
            Finding(problem=Problem(problem), event_id=number, seal_number=seal, detail=detail)
            for problem, number, seal, detail in body["findings"]
        ),
        finding_count=body["finding_count"],
    )

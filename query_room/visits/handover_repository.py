"""Every statement on handovers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from query_room.tables import handover
from query_room.visits.handover_model import HandoverStatus

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverRow:
    """A handover without what was written."""

    handover_id: str
    visit_id: str
    search_id: str
    status: HandoverStatus
    outcome: str | None
    asked_by: str
    asked_at: dt.datetime
    note_event_id: int
    taken_by: str | None
    taken_at: dt.datetime | None
    answered_at: dt.datetime | None
    answered_event_id: int | None
    answer_text_event_id: int | None


def add(
    connection: Connection,
    *,
    handover_id: str,
    visit_id: str,
    search_id: str,
    by: str,
    at: dt.datetime,
    note_event_id: int,
) -> None:
    """Store a new handover, waiting."""
    connection.execute(
        insert(handover).values(
            handover_id=handover_id,
            visit_id=visit_id,
            search_id=search_id,
            status=HandoverStatus.WAITING.value,
            asked_by=by,
            asked_at=at,
            note_event_id=note_event_id,
        )
    )


def move(
    connection: Connection,
    handover_id: str,
    origin: HandoverStatus,
    target: HandoverStatus,
    **values: Any,  # noqa: ANN401 - columns that change with the step
) -> bool:
    """Take a step; whether it still stood where the step begins."""
    statement = (
        update(handover)
        .where(handover.c.handover_id == handover_id, handover.c.status == origin.value)
        .values(status=target.value, **values)
    )
    return connection.execute(statement).rowcount == 1


def find(connection: Connection, handover_id: str) -> HandoverRow | None:
    """One handover, or ``None``."""
    found = _rows(connection, handover.c.handover_id == handover_id)
    return found[0] if found else None


def of_visit(connection: Connection, visit_id: str) -> list[HandoverRow]:
    """Handovers of one visit, in order."""
    return _rows(connection, handover.c.visit_id == visit_id)


def in_status(connection: Connection, statuses: Collection[HandoverStatus]) -> list[HandoverRow]:
    """Handovers that stand somewhere, the longest waiting first."""
    return _rows(connection, handover.c.status.in_([status.value for status in statuses]))


def _rows(connection: Connection, *conditions: ColumnElement[bool]) -> list[HandoverRow]:
    statement = (
        select(handover).where(*conditions).order_by(handover.c.asked_at, handover.c.handover_id)
    )
    return [
        HandoverRow(
            handover_id=row.handover_id,
            visit_id=row.visit_id,
            search_id=row.search_id,
            status=HandoverStatus(row.status),
            outcome=row.outcome,
            asked_by=row.asked_by,
            asked_at=row.asked_at,
            note_event_id=row.note_event_id,
            taken_by=row.taken_by,
            taken_at=row.taken_at,
            answered_at=row.answered_at,
            answered_event_id=row.answered_event_id,
            answer_text_event_id=row.answer_text_event_id,
        )
        for row in connection.execute(statement)
    ]

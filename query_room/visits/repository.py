"""Every statement on visits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from query_room.tables import visit, visit_day
from query_room.upsert import upsert

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import ColumnElement, Connection, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """A visit without the visitor."""

    visit_id: str
    purpose: str
    standing: str
    terminal: str
    opened_by: str
    opened_at: dt.datetime
    closed_by: str | None
    closed_at: dt.datetime | None
    person_event_id: int
    identity_digest: str | None
    phone_digest: str | None
    erased_at: dt.datetime | None


def next_number(connection: Connection, day: dt.date) -> int:
    """The next number of a day: 1, 2, 3 … without gaps."""
    statement = upsert(connection, visit_day).values(day=day, last_number=1)
    number: int = connection.execute(
        statement.on_conflict_do_update(
            index_elements=[visit_day.c.day],
            set_={"last_number": visit_day.c.last_number + 1},
        ).returning(visit_day.c.last_number)
    ).scalar_one()
    return number


def add(connection: Connection, row: VisitRow) -> None:
    """Store a new visit."""
    connection.execute(
        insert(visit).values(
            visit_id=row.visit_id,
            purpose=row.purpose,
            standing=row.standing,
            terminal=row.terminal,
            opened_by=row.opened_by,
            opened_at=row.opened_at,
            person_event_id=row.person_event_id,
            identity_digest=row.identity_digest,
            phone_digest=row.phone_digest,
        )
    )


def find(connection: Connection, visit_id: str) -> VisitRow | None:
    """One visit, or ``None``."""
    found = _visits(connection, visit.c.visit_id == visit_id)
    return found[0] if found else None


def lock(connection: Connection, visit_id: str) -> VisitRow | None:
    """One visit, kept from changing until the transaction ends, or ``None``."""
    # SQLite has one writer; on PostgreSQL two entries of a visit must not get one number.
    statement = select(visit).where(visit.c.visit_id == visit_id).with_for_update()
    row = connection.execute(statement).one_or_none()
    return None if row is None else _row(row)


def open_visit_of(connection: Connection, opened_by: str) -> VisitRow | None:
    """The visit that an account has open, or ``None``."""
    found = _visits(connection, visit.c.opened_by == opened_by, visit.c.closed_at.is_(None))
    return found[0] if found else None


def between(connection: Connection, start: dt.datetime, end: dt.datetime) -> list[VisitRow]:
    """Visits opened from ``start`` on and before ``end``, in order."""
    return _visits(connection, visit.c.opened_at >= start, visit.c.opened_at < end)


def of_identity(connection: Connection, identity_digest: str) -> list[VisitRow]:
    """Visits of whoever bears that identity number, in order."""
    return _visits(connection, visit.c.identity_digest == identity_digest)


def close(connection: Connection, visit_id: str, *, by: str, at: dt.datetime) -> bool:
    """End a visit; whether it was open."""
    statement = (
        update(visit)
        .where(visit.c.visit_id == visit_id, visit.c.closed_at.is_(None))
        .values(closed_by=by, closed_at=at)
    )
    return connection.execute(statement).rowcount == 1


def forget_person(connection: Connection, visit_id: str, at: dt.datetime) -> None:
    """Drop the digests by which the visitor could be found again."""
    connection.execute(
        update(visit)
        .where(visit.c.visit_id == visit_id)
        .values(identity_digest=None, phone_digest=None, erased_at=at)
    )


def _visits(connection: Connection, *conditions: ColumnElement[bool]) -> list[VisitRow]:
    statement = select(visit).where(*conditions).order_by(visit.c.opened_at, visit.c.visit_id)
    return [_row(row) for row in connection.execute(statement)]


def _row(row: Row[Any]) -> VisitRow:
    return VisitRow(
        visit_id=row.visit_id,
        purpose=row.purpose,
        standing=row.standing,
        terminal=row.terminal,
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        closed_by=row.closed_by,
        closed_at=row.closed_at,
        person_event_id=row.person_event_id,
        identity_digest=row.identity_digest,
        phone_digest=row.phone_digest,
        erased_at=row.erased_at,
    )

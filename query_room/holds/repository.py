"""Every statement on holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import exists, insert, or_, select, update

from query_room.holds.model import Hold
from query_room.tables import records_request, request_case, retention_hold, visit

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import ColumnElement, Connection

_OPEN_CASES: Final = ("pending", "answered")
"""Words of :class:`~query_room.cases.CaseStatus`, whose package rests on requests."""


def add(connection: Connection, owner: str, ground: str, *, by: str, at: dt.datetime) -> int:
    """Store a hold; its number comes back."""
    statement = (
        insert(retention_hold)
        .values(owner=owner, ground=ground, placed_by=by, placed_at=at)
        .returning(retention_hold.c.hold_id)
    )
    return int(connection.execute(statement).scalar_one())


def lift(connection: Connection, hold_id: int, *, by: str, at: dt.datetime) -> str | None:
    """End a hold; its owner, or ``None`` where none of that number is in force."""
    statement = (
        update(retention_hold)
        .where(retention_hold.c.hold_id == hold_id, retention_hold.c.lifted_at.is_(None))
        .values(lifted_by=by, lifted_at=at)
        .returning(retention_hold.c.owner)
    )
    owner: str | None = connection.execute(statement).scalar_one_or_none()
    return owner


def in_force(connection: Connection) -> list[Hold]:
    """Holds that were not lifted, in order."""
    statement = (
        select(retention_hold)
        .where(retention_hold.c.lifted_at.is_(None))
        .order_by(retention_hold.c.hold_id)
    )
    return [
        Hold(
            hold_id=row.hold_id,
            owner=row.owner,
            ground=row.ground,
            placed_by=row.placed_by,
            placed_at=row.placed_at,
        )
        for row in connection.execute(statement)
    ]


def is_anything(connection: Connection, owner: str) -> bool:
    """Whether there is a visit or a request of that number."""
    statement = select(
        or_(
            exists().where(visit.c.visit_id == owner),
            exists().where(records_request.c.request_id == owner),
        )
    )
    return bool(connection.execute(statement).scalar_one())


def is_held(connection: Connection, owner: str) -> bool:
    """Whether it is held, or a review or suit over it is open."""
    return bool(connection.execute(select(or_(*held(owner)))).scalar_one())


def held(owner: str | ColumnElement[str]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Both ways in which something is held, as conditions."""
    return (
        exists().where(retention_hold.c.owner == owner, retention_hold.c.lifted_at.is_(None)),
        exists().where(request_case.c.request_id == owner, request_case.c.status.in_(_OPEN_CASES)),
    )

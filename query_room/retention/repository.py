"""Every statement on what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import not_, or_, select

from query_room.holds.repository import held
from query_room.tables import records_request, visit

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection


def visits_closed_before(connection: Connection, moment: dt.datetime) -> list[str]:
    """Visits that ended before a moment and whose visitor is neither erased nor held."""
    statement = (
        select(visit.c.visit_id)
        .where(visit.c.closed_at < moment, visit.c.erased_at.is_(None))
        .where(not_(or_(*held(visit.c.visit_id))))
        .order_by(visit.c.visit_id)
    )
    return list(connection.execute(statement).scalars())


def requests_closed_before(connection: Connection, day: dt.date) -> list[str]:
    """Requests that ended before a day and whose applicant is neither erased nor held."""
    statement = (
        select(records_request.c.request_id)
        .where(
            records_request.c.closed_on < day,
            records_request.c.status == "closed",
            records_request.c.erased_at.is_(None),
        )
        .where(not_(or_(*held(records_request.c.request_id))))
        .order_by(records_request.c.request_id)
    )
    return list(connection.execute(statement).scalars())

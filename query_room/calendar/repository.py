"""Every statement on the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from query_room.tables import calendar_day, calendar_notice

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy import Connection, Row

    from query_room.calendar.model import MarkedDay


def newest(connection: Connection) -> int:
    """The number of the last notice, or 0."""
    found = connection.execute(select(func.max(calendar_notice.c.notice_id))).scalar_one()
    return int(found or 0)


def add(
    connection: Connection,
    *,
    year: int | None,
    source: str,
    by: str,
    at: dt.datetime,
    days: Mapping[dt.date, MarkedDay],
) -> int:
    """Store a notice; its number comes back."""
    notice_id = int(
        connection.execute(
            insert(calendar_notice)
            .values(year=year, source=source, imported_by=by, imported_at=at)
            .returning(calendar_notice.c.notice_id)
        ).scalar_one()
    )
    connection.execute(
        insert(calendar_day),
        [
            {"notice_id": notice_id, "day": day, "kind": marked.kind.value, "name": marked.name}
            for day, marked in days.items()
        ],
    )
    return notice_id


def notices(connection: Connection) -> list[Row[Any]]:
    """Notices, in order."""
    return list(connection.execute(select(calendar_notice).order_by(calendar_notice.c.notice_id)))


def days(connection: Connection) -> list[Row[Any]]:
    """Days of all notices with the notice's source, in the order of the notices."""
    statement = (
        select(calendar_day, calendar_notice.c.source)
        .join(calendar_notice, calendar_notice.c.notice_id == calendar_day.c.notice_id)
        .order_by(calendar_day.c.notice_id, calendar_day.c.day)
    )
    return list(connection.execute(statement))

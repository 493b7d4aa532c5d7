"""Every statement on effects of uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from query_room.tables import register_effect

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from sqlalchemy import Connection, Row


def add(
    connection: Connection, entry_id: str, *, text_event_id: int, by: str, at: dt.datetime
) -> int:
    """Store a note; its number among those of the entry comes back."""
    ordinal = connection.execute(
        select(func.count()).where(register_effect.c.entry_id == entry_id)
    ).scalar_one()
    connection.execute(
        insert(register_effect).values(
            entry_id=entry_id,
            ordinal=ordinal,
            text_event_id=text_event_id,
            noted_by=by,
            noted_at=at,
        )
    )
    return int(ordinal)


def of_entries(connection: Connection, entry_ids: Collection[str]) -> list[Row[Any]]:
    """Notes on entries, by entry and in order."""
    statement = (
        select(register_effect)
        .where(register_effect.c.entry_id.in_(list(entry_ids)))
        .order_by(register_effect.c.entry_id, register_effect.c.ordinal)
    )
    return list(connection.execute(statement))

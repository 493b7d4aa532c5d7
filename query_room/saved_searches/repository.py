"""Every statement on saved searches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from query_room.tables import saved_search

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import ColumnElement, Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedRow:
    """A saved search as it is stored, its name and question encrypted."""

    saved_id: int
    account_id: int
    sealed: str
    saved_at: dt.datetime
    seen_position: int
    alerts: bool


def add(
    connection: Connection, account_id: int, sealed: str, *, position: int, at: dt.datetime
) -> int:
    """Store a search; its number comes back."""
    statement = (
        insert(saved_search)
        .values(
            account_id=account_id,
            sealed=sealed,
            saved_at=at,
            seen_position=position,
            alerts=True,
        )
        .returning(saved_search.c.saved_id)
    )
    return int(connection.execute(statement).scalar_one())


def count_of(connection: Connection, account_id: int) -> int:
    """How many an account keeps."""
    statement = select(func.count()).where(saved_search.c.account_id == account_id)
    return int(connection.execute(statement).scalar_one())


def of_account(connection: Connection, account_id: int) -> list[SavedRow]:
    """Those of an account, in the order in which they were kept."""
    statement = (
        select(saved_search)
        .where(saved_search.c.account_id == account_id)
        .order_by(saved_search.c.saved_id)
    )
    rows = connection.execute(statement)
    return [SavedRow(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name


def find(connection: Connection, account_id: int, saved_id: int) -> SavedRow | None:
    """One of an account's, or ``None``."""
    row = connection.execute(select(saved_search).where(*_own(account_id, saved_id))).one_or_none()
    return None if row is None else SavedRow(**row._mapping)  # noqa: SLF001 - same


def reseal(connection: Connection, account_id: int, saved_id: int, sealed: str) -> None:
    """Store another name with the same question."""
    connection.execute(
        update(saved_search).where(*_own(account_id, saved_id)).values(sealed=sealed)
    )


def set_alerts(connection: Connection, account_id: int, saved_id: int, *, wanted: bool) -> bool:
    """Note whether the owner wants to be told; whether there is such a search."""
    statement = update(saved_search).where(*_own(account_id, saved_id)).values(alerts=wanted)
    return connection.execute(statement).rowcount > 0


def mark_seen(connection: Connection, account_id: int, saved_id: int, position: int) -> bool:
    """Note up to where the owner has looked, never back; whether there is such a search."""
    statement = (
        update(saved_search)
        .where(*_own(account_id, saved_id), saved_search.c.seen_position < position)
        .values(seen_position=position)
    )
    connection.execute(statement)
    return find(connection, account_id, saved_id) is not None


def remove(connection: Connection, account_id: int, saved_id: int) -> bool:
    """Forget a search; whether there was one."""
    return connection.execute(delete(saved_search).where(*_own(account_id, saved_id))).rowcount > 0


def _own(account_id: int, saved_id: int) -> tuple[ColumnElement[bool], ...]:
    return saved_search.c.account_id == account_id, saved_search.c.saved_id == saved_id

"""Changes on their way to the index."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, insert, select

from indexer.database import utc_now
from indexer.records import RecordId
from indexer.tables import outbox

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import Connection

_AT_ONCE: Final = 500
"""Ids in one statement."""

_ORDER_LOCK: Final = 0x6F7574626F78  # "outbox"
"""Key of the advisory lock that makes positions appear in their order."""


class ChangeKind(StrEnum):
    """What the index must do."""

    PUT = "put"
    DELETE = "delete"
    ANEW = "anew"  # put, whatever the index thinks that it holds of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change to one record; the record as it is now is what counts."""

    position: int
    record_id: RecordId
    kind: ChangeKind


def queue(
    connection: Connection, record_id: RecordId, kind: ChangeKind, *, restricts: bool = False
) -> int:
    """Add a change in the caller's transaction and return its position.

    Args:
        connection: Where the change itself is being made.
        record_id: Whose change.
        kind: Put or delete.
        restricts: Fewer people may see the record from now on; it is denied until it is indexed.
    """
    return queue_all(connection, [(record_id, kind, restricts)])[0]


def queue_all(
    connection: Connection, changes: Sequence[tuple[RecordId, ChangeKind, bool]]
) -> list[int]:
    """Add changes as ``(record, kind, restricts)`` and return their positions, in that order."""
    if not changes:
        return []
    if connection.dialect.name == "postgresql":
        # Numbers are given out before the commit: without this a reader could pass a position that
        # an open transaction still holds, and never see that change. SQLite has one writer anyway.
        connection.execute(select(func.pg_advisory_xact_lock(_ORDER_LOCK)))
    now = utc_now()
    positions = connection.execute(
        insert(outbox).returning(outbox.c.position, sort_by_parameter_order=True),
        [
            {"record_id": record_id, "change": kind, "restricts": restricts, "queued_at": now}
            for record_id, kind, restricts in changes
        ],
    )
    return list(positions.scalars())


def changes_after(connection: Connection, position: int, limit: int) -> list[Change]:
    """The next changes after a position, oldest first."""
    statement = (
        select(outbox.c.position, outbox.c.record_id, outbox.c.change)
        .where(outbox.c.position > position)
        .order_by(outbox.c.position)
        .limit(limit)
    )
    return [
        Change(
            position=row.position, record_id=RecordId(row.record_id), kind=ChangeKind(row.change)
        )
        for row in connection.execute(statement)
    ]


def last_changes(
    connection: Connection, ids: Sequence[RecordId], after: int = 0
) -> dict[RecordId, Change]:
    """Of each of the records its last change, if that is after a position.

    It is to be put anew if any of its changes after that position says so.
    """
    found: dict[RecordId, Change] = {}
    for start in range(0, len(ids), _AT_ONCE):
        statement = (
            select(outbox.c.position, outbox.c.record_id, outbox.c.change)
            .where(outbox.c.record_id.in_(ids[start : start + _AT_ONCE]), outbox.c.position > after)
            .order_by(outbox.c.position)
        )
        for row in connection.execute(statement):
            record_id, kind = RecordId(row.record_id), ChangeKind(row.change)
            if record_id in found and found[record_id].kind is ChangeKind.ANEW:
                kind = ChangeKind.ANEW
            found[record_id] = Change(position=row.position, record_id=record_id, kind=kind)
    return found


def positions_after(connection: Connection, position: int, limit: int) -> list[int]:
    """The next positions after one, in order."""
    statement = (
        select(outbox.c.position)
        .where(outbox.c.position > position)
        .order_by(outbox.c.position)
        .limit(limit)
    )
    return list(connection.execute(statement).scalars())


def changed_since(
    connection: Connection, ids: Sequence[RecordId], at: dt.datetime
) -> dict[RecordId, bool]:
    """Records that were put or taken out after an instant; of each, whether it was new then."""
    found: dict[RecordId, bool] = {}
    for start in range(0, len(ids), _AT_ONCE):
        statement = (
            select(outbox.c.record_id, func.min(outbox.c.queued_at).label("first_at"))
            .where(outbox.c.record_id.in_(ids[start : start + _AT_ONCE]))
            .group_by(outbox.c.record_id)
            .having(func.max(outbox.c.queued_at) > at)
        )
        for row in connection.execute(statement):
            found[RecordId(row.record_id)] = row.first_at > at
    return found


def changed_after(
    connection: Connection, ids: Sequence[RecordId], position: int
) -> frozenset[RecordId]:
    """Those of the records with a change after a position."""
    found: set[RecordId] = set()
    for start in range(0, len(ids), _AT_ONCE):
        statement = select(outbox.c.record_id).where(
            outbox.c.record_id.in_(ids[start : start + _AT_ONCE]), outbox.c.position > position
        )
        found.update(RecordId(each) for each in connection.execute(statement).scalars())
    return frozenset(found)


def newest_position(connection: Connection) -> int:
    """The last position given out; 0 for an empty outbox."""
    return int(connection.execute(select(func.max(outbox.c.position))).scalar() or 0)

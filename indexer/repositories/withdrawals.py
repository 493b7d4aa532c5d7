"""The deny-list: records taken out of every answer at once, by record or by file.

It stands outside the index, so that it survives swap, rollback, restore and re-import. Until the
index has caught up, records that fewer people may see than the index still thinks belong to it too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, func, insert, select, union, update

from indexer.records import FileHash, RecordId
from indexer.repositories.outbox import ChangeKind, queue
from indexer.repositories.records import records_with_file
from indexer.tables import outbox, record_file, withdrawal

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import BindParameter, Connection, Row, Select

_POSITION: Final[BindParameter[int]] = bindparam("position")


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """One withdrawal, in force until it is lifted. It names a record or a file, never both."""

    withdrawal_id: int
    record_id: RecordId | None
    file_hash: FileHash | None
    ground: str
    withdrawn_by: str
    withdrawn_at: dt.datetime
    lifted_by: str | None
    lifted_at: dt.datetime | None
    lift_ground: str | None


def withdraw_record(
    connection: Connection, record_id: RecordId, *, ground: str, by: str, at: dt.datetime
) -> int:
    """Take a record out of every answer from now on; returns the withdrawal's number."""
    queue(connection, record_id, ChangeKind.PUT)
    return _insert(connection, record_id=record_id, ground=ground, by=by, at=at)


def withdraw_file(
    connection: Connection, file_hash: FileHash, *, ground: str, by: str, at: dt.datetime
) -> int:
    """Take every record that has this content out of every answer, now and after any re-import."""
    for record_id in records_with_file(connection, file_hash):
        queue(connection, record_id, ChangeKind.PUT)
    return _insert(connection, file_hash=file_hash, ground=ground, by=by, at=at)


def lift(
    connection: Connection, withdrawal_id: int, *, ground: str, by: str, at: dt.datetime
) -> Withdrawal | None:
    """End a withdrawal; it stays on the books. ``None`` if no such withdrawal is in force."""
    statement = (
        update(withdrawal)
        .where(withdrawal.c.withdrawal_id == withdrawal_id, withdrawal.c.lifted_at.is_(None))
        .values(lifted_by=by, lifted_at=at, lift_ground=ground)
        .returning(withdrawal)
    )
    row = connection.execute(statement).first()
    if row is None:
        return None
    ended = _withdrawal(row)
    named = [ended.record_id] if ended.record_id else []
    for record_id in named or records_with_file(connection, FileHash(row.file_hash)):
        queue(connection, record_id, ChangeKind.PUT)
    return ended


def list_withdrawals(
    connection: Connection, *, in_force_only: bool, offset: int = 0, limit: int | None = None
) -> list[Withdrawal]:
    """Withdrawals, newest first."""
    statement = (
        select(withdrawal).order_by(withdrawal.c.withdrawal_id.desc()).offset(offset).limit(limit)
    )
    if in_force_only:
        statement = statement.where(withdrawal.c.lifted_at.is_(None))
    return [_withdrawal(row) for row in connection.execute(statement)]


def list_lifted(connection: Connection, *, offset: int, limit: int) -> list[Withdrawal]:
    """Withdrawals that were lifted, the latest lifting first."""
    statement = (
        select(withdrawal)
        .where(withdrawal.c.lifted_at.is_not(None))
        .order_by(withdrawal.c.lifted_at.desc(), withdrawal.c.withdrawal_id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [_withdrawal(row) for row in connection.execute(statement)]


def withdrawn_records(connection: Connection) -> frozenset[RecordId]:
    """Every record that a withdrawal in force names, itself or through one of its files."""
    return _ids(connection, union(*_withdrawn()).subquery().select())


def denied_records(connection: Connection, position: int) -> frozenset[RecordId]:
    """Records to be hidden from an index that has reached ``position`` of the outbox."""
    found = connection.execute(_denied(), {_POSITION.key: position}).scalars()
    return frozenset(map(RecordId, found))


@cache
def _denied() -> Select[Any]:
    """Made once: it is asked before every answer."""
    restricted = select(outbox.c.record_id).where(outbox.c.restricts, outbox.c.position > _POSITION)
    return union(*_withdrawn(), restricted).subquery().select()


def _withdrawn() -> tuple[Select[Any], Select[Any]]:
    by_record = select(withdrawal.c.record_id).where(
        withdrawal.c.lifted_at.is_(None), withdrawal.c.record_id.is_not(None)
    )
    by_file = (
        select(record_file.c.record_id)
        .join(withdrawal, withdrawal.c.file_hash == record_file.c.file_hash)
        .where(withdrawal.c.lifted_at.is_(None))
    )
    return by_record, by_file


def _ids(connection: Connection, statement: Select[Any]) -> frozenset[RecordId]:
    return frozenset(RecordId(each) for each in connection.execute(statement).scalars())


def _insert(
    connection: Connection,
    *,
    record_id: RecordId | None = None,
    file_hash: FileHash | None = None,
    ground: str,
    by: str,
    at: dt.datetime,
) -> int:
    statement = (
        insert(withdrawal)
        .values(
            record_id=record_id,
            file_hash=file_hash,
            ground=ground,
            withdrawn_by=by,
            withdrawn_at=at,
        )
        .returning(withdrawal.c.withdrawal_id)
    )
    return int(connection.execute(statement).scalar_one())


def _withdrawal(row: Row[Any]) -> Withdrawal:
    return Withdrawal(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def count_in_force(connection: Connection) -> int:
    """How many withdrawals are in force."""
    statement = select(func.count()).where(withdrawal.c.lifted_at.is_(None))
    return int(connection.execute(statement).scalar_one())


def count_lifted(connection: Connection) -> int:
    """How many withdrawals were lifted."""
    statement = select(func.count()).where(withdrawal.c.lifted_at.is_not(None))
    return int(connection.execute(statement).scalar_one())

"""Records that a generation of the index is without: every worker that took them died."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, func, insert, select, true

from indexer.records import RecordId
from indexer.repositories.outbox import ChangeKind, queue_all
from indexer.tables import outbox, record, set_aside

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A record that is set aside.

    Attributes:
        title: Of the record, for those who may see all of them.
        deaths: Workers that died of it. reason: Of the last death.
    """

    files: int
    record_id: RecordId
    title: str
    revision: int
    deaths: int
    reason: str
    set_aside_at: dt.datetime


def add(
    connection: Connection,
    files: int,
    record_id: RecordId,
    *,
    deaths: int,
    reason: str,
    at: dt.datetime,
) -> None:
    """Set a record aside as it is now."""
    remove(connection, files, [record_id])
    revision = connection.execute(
        select(record.c.revision).where(record.c.record_id == record_id)
    ).scalar_one_or_none()
    connection.execute(
        insert(set_aside).values(
            files=files,
            record_id=record_id,
            revision=revision or 0,
            deaths=deaths,
            reason=reason,
            set_aside_at=at,
        )
    )


def remove(connection: Connection, files: int, ids: Sequence[RecordId]) -> None:
    """Note that records are in a generation now."""
    for start in range(0, len(ids), _AT_ONCE):
        connection.execute(
            delete(set_aside).where(
                set_aside.c.files == files, set_aside.c.record_id.in_(ids[start : start + _AT_ONCE])
            )
        )


def revisions(connection: Connection, files: int) -> dict[RecordId, int]:
    """Every record that is set aside of a generation, with its revision then."""
    statement = select(set_aside.c.record_id, set_aside.c.revision).where(
        set_aside.c.files == files
    )
    return {RecordId(row.record_id): row.revision for row in connection.execute(statement)}


def is_restricted_since(connection: Connection, record_id: RecordId, position: int) -> bool:
    """Whether a change after ``position`` lets fewer people see a record."""
    statement = select(func.count()).where(
        outbox.c.record_id == record_id, outbox.c.position > position, outbox.c.restricts
    )
    return bool(connection.execute(statement).scalar_one())


def listed(
    connection: Connection, files: Collection[int] | None = None, *, limit: int | None = None
) -> list[SetAside]:
    """What is set aside, the latest first; of some generations, if given."""
    statement = (
        select(set_aside, func.coalesce(record.c.title, "").label("title"))
        .outerjoin(record, record.c.record_id == set_aside.c.record_id)
        .where(true() if files is None else set_aside.c.files.in_(files))
        .order_by(set_aside.c.set_aside_at.desc(), set_aside.c.record_id)
        .limit(limit)
    )
    return [
        SetAside(
            files=row.files,
            record_id=RecordId(row.record_id),
            title=row.title,
            revision=row.revision,
            deaths=row.deaths,
            reason=row.reason,
            set_aside_at=row.set_aside_at,
        )
        for row in connection.execute(statement)
    ]


def count(connection: Connection) -> int:
    """How many records are set aside, however many generations are without them."""
    statement = select(func.count(func.distinct(set_aside.c.record_id)))
    return int(connection.execute(statement).scalar_one())


def try_again(connection: Connection) -> int:
    """Queue everything that is set aside once more; how many records."""
    statement = select(set_aside.c.record_id).distinct().order_by(set_aside.c.record_id)
    ids = [RecordId(each) for each in connection.execute(statement).scalars()]
    connection.execute(delete(set_aside))
    # What an engine remembers of taking it out must not keep it out.
    queue_all(connection, [(each, ChangeKind.ANEW, False) for each in ids])
    return len(ids)


def forget_others(connection: Connection, files: Collection[int]) -> None:
    """Forget what generations other than these are without."""
    connection.execute(delete(set_aside).where(set_aside.c.files.not_in(files)))

"""Where a catalogue and a document do not say the same of a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, insert, select, update

from indexer.records import RecordId
from indexer.tables import record, record_difference

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Row, Select


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field of one record.

    Attributes:
        field: One of :data:`indexer.official.comparing.COMPARED`.
        catalogue: What the catalogue says. document: What the document says of itself.
        batch_number: The batch that met it.
        settled_by: Who found the catalogue right, or ``None``. settled_at: When.
    """

    record_id: RecordId
    field: str
    catalogue: str
    document: str
    batch_number: int
    settled_by: str | None = None
    settled_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which differences are asked for: of one field or batch, or of all."""

    field: str | None = None
    batch_number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDifference:
    """A difference in a list, with what tells the record."""

    difference: Difference
    title: str
    archival_code: str


def of_records(
    connection: Connection, ids: Iterable[RecordId]
) -> dict[RecordId, tuple[Difference, ...]]:
    """The differences of each of these records that has any, settled ones too, by field."""
    statement = (
        select(record_difference)
        .where(record_difference.c.record_id.in_(sorted(set(ids))))
        .order_by(record_difference.c.record_id, record_difference.c.field)
    )
    found: dict[RecordId, tuple[Difference, ...]] = {}
    for row in connection.execute(statement):
        each = _difference(row)
        found[each.record_id] = (*found.get(each.record_id, ()), each)
    return found


def replace(connection: Connection, found: Mapping[RecordId, Sequence[Difference]]) -> None:
    """Let these be the differences of these records; none for an empty sequence."""
    if not found:
        return
    connection.execute(
        delete(record_difference).where(record_difference.c.record_id.in_(sorted(found)))
    )
    rows = [_columns(each) for differences in found.values() for each in differences]
    if rows:
        connection.execute(insert(record_difference), rows)


def settle(
    connection: Connection, record_id: RecordId, field: str, *, by: str, at: dt.datetime
) -> bool:
    """Note that somebody found the catalogue right; whether there was such an open difference."""
    statement = (
        update(record_difference)
        .where(
            record_difference.c.record_id == record_id,
            record_difference.c.field == field,
            record_difference.c.settled_at.is_(None),
        )
        .values(settled_by=by, settled_at=at)
    )
    return bool(connection.execute(statement).rowcount)


def count_by_field(
    connection: Connection, visible: ColumnElement[bool], batch_number: int | None = None
) -> dict[str, int]:
    """Open differences of visible records by field, the commonest first."""
    statement = (
        _open(visible, Wanted(batch_number=batch_number))
        .with_only_columns(record_difference.c.field, func.count())
        .group_by(record_difference.c.field)
        .order_by(func.count().desc(), record_difference.c.field)
    )
    return {row[0]: int(row[1]) for row in connection.execute(statement)}


def listed(
    connection: Connection,
    visible: ColumnElement[bool],
    wanted: Wanted,
    *,
    offset: int = 0,
    limit: int | None = None,
) -> list[ListedDifference]:
    """Open differences of visible records, by field, 档号 and record."""
    statement = (
        _open(visible, wanted)
        .order_by(record_difference.c.field, record.c.archival_code, record_difference.c.record_id)
        .offset(offset)
        .limit(limit)
    )
    return [
        ListedDifference(
            difference=_difference(row), title=row.title, archival_code=row.archival_code
        )
        for row in connection.execute(statement)
    ]


def batches_with_some(
    connection: Connection, visible: ColumnElement[bool] | None = None
) -> list[int]:
    """Batches that met open differences, of visible records if that is asked, the newest first."""
    statement = (
        select(record_difference.c.batch_number)
        .join(record, record.c.record_id == record_difference.c.record_id)
        .where(record_difference.c.settled_at.is_(None))
        .distinct()
        .order_by(record_difference.c.batch_number.desc())
    )
    if visible is not None:
        statement = statement.where(visible)
    return list(connection.execute(statement).scalars())


def count_of_batch(connection: Connection, batch_number: int) -> int:
    """How many differences a batch has met that are still open."""
    statement = select(func.count()).where(
        record_difference.c.batch_number == batch_number,
        record_difference.c.settled_at.is_(None),
    )
    return int(connection.execute(statement).scalar_one())


def _open(visible: ColumnElement[bool], wanted: Wanted) -> Select[Any]:
    conditions = [record_difference.c.settled_at.is_(None), visible]
    if wanted.field is not None:
        conditions.append(record_difference.c.field == wanted.field)
    if wanted.batch_number is not None:
        conditions.append(record_difference.c.batch_number == wanted.batch_number)
    return (
        select(record_difference, record.c.title, record.c.archival_code)
        .join(record, record.c.record_id == record_difference.c.record_id)
        .where(and_(*conditions))
    )


def _columns(each: Difference) -> dict[str, Any]:
    return {
        "record_id": each.record_id,
        "field": each.field,
        "catalogue": each.catalogue,
        "document": each.document,
        "batch_number": each.batch_number,
        "settled_by": each.settled_by,
        "settled_at": each.settled_at,
    }


def _difference(row: Row[Any]) -> Difference:
    return Difference(
        record_id=RecordId(row.record_id),
        field=row.field,
        catalogue=row.catalogue,
        document=row.document,
        batch_number=row.batch_number,
        settled_by=row.settled_by,
        settled_at=row.settled_at,
    )

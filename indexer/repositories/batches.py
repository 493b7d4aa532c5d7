"""Sources and batches: where records come from and which run brought them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Text, case, cast, delete, func, insert, or_, select, update

from indexer.database import utc_now
from indexer.records import RecordId
from indexer.tables import batch, record, record_version, source

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection, Row


_BODIES_AT_ONCE: Final = 1_000


class BatchState(StrEnum):
    """The life of a batch; one that was cut short stays running and is gone on with."""

    RUNNING = "running"
    FINISHED = "finished"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """One run of the importer.

    Attributes:
        root: The folder it read. report: What came of it, once it has finished.
    """

    number: int
    source_id: int
    source_name: str
    root: str
    manifest: str | None
    level: str | None
    in_place: bool
    state: BatchState
    started_by: str
    started_at: dt.datetime
    finished_at: dt.datetime | None
    report: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSummary:
    """A batch in a list: a report may name a hundred thousand files, its numbers are enough here.

    Attributes:
        found: Files found, or ``None`` before the batch has finished; the others likewise.
    """

    number: int
    source_name: str
    state: BatchState
    started_by: str
    started_at: dt.datetime
    found: int | None
    failed: int | None
    quarantined: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """What undoing a batch has to put right.

    Attributes:
        added: Records that it made. changed: Records that it changed or took out.
    """

    added: int
    changed: int


def source_named(connection: Connection, name: str, root: str) -> int:
    """The source of that name, made if it is new; its folder may have moved."""
    found = connection.execute(select(source.c.source_id).where(source.c.name == name)).scalar()
    if found is not None:
        connection.execute(update(source).where(source.c.source_id == found).values(root=root))
        return int(found)
    statement = insert(source).values(name=name, root=root, created_at=utc_now())
    return int(connection.execute(statement.returning(source.c.source_id)).scalar_one())


def source_id_of(connection: Connection, name: str) -> int | None:
    """The source of that name, or ``None``."""
    found = connection.execute(select(source.c.source_id).where(source.c.name == name)).scalar()
    return None if found is None else int(found)


def begin(
    connection: Connection,
    *,
    source_id: int,
    manifest: str | None,
    level: str | None,
    in_place: bool,
    started_by: str,
) -> int:
    """The number of the batch to run: one of the same source that was cut short, or a new one."""
    unfinished = connection.execute(
        select(batch.c.number).where(
            batch.c.source_id == source_id, batch.c.state == BatchState.RUNNING
        )
    ).scalar()
    values = {"manifest": manifest, "level": level, "in_place": in_place}
    if unfinished is not None:
        connection.execute(update(batch).where(batch.c.number == unfinished).values(values))
        return int(unfinished)
    statement = insert(batch).values(
        source_id=source_id,
        state=BatchState.RUNNING,
        started_by=started_by,
        started_at=utc_now(),
        **values,
    )
    return int(connection.execute(statement.returning(batch.c.number)).scalar_one())


def finish(connection: Connection, number: int, report: dict[str, Any]) -> None:
    """Note that a batch is through, and what came of it."""
    connection.execute(
        update(batch)
        .where(batch.c.number == number)
        .values(state=BatchState.FINISHED, finished_at=utc_now(), report=report)
    )


def mark_undone(connection: Connection, number: int) -> None:
    """Note that a batch was taken back."""
    connection.execute(
        update(batch).where(batch.c.number == number).values(state=BatchState.UNDONE)
    )


def load(connection: Connection, number: int) -> BatchRow | None:
    """One batch, or ``None``."""
    row = connection.execute(_joined().where(batch.c.number == number)).first()
    return None if row is None else _batch(row)


def latest_of_source(connection: Connection, source_name: str) -> BatchRow | None:
    """The last batch of a source, or ``None``."""
    statement = (
        _joined().where(source.c.name == source_name).order_by(batch.c.number.desc()).limit(1)
    )
    row = connection.execute(statement).first()
    return None if row is None else _batch(row)


def list_all(connection: Connection, limit: int = 200) -> list[BatchRow]:
    """Batches, newest first."""
    rows = connection.execute(_joined().order_by(batch.c.number.desc()).limit(limit))
    return [_batch(row) for row in rows]


def summaries(connection: Connection, *, offset: int, limit: int) -> list[BatchSummary]:
    """Some batches, newest first."""
    numbers = (batch.c.report[name].as_integer() for name in ("found", "failed", "quarantined"))
    found, failed, quarantined = numbers
    statement = (
        select(
            batch.c.number,
            source.c.name.label("source_name"),
            batch.c.state,
            batch.c.started_by,
            batch.c.started_at,
            found.label("found"),
            failed.label("failed"),
            quarantined.label("quarantined"),
        )
        .join(source, source.c.source_id == batch.c.source_id)
        .order_by(batch.c.number.desc())
        .offset(offset)
        .limit(limit)
    )
    return [
        BatchSummary(**{**row._mapping, "state": BatchState(row.state)})  # noqa: SLF001
        for row in connection.execute(statement)
    ]


def count(connection: Connection, state: BatchState | None = None) -> int:
    """How many batches there are, in all or in one state."""
    statement = select(func.count()).select_from(batch)
    if state is not None:
        statement = statement.where(batch.c.state == state)
    return int(connection.execute(statement).scalar_one())


def keep_versions(
    connection: Connection,
    number: int,
    versions: Sequence[tuple[RecordId, dict[str, Any] | None]],
) -> None:
    """Remember what a batch replaces; the first replacement within the batch counts."""
    ids = [record_id for record_id, _ in versions]
    known = set(
        connection.execute(
            select(record_version.c.record_id).where(
                record_version.c.batch_number == number, record_version.c.record_id.in_(ids)
            )
        ).scalars()
    )
    new = [
        {"record_id": record_id, "batch_number": number, "body": body}
        for record_id, body in versions
        if record_id not in known
    ]
    if new:
        connection.execute(insert(record_version), new)


def versions_of(
    connection: Connection, number: int
) -> list[tuple[RecordId, dict[str, Any] | None]]:
    """Every record a batch changed, with what it was before (``None``: it was not there)."""
    statement = (
        select(record_version.c.record_id, record_version.c.body)
        .where(record_version.c.batch_number == number)
        .order_by(record_version.c.record_id)
    )
    return [(RecordId(row.record_id), row.body) for row in connection.execute(statement)]


def later_batches(connection: Connection, number: int) -> list[int]:
    """Batches after this one that changed one of the same records and are not undone."""
    other = record_version.alias()
    statement = (
        select(other.c.batch_number)
        .join(record_version, record_version.c.record_id == other.c.record_id)
        .where(record_version.c.batch_number == number, other.c.batch_number > number)
        .distinct()
        .order_by(other.c.batch_number)
    )
    return list(connection.execute(statement).scalars())


def remembered(connection: Connection) -> Iterator[dict[str, Any]]:
    """Every record as it was before some batch, in no order; read as they are asked for."""
    statement = (
        select(record_version.c.body).where(_is_body()).execution_options(yield_per=_BODIES_AT_ONCE)
    )
    yield from connection.execute(statement).scalars()


def count_replaced(connection: Connection, number: int) -> Replaced:
    """How many records a batch made, and how many it changed.

    Those that it made of a catalogue row and took out again, because of a marking, are neither.
    """
    changed = func.coalesce(func.sum(case((_is_body(), 1), else_=0)), 0)
    statement = (
        select(func.count(), changed)
        .join(record, record.c.record_id == record_version.c.record_id)
        .where(
            record_version.c.batch_number == number,
            or_(_is_body(), record.c.removed_at.is_(None)),
        )
    )
    total, with_body = connection.execute(statement).one()
    return Replaced(added=total - with_body, changed=with_body)


def forget_versions(connection: Connection, number: int, record_ids: list[RecordId]) -> None:
    """Drop what was remembered, once it is restored."""
    connection.execute(
        delete(record_version).where(
            record_version.c.batch_number == number, record_version.c.record_id.in_(record_ids)
        )
    )


def _is_body() -> ColumnElement[bool]:
    # JSON's null is a value to the database, not the absence of one.
    return cast(record_version.c.body, Text) != "null"


def _joined() -> Any:  # noqa: ANN401 - a select whose row type no one writes down
    return select(batch, source.c.name.label("source_name"), source.c.root).join(
        source, source.c.source_id == batch.c.source_id
    )


def _batch(row: Row[Any]) -> BatchRow:
    return BatchRow(**{**row._mapping, "state": BatchState(row.state)})  # noqa: SLF001

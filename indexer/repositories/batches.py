"""Sources and batches: where records come from and which run brought them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, cast, delete, insert, select, update

from indexer.database import utc_now
from indexer.records import RecordId
from indexer.tables import batch, record_version, source

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import Connection, Row

    from indexer.records import FileHash


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


def source_named(connection: Connection, name: str, root: str) -> int:
    """The source of that name, made if it is new; its folder may have moved."""
    found = connection.execute(select(source.c.source_id).where(source.c.name == name)).scalar()
    if found is not None:
        connection.execute(update(source).where(source.c.source_id == found).values(root=root))
        return int(found)
    statement = insert(source).values(name=name, root=root, created_at=utc_now())
    return int(connection.execute(statement.returning(source.c.source_id)).scalar_one())


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


def list_all(connection: Connection, limit: int = 200) -> list[BatchRow]:
    """Batches, newest first."""
    rows = connection.execute(_joined().order_by(batch.c.number.desc()).limit(limit))
    return [_batch(row) for row in rows]


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


def is_remembered(connection: Connection, file_hash: FileHash) -> bool:
    """Whether a batch could be undone to a record that has this content."""
    statement = (
        select(record_version.c.record_id)
        .where(cast(record_version.c.body, Text).contains(file_hash))
        .limit(1)
    )
    return connection.execute(statement).first() is not None


def forget_versions(connection: Connection, number: int, record_ids: list[RecordId]) -> None:
    """Drop what was remembered, once it is restored."""
    connection.execute(
        delete(record_version).where(
            record_version.c.batch_number == number, record_version.c.record_id.in_(record_ids)
        )
    )


def _joined() -> Any:  # noqa: ANN401 - a select whose row type no one writes down
    return select(batch, source.c.name.label("source_name"), source.c.root).join(
        source, source.c.source_id == batch.c.source_id
    )


def _batch(row: Row[Any]) -> BatchRow:
    return BatchRow(**{**row._mapping, "state": BatchState(row.state)})  # noqa: SLF001

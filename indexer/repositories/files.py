"""Paths in a source and the contents behind them: what became of every file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, delete, exists, func, insert, select, update

from indexer.database import utc_now
from indexer.records import FileHash
from indexer.tables import clearance, record_file, source_file, stored_file

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, Row


class PathState(StrEnum):
    """What became of a path."""

    FOUND = "found"  # seen, not yet read
    READ = "read"  # its text is in the store
    FAILED = "failed"
    QUARANTINED = "quarantined"
    MISSING = "missing"  # it was there once


class ContentState(StrEnum):
    """What became of a content."""

    STORED = "stored"
    EXTRACTED = "extracted"
    FAILED = "failed"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class PathRow:
    """One path of a source."""

    source_file_id: int
    path: str
    size: int
    modified_ns: int
    file_hash: FileHash | None
    state: PathState
    reason: str
    detail: str
    is_duplicate: bool
    batch_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentRow:
    """One content. ``parsed`` is what the document says of itself, as JSON."""

    file_hash: FileHash
    size: int
    media_type: str
    in_place: str | None
    state: ContentState
    extractor: str
    page_count: int
    reason: str
    detail: str
    marking: str
    parsed: dict[str, Any] | None
    stored_at: dt.datetime


def paths_of(connection: Connection, source_id: int) -> dict[str, PathRow]:
    """Every known path of a source."""
    rows = connection.execute(select(source_file).where(source_file.c.source_id == source_id))
    return {row.path: _path(row) for row in rows}


def paths_of_group(
    connection: Connection, source_id: int, paths: Sequence[str]
) -> dict[str, PathRow]:
    """The rows of some paths of a source."""
    statement = select(source_file).where(
        source_file.c.source_id == source_id, source_file.c.path.in_(paths)
    )
    return {row.path: _path(row) for row in connection.execute(statement)}


def note_found(
    connection: Connection, source_id: int, batch_number: int, seen: Iterable[tuple[str, int, int]]
) -> None:
    """Note new or changed paths as ``(path, size, modified_ns)``, to be read in this batch."""
    for path, size, modified_ns in seen:
        values = {
            "size": size,
            "modified_ns": modified_ns,
            "state": PathState.FOUND,
            "reason": "",
            "detail": "",
            "is_duplicate": False,
            "batch_number": batch_number,
        }
        where = (source_file.c.source_id == source_id, source_file.c.path == path)
        changed = connection.execute(update(source_file).where(*where).values(values))
        if not changed.rowcount:
            connection.execute(insert(source_file).values(source_id=source_id, path=path, **values))


def settle(
    connection: Connection,
    source_file_id: int,
    *,
    state: PathState,
    file_hash: FileHash | None,
    reason: str = "",
    detail: str = "",
    is_duplicate: bool = False,
) -> None:
    """Note what became of a path."""
    connection.execute(
        update(source_file)
        .where(source_file.c.source_file_id == source_file_id)
        .values(
            state=state,
            file_hash=file_hash,
            reason=reason,
            detail=detail,
            is_duplicate=is_duplicate,
        )
    )


def mark_missing(connection: Connection, source_file_ids: Sequence[int]) -> None:
    """Note that paths are no longer there; what was read from them stays."""
    connection.execute(
        update(source_file)
        .where(source_file.c.source_file_id.in_(source_file_ids))
        .values(state=PathState.MISSING)
    )


def contents(connection: Connection, hashes: Iterable[FileHash]) -> dict[FileHash, ContentRow]:
    """What is known of contents."""
    wanted = sorted(set(hashes))
    rows = connection.execute(select(stored_file).where(stored_file.c.file_hash.in_(wanted)))
    return {FileHash(row.file_hash): _content(row) for row in rows}


def store_content(
    connection: Connection,
    file_hash: FileHash,
    *,
    size: int,
    in_place: str | None,
) -> None:
    """Note a content whose bytes are there; again is no error."""
    known = connection.execute(
        select(stored_file.c.file_hash).where(stored_file.c.file_hash == file_hash)
    ).first()
    if known is None:
        connection.execute(
            insert(stored_file).values(
                file_hash=file_hash,
                size=size,
                media_type="",
                in_place=in_place,
                state=ContentState.STORED,
                stored_at=utc_now(),
            )
        )


def note_outcome(connection: Connection, file_hash: FileHash, values: dict[str, Any]) -> None:
    """Note what extraction made of a content; ``values`` are columns of ``stored_file``."""
    connection.execute(
        update(stored_file).where(stored_file.c.file_hash == file_hash).values(values)
    )


def cleared(connection: Connection) -> frozenset[FileHash]:
    """Contents that a reviewer has cleared of a marking."""
    found = connection.execute(select(clearance.c.file_hash)).scalars()
    return frozenset(FileHash(each) for each in found)


def clear(
    connection: Connection, file_hash: FileHash, *, ground: str, by: str, at: dt.datetime
) -> None:
    """Note a reviewer's word that a content carries no state secret."""
    connection.execute(delete(clearance).where(clearance.c.file_hash == file_hash))
    connection.execute(
        insert(clearance).values(file_hash=file_hash, ground=ground, cleared_by=by, cleared_at=at)
    )


def quarantined(connection: Connection) -> list[tuple[PathRow, str]]:
    """Quarantined paths with their markings; those cleared since are still listed until read."""
    statement = (
        select(source_file, stored_file.c.marking)
        .join(stored_file, stored_file.c.file_hash == source_file.c.file_hash)
        .where(source_file.c.state == PathState.QUARANTINED)
        .order_by(source_file.c.path)
    )
    return [(_path(row), row.marking) for row in connection.execute(statement)]


def failures(connection: Connection, batch_number: int | None = None) -> list[PathRow]:
    """Paths that gave no text, by reason and path."""
    statement = select(source_file).where(source_file.c.state == PathState.FAILED)
    if batch_number is not None:
        statement = statement.where(source_file.c.batch_number == batch_number)
    rows = connection.execute(statement.order_by(source_file.c.reason, source_file.c.path))
    return [_path(row) for row in rows]


def count_by_outcome(connection: Connection, source_id: int, batch_number: int) -> dict[str, int]:
    """How many present paths of a source fall to each outcome, as of one batch."""
    outcome = case(
        (source_file.c.state == PathState.FAILED, "failed"),
        (source_file.c.state == PathState.QUARANTINED, "quarantined"),
        (source_file.c.batch_number != batch_number, "unchanged"),
        (source_file.c.is_duplicate, "duplicate"),
        (source_file.c.state == PathState.READ, "indexed"),
        else_="unread",
    )
    statement = (
        select(outcome, func.count())
        .where(source_file.c.source_id == source_id, source_file.c.state != PathState.MISSING)
        .group_by(outcome)
    )
    return {name: count for name, count in connection.execute(statement)}


def forget_paths(connection: Connection, batch_number: int) -> None:
    """Drop the paths that a batch read, so that a later one finds them anew."""
    connection.execute(
        update(record_file)
        .where(
            record_file.c.source_file_id.in_(
                select(source_file.c.source_file_id).where(
                    source_file.c.batch_number == batch_number
                )
            )
        )
        .values(source_file_id=None)
    )
    connection.execute(delete(source_file).where(source_file.c.batch_number == batch_number))


def orphaned(connection: Connection) -> list[FileHash]:
    """Contents that no path and no record refers to."""
    statement = select(stored_file.c.file_hash).where(
        ~exists().where(record_file.c.file_hash == stored_file.c.file_hash),
        ~exists().where(source_file.c.file_hash == stored_file.c.file_hash),
    )
    return [FileHash(each) for each in connection.execute(statement).scalars()]


def forget_content(connection: Connection, file_hash: FileHash) -> None:
    """Drop what is known of a content."""
    connection.execute(delete(stored_file).where(stored_file.c.file_hash == file_hash))


def _path(row: Row[Any]) -> PathRow:
    return PathRow(
        source_file_id=row.source_file_id,
        path=row.path,
        size=row.size,
        modified_ns=row.modified_ns,
        file_hash=FileHash(row.file_hash) if row.file_hash else None,
        state=PathState(row.state),
        reason=row.reason,
        detail=row.detail,
        is_duplicate=row.is_duplicate,
        batch_number=row.batch_number,
    )


def _content(row: Row[Any]) -> ContentRow:
    return ContentRow(**{**row._mapping, "state": ContentState(row.state)})  # noqa: SLF001

"""Paths in a source and the contents behind them: what became of every file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, bindparam, case, delete, exists, func, insert, select, union, update

from indexer.database import utc_now
from indexer.records import FileHash
from indexer.repositories import holdings
from indexer.tables import document_relation, holding, record_file, source_file, stored_file

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Row

CATALOGUE_SECRET: Final = "catalogue_secret"  # noqa: S105 - a reason, no password
"""Reason of a path that was not opened because the catalogue calls it a state secret."""


class PathState(StrEnum):
    """What became of a path."""

    FOUND = "found"  # seen, not yet read
    READ = "read"  # its text is in the store
    OPENED = "opened"  # an archive; its members stand for it
    FAILED = "failed"
    QUARANTINED = "quarantined"
    MISSING = "missing"  # it was there once


class PathOutcome(StrEnum):
    """What a batch made of a path; every file found has one.

    An archive that was opened is no file of the account: its members are.
    """

    OPENED = "opened"
    INDEXED = "indexed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    QUARANTINED = "quarantined"


class ContentState(StrEnum):
    """What became of a content."""

    STORED = "stored"
    EXTRACTED = "extracted"
    OPENED = "opened"  # an archive: kept, and its members are contents of their own
    FAILED = "failed"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class PathRow:
    """One path of a source.

    Attributes:
        file_hash: Its content when it was last read.
        outcome: What batch ``batch_number`` made of it, ``""`` until then.
        tries: How often reading this content has failed.
    """

    source_file_id: int
    source_id: int
    path: str
    size: int
    modified_ns: int
    file_hash: FileHash | None
    state: PathState
    reason: str
    detail: str
    outcome: str
    tries: int
    batch_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentRow:
    """One content.

    Attributes:
        parsed: What the document says of itself, as JSON.
        unread_pages: Pages that wait to be recognised; ``None`` where they are not known.
        unread_count: How many. is_guarded: Whether the secrecy guard has seen its first page.
        given_up: Pages that could not be recognised, each with reason and detail.
    """

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
    batch_number: int
    stored_at: dt.datetime
    unread_pages: tuple[int, ...] | None = None
    unread_count: int = 0
    is_guarded: bool = True
    given_up: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a path in a batch.

    Attributes:
        source_file_id: Which path. file_hash: Its content, ``None`` if it could not be read.
        size: As it was when it was read. modified_ns: The same.
        detail: Never text of the file.
    """

    source_file_id: int
    file_hash: FileHash | None
    state: PathState
    outcome: PathOutcome
    size: int
    modified_ns: int
    reason: str = ""
    detail: str = ""
    tries: int = 0


def paths_of(connection: Connection, source_id: int) -> dict[str, PathRow]:
    """Every known path of a source."""
    rows = connection.execute(select(source_file).where(source_file.c.source_id == source_id))
    return {row.path: path_row(row) for row in rows}


def paths_of_group(
    connection: Connection, source_id: int, paths: Sequence[str]
) -> dict[str, PathRow]:
    """The rows of some paths of a source, by path."""
    statement = (
        select(source_file)
        .where(source_file.c.source_id == source_id, source_file.c.path.in_(paths))
        .order_by(source_file.c.path)
    )
    return {row.path: path_row(row) for row in connection.execute(statement)}


def paths_by_id(connection: Connection, ids: Iterable[int]) -> dict[int, PathRow]:
    """The rows of some paths, by their number."""
    statement = select(source_file).where(source_file.c.source_file_id.in_(sorted(set(ids))))
    return {row.source_file_id: path_row(row) for row in connection.execute(statement)}


def problems_of(connection: Connection, source_id: int) -> list[PathRow]:
    """Present paths of a source that failed or are quarantined, by path."""
    statement = (
        select(source_file)
        .where(
            source_file.c.source_id == source_id,
            source_file.c.state.in_([PathState.FAILED, PathState.QUARANTINED]),
        )
        .order_by(source_file.c.path)
    )
    return [path_row(row) for row in connection.execute(statement)]


def note_new(
    connection: Connection,
    source_id: int,
    batch_number: int,
    found: Sequence[tuple[str, int, int]],
) -> None:
    """Note paths never seen before, as ``(path, size, modified_ns)``."""
    if found:
        connection.execute(
            insert(source_file),
            [
                {
                    "source_id": source_id,
                    "path": path,
                    "size": size,
                    "modified_ns": modified_ns,
                    "state": PathState.FOUND,
                    "batch_number": batch_number,
                }
                for path, size, modified_ns in found
            ],
        )


def note_again(
    connection: Connection, batch_number: int, found: Sequence[tuple[int, int, int, int]]
) -> None:
    """Note known paths that must be read again, as ``(id, size, modified_ns, tries)``.

    Their hash stays until they are read: it tells whether they have changed.
    """
    if found:
        connection.execute(
            _settling().values(
                size=bindparam("size"),
                modified_ns=bindparam("modified_ns"),
                tries=bindparam("tries"),
                state=PathState.FOUND,
                outcome="",
                reason="",
                detail="",
                batch_number=batch_number,
            ),
            [
                {"id": number, "size": size, "modified_ns": modified_ns, "tries": tries}
                for number, size, modified_ns, tries in found
            ],
        )


def settle(connection: Connection, settled: Sequence[Settled]) -> None:
    """Note what became of paths."""
    if settled:
        names = (
            "file_hash",
            "state",
            "outcome",
            "size",
            "modified_ns",
            "reason",
            "detail",
            "tries",
        )
        connection.execute(
            _settling().values({name: bindparam(name) for name in names}),
            [
                {"id": each.source_file_id, **{name: getattr(each, name) for name in names}}
                for each in settled
            ],
        )


def mark_missing(connection: Connection, source_file_ids: Sequence[int]) -> None:
    """Note that paths are no longer there; what was read from them stays."""
    connection.execute(
        update(source_file)
        .where(source_file.c.source_file_id.in_(source_file_ids))
        .values(state=PathState.MISSING)
    )


def quarantine_paths(connection: Connection, file_hash: FileHash, reason: str, detail: str) -> None:
    """Note that a content is quarantined at every path that has it."""
    connection.execute(
        update(source_file)
        .where(source_file.c.file_hash == file_hash, source_file.c.state != PathState.FOUND)
        .values(
            state=case(
                (source_file.c.state == PathState.MISSING, PathState.MISSING),
                else_=PathState.QUARANTINED,
            ),
            outcome=PathOutcome.QUARANTINED,
            # What the catalogue says of one path is not said of the others.
            reason=case((source_file.c.reason == CATALOGUE_SECRET, CATALOGUE_SECRET), else_=reason),
            detail=detail,
        )
    )


def catalogued_secret(connection: Connection, hashes: Iterable[FileHash]) -> frozenset[FileHash]:
    """Those contents that a catalogue calls a state secret at some path, or that lie in such."""
    asked = sorted(hashes)
    itself = select(source_file.c.file_hash).where(
        source_file.c.file_hash.in_(asked), source_file.c.reason == CATALOGUE_SECRET
    )
    within = (
        select(holding.c.member_hash)
        .join(source_file, source_file.c.file_hash == holding.c.container_hash)
        .where(holding.c.member_hash.in_(asked), source_file.c.reason == CATALOGUE_SECRET)
    )
    found = connection.execute(union(itself, within)).scalars()
    return frozenset(FileHash(each) for each in found)


def contents(connection: Connection, hashes: Iterable[FileHash]) -> dict[FileHash, ContentRow]:
    """What is known of contents."""
    wanted = sorted(set(hashes))
    rows = connection.execute(select(stored_file).where(stored_file.c.file_hash.in_(wanted)))
    return {FileHash(row.file_hash): content_row(row) for row in rows}


def store_contents(
    connection: Connection, batch_number: int, found: Mapping[FileHash, tuple[int, str | None]]
) -> dict[FileHash, ContentRow]:
    """Note contents whose bytes are there, as ``(size, in_place)``; what is known of them now.

    Again is no error, and tells where they are now; but a copy in the store stays one, whatever
    path its content is met at later.
    """
    known = contents(connection, found)
    now = utc_now()
    new = [
        {
            "file_hash": file_hash,
            "size": size,
            "media_type": "",
            "in_place": in_place,
            "state": ContentState.STORED,
            "batch_number": batch_number,
            "stored_at": now,
        }
        for file_hash, (size, in_place) in found.items()
        if file_hash not in known
    ]
    if new:
        connection.execute(insert(stored_file), new)
    moved = {
        file_hash: {"in_place": in_place}
        for file_hash, (_, in_place) in found.items()
        if file_hash in known and known[file_hash].in_place not in {None, in_place}
    }
    note_outcomes(connection, moved)
    return contents(connection, found) if new or moved else known


def note_outcomes(connection: Connection, outcomes: Mapping[FileHash, Mapping[str, Any]]) -> None:
    """Note what became of contents; columns of ``stored_file``, the same for each."""
    if outcomes:
        connection.execute(
            update(stored_file).where(stored_file.c.file_hash == bindparam("id")),
            [{"id": file_hash, **values} for file_hash, values in outcomes.items()],
        )


def in_place(connection: Connection) -> frozenset[FileHash]:
    """Contents whose originals stay where they are."""
    statement = select(stored_file.c.file_hash).where(stored_file.c.in_place.is_not(None))
    return frozenset(FileHash(each) for each in connection.execute(statement).scalars())


def quarantined(
    connection: Connection, *, offset: int = 0, limit: int | None = None
) -> list[tuple[PathRow, str]]:
    """Quarantined paths with their markings; those cleared since are still listed until read."""
    statement = (
        select(source_file, stored_file.c.marking)
        .join(stored_file, stored_file.c.file_hash == source_file.c.file_hash)
        .where(source_file.c.state == PathState.QUARANTINED)
        .order_by(source_file.c.path, source_file.c.source_file_id)
        .offset(offset)
        .limit(limit)
    )
    return [(path_row(row), row.marking) for row in connection.execute(statement)]


def count_quarantined(connection: Connection, batch_number: int | None = None) -> int:
    """How many paths are quarantined, in all or by one batch."""
    statement = select(func.count()).where(source_file.c.state == PathState.QUARANTINED)
    if batch_number is not None:
        statement = statement.where(source_file.c.batch_number == batch_number)
    return int(connection.execute(statement).scalar_one())


def outcome_in(batch_number: int) -> ColumnElement[str]:
    """What a batch made of a path that is there, as an expression on ``source_file``."""
    this_batch = and_(source_file.c.batch_number == batch_number, source_file.c.outcome != "")
    return case(
        (source_file.c.state == PathState.FAILED, PathOutcome.FAILED),
        (source_file.c.state == PathState.QUARANTINED, PathOutcome.QUARANTINED),
        (source_file.c.state == PathState.OPENED, PathOutcome.OPENED),
        (this_batch, source_file.c.outcome),
        (source_file.c.state == PathState.READ, PathOutcome.UNCHANGED),
        else_="unread",
    )


def count_by_outcome(connection: Connection, source_id: int, batch_number: int) -> dict[str, int]:
    """How many present paths of a source fall to each outcome, as of one batch."""
    outcome = outcome_in(batch_number)
    statement = (
        select(outcome, func.count())
        .where(source_file.c.source_id == source_id, source_file.c.state != PathState.MISSING)
        .group_by(outcome)
    )
    return {str(row[0]): int(row[1]) for row in connection.execute(statement)}


def forget_outcomes(connection: Connection, batch_number: int) -> None:
    """Let the paths that a batch read be new to the next one."""
    connection.execute(
        update(source_file)
        .where(source_file.c.batch_number == batch_number, source_file.c.state != PathState.MISSING)
        .values(state=PathState.FOUND, outcome="", reason="", detail="", file_hash=None, tries=0)
    )
    connection.execute(
        update(source_file)
        .where(source_file.c.batch_number == batch_number, source_file.c.state == PathState.MISSING)
        .values(outcome="", file_hash=None)
    )


def brought_by(connection: Connection, batch_number: int) -> list[FileHash]:
    """Contents that came with a batch and that no path has any more, quarantined ones left out."""
    statement = (
        select(stored_file.c.file_hash)
        .where(
            stored_file.c.batch_number == batch_number,
            stored_file.c.state != ContentState.QUARANTINED,
            ~exists().where(source_file.c.file_hash == stored_file.c.file_hash),
        )
        .order_by(stored_file.c.file_hash)
    )
    return [FileHash(each) for each in connection.execute(statement).scalars()]


def left_unread(connection: Connection) -> list[FileHash]:
    """Contents that were brought in by a run that was cut short and are gone since."""
    statement = select(stored_file.c.file_hash).where(
        stored_file.c.state == ContentState.STORED,
        ~exists().where(record_file.c.file_hash == stored_file.c.file_hash),
        ~exists().where(source_file.c.file_hash == stored_file.c.file_hash),
    )
    return [FileHash(each) for each in connection.execute(statement).scalars()]


def forget_content(connection: Connection, file_hash: FileHash) -> None:
    """Drop what is known of a content."""
    connection.execute(delete(document_relation).where(document_relation.c.file_hash == file_hash))
    holdings.forget(connection, file_hash)
    connection.execute(delete(stored_file).where(stored_file.c.file_hash == file_hash))


def _settling() -> Any:  # noqa: ANN401 - an update whose type no one writes down
    return update(source_file).where(source_file.c.source_file_id == bindparam("id"))


def path_row(row: Row[Any]) -> PathRow:
    """A row of ``source_file``."""
    return PathRow(
        source_file_id=row.source_file_id,
        source_id=row.source_id,
        path=row.path,
        size=row.size,
        modified_ns=row.modified_ns,
        file_hash=FileHash(row.file_hash) if row.file_hash else None,
        state=PathState(row.state),
        reason=row.reason,
        detail=row.detail,
        outcome=row.outcome,
        tries=row.tries,
        batch_number=row.batch_number,
    )


def content_row(row: Row[Any]) -> ContentRow:
    """A row of ``stored_file``."""
    known = dict(row._mapping)  # noqa: SLF001 - the public way to all of a row
    unread, given_up = known["unread_pages"], known["given_up"] or ()
    known["unread_pages"] = None if unread is None else tuple(unread)
    known["given_up"] = tuple((page, reason, detail) for page, reason, detail in given_up)
    return ContentRow(**{**known, "state": ContentState(row.state)})

"""Paths that gave no text, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, update

from indexer.records import FileHash
from indexer.repositories.files import ContentState, PathRow, PathState, path_row
from indexer.tables import source_file, stored_file

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection

_AT_ONCE: Final = 500

RETRY: Final = "retry"
"""Reason of a path that failed, or was read by an older version, and that the next batch reads
again, because somebody said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureCount:
    """How many paths failed for one reason.

    Attributes:
        paths: How many. tries: How often the most stubborn of them was tried.
    """

    reason: str
    paths: int
    tries: int


def by_reason(connection: Connection) -> list[FailureCount]:
    """Every reason for which paths gave no text, the commonest first."""
    statement = (
        select(source_file.c.reason, func.count(), func.max(source_file.c.tries))
        .where(source_file.c.state == PathState.FAILED)
        .group_by(source_file.c.reason)
        .order_by(func.count().desc(), source_file.c.reason)
    )
    return [
        FailureCount(reason=reason, paths=paths, tries=tries)
        for reason, paths, tries in connection.execute(statement)
    ]


def listed(
    connection: Connection,
    batch_number: int | None = None,
    *,
    reason: str | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> list[PathRow]:
    """Paths that gave no text, by reason and path; those of one batch or one reason, if given."""
    statement = select(source_file).where(source_file.c.state == PathState.FAILED)
    if batch_number is not None:
        statement = statement.where(source_file.c.batch_number == batch_number)
    if reason is not None:
        statement = statement.where(source_file.c.reason == reason)
    order = (source_file.c.reason, source_file.c.path, source_file.c.source_file_id)
    rows = connection.execute(statement.order_by(*order).offset(offset).limit(limit))
    return [path_row(row) for row in rows]


def try_again(connection: Connection, reason: str, *, source_id: int | None = None) -> int:
    """Mark what failed for a reason, in all or at some path of a source; how many paths.

    A content is tried again as a whole, at whatever paths it stands.
    """
    again = {"reason": RETRY, "detail": ""}
    is_meant = [stored_file.c.state == ContentState.FAILED, stored_file.c.reason == reason]
    if source_id is not None:
        of_source = select(source_file.c.file_hash).where(
            source_file.c.source_id == source_id,
            source_file.c.state == PathState.FAILED,
            source_file.c.file_hash.is_not(None),
        )
        is_meant.append(stored_file.c.file_hash.in_(of_source))
    failed = select(stored_file.c.file_hash).where(*is_meant)
    hashes = list(connection.execute(failed).scalars())
    count = 0
    for start in range(0, len(hashes), _AT_ONCE):
        some = hashes[start : start + _AT_ONCE]
        count += connection.execute(
            update(source_file)
            .where(source_file.c.state == PathState.FAILED, source_file.c.file_hash.in_(some))
            .values(**again, tries=0)
        ).rowcount
        connection.execute(
            update(stored_file).where(stored_file.c.file_hash.in_(some)).values(**again)
        )
    # A member that its archive would not give has no content to be known by.
    nameless = update(source_file).where(
        source_file.c.state == PathState.FAILED,
        source_file.c.file_hash.is_(None),
        source_file.c.reason == reason,
    )
    if source_id is not None:
        nameless = nameless.where(source_file.c.source_id == source_id)
    return count + int(connection.execute(nameless.values(**again, tries=0)).rowcount)


def extractors_used(connection: Connection) -> list[str]:
    """Every extractor, with its version, that read a content of which the text is kept."""
    statement = (
        select(stored_file.c.extractor)
        .where(stored_file.c.state == ContentState.EXTRACTED)
        .distinct()
        .order_by(stored_file.c.extractor)
    )
    return list(connection.execute(statement).scalars())


def read_again(connection: Connection, extractors: Collection[str]) -> int:
    """Mark what these extractors read as to be read again; how many paths. Their text stays."""
    is_meant = (
        stored_file.c.state == ContentState.EXTRACTED,
        stored_file.c.extractor.in_(sorted(extractors)),
    )
    outdated = select(stored_file.c.file_hash).where(*is_meant)
    count = connection.execute(
        update(source_file)
        .where(source_file.c.state == PathState.READ, source_file.c.file_hash.in_(outdated))
        .values(reason=RETRY)
    ).rowcount
    connection.execute(update(stored_file).where(*is_meant).values(reason=RETRY))
    return int(count)


def read_contents_again(connection: Connection, hashes: Sequence[FileHash]) -> frozenset[FileHash]:
    """Mark contents as to be read again by the next batch over their folders.

    Returns those of them that are read at a path, and will be.
    """
    found: set[str] = set()
    for start in range(0, len(hashes), _AT_ONCE):
        some = hashes[start : start + _AT_ONCE]
        marked = (
            update(source_file)
            .where(source_file.c.state == PathState.READ, source_file.c.file_hash.in_(some))
            .values(reason=RETRY)
            .returning(source_file.c.file_hash)
        )
        found.update(connection.execute(marked).scalars())
    connection.execute(
        update(stored_file)
        .where(
            stored_file.c.file_hash.in_(sorted(found)),
            stored_file.c.state == ContentState.EXTRACTED,
        )
        .values(reason=RETRY)
    )
    return frozenset(FileHash(each) for each in found)

"""Pages that wait to be recognised: how many, which come next, and how long one takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import case, func, insert, or_, select, update

from indexer.repositories.files import (
    ContentRow,
    ContentState,
    PathOutcome,
    PathState,
    content_row,
)
from indexer.tables import recognition_pace, source_file, stored_file

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, Connection

    from indexer.records import FileHash

GUESSED_MS: Final = 6_000
"""For one page, until pages were measured."""

_REMEMBERED_PAGES: Final = 500
"""Older pages weigh half after so many: another disk of other scans takes another time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What waits to be recognised.

    Attributes:
        files: Contents. pages: Their pages that wait.
        given_up: Pages that could not be recognised.
        seconds_left: How long the rest takes at the pace of late.
        is_measured: Whether any page was measured yet; else that is a guess.
    """

    files: int
    pages: int
    given_up: int
    seconds_left: float
    is_measured: bool


def next_content(connection: Connection, passed_over: Collection[FileHash]) -> ContentRow | None:
    """The content to be recognised next, or ``None``.

    Batches in their order; within one, what has few pages left comes first: most records are whole
    sooner.

    Args:
        connection: To the database.
        passed_over: Contents that somebody works on.
    """
    statement = (
        select(stored_file)
        .where(_waits(), stored_file.c.file_hash.not_in(sorted(passed_over)))
        .order_by(stored_file.c.batch_number, stored_file.c.unread_count, stored_file.c.file_hash)
        .limit(1)
    )
    row = connection.execute(statement).first()
    return None if row is None else content_row(row)


def backlog(connection: Connection, recognizer: str) -> Backlog:
    """What waits, and for how long yet."""
    files, pages = connection.execute(
        select(func.count(), func.coalesce(func.sum(stored_file.c.unread_count), 0)).where(_waits())
    ).one()
    pace = connection.execute(
        select(recognition_pace).where(recognition_pace.c.recognizer == recognizer)
    ).first()
    milliseconds = pace.milliseconds / pace.pages if pace is not None else GUESSED_MS
    return Backlog(
        files=int(files),
        pages=int(pages),
        given_up=sum(len(each) for each in _given_up(connection).values()),
        seconds_left=int(pages) * milliseconds / 1000,
        is_measured=pace is not None,
    )


def waiting_of(connection: Connection, source_id: int) -> int:
    """How many pages of the files of a source wait."""
    hashes = select(source_file.c.file_hash).where(
        source_file.c.source_id == source_id, source_file.c.state != PathState.MISSING
    )
    pages = connection.execute(
        select(func.coalesce(func.sum(stored_file.c.unread_count), 0)).where(
            _waits(), stored_file.c.file_hash.in_(hashes)
        )
    ).scalar_one()
    return int(pages)


def note_pace(connection: Connection, recognizer: str, *, pages: int, milliseconds: int) -> None:
    """Note how long pages took, all processes together."""
    pace = recognition_pace.c
    known = connection.execute(
        select(recognition_pace).where(pace.recognizer == recognizer)
    ).first()
    if known is None:
        connection.execute(
            insert(recognition_pace).values(
                recognizer=recognizer, pages=pages, milliseconds=milliseconds
            )
        )
        return
    keep = 2 if known.pages > _REMEMBERED_PAGES else 1
    connection.execute(
        update(recognition_pace)
        .where(pace.recognizer == recognizer)
        .values(
            pages=known.pages // keep + pages,
            milliseconds=known.milliseconds // keep + milliseconds,
        )
    )


def settle_paths(
    connection: Connection, file_hash: FileHash, *, reason: str = "", detail: str = ""
) -> None:
    """Note at every path that failed for want of recognition what has become of its content.

    Args:
        connection: To the database.
        file_hash: The content.
        reason: Why it has no text after all; ``""`` where it has.
        detail: Never text of the file.
    """
    failed = (source_file.c.file_hash == file_hash, source_file.c.state == PathState.FAILED)
    if reason:
        connection.execute(update(source_file).where(*failed).values(reason=reason, detail=detail))
        return
    first = connection.execute(
        select(func.min(source_file.c.source_file_id)).where(*failed)
    ).scalar()
    connection.execute(
        update(source_file)
        .where(*failed)
        .values(
            state=PathState.READ,
            outcome=case(
                (source_file.c.source_file_id == first, PathOutcome.INDEXED),
                else_=PathOutcome.DUPLICATE,
            ),
            reason="",
            detail="",
            tries=0,
        )
    )


def ask_again(connection: Connection) -> int:
    """Let pages that were given up wait again; how many."""
    pages = 0
    for file_hash, given_up in _given_up(connection).items():
        unread = connection.execute(
            select(stored_file.c.unread_pages).where(stored_file.c.file_hash == file_hash)
        ).scalar_one()
        waiting = sorted({*(unread or ()), *(page for page, _, _ in given_up)})
        connection.execute(
            update(stored_file)
            .where(stored_file.c.file_hash == file_hash)
            .values(unread_pages=waiting, unread_count=len(waiting), given_up=None)
        )
        pages += len(given_up)
    return pages


def _given_up(connection: Connection) -> dict[str, list[tuple[int, str, str]]]:
    rows = connection.execute(
        select(stored_file.c.file_hash, stored_file.c.given_up).where(
            stored_file.c.given_up.is_not(None), _can_be_recognised()
        )
    )
    return {row.file_hash: row.given_up for row in rows if row.given_up}


def _waits() -> ColumnElement[bool]:
    return (stored_file.c.unread_count > 0) & _can_be_recognised()


def _can_be_recognised() -> ColumnElement[bool]:
    return or_(
        stored_file.c.state == ContentState.EXTRACTED, stored_file.c.state == ContentState.FAILED
    )

"""Paths of a part of a source: what a batch over a few changed files asks for."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, or_, select, update

from indexer.repositories.files import (
    PathOutcome,
    PathState,
    path_row,
    paths_of,
    paths_of_group,
)
from indexer.tables import source_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection

    from indexer.repositories.files import PathRow

_FEW: Final = 50
_PATHS_AT_ONCE: Final = 500


def paths_below(connection: Connection, source_id: int, tops: Sequence[str]) -> dict[str, PathRow]:
    """The rows at these paths and of what may lie below them; the caller looks again.

    More than a few folders are not asked for one by one: then it is every row of the source.
    """
    if len(tops) > _FEW:
        return paths_of(connection, source_id)
    below = [source_file.c.path.startswith(f"{top}/", autoescape=True) for top in tops]
    statement = select(source_file).where(
        source_file.c.source_id == source_id, or_(source_file.c.path.in_(tops), *below)
    )
    return {row.path: path_row(row) for row in connection.execute(statement)}


def outcomes_of(
    connection: Connection, source_id: int, batch_number: int, paths: Iterable[str]
) -> dict[str, int]:
    """How many of these paths fall to each outcome, as of one batch."""
    counts: dict[str, int] = {}
    for row in rows_of(connection, source_id, paths):
        if row.state is not PathState.MISSING:
            outcome = _outcome(row, batch_number)
            counts[outcome] = counts.get(outcome, 0) + 1
    return counts


def problems_among(connection: Connection, source_id: int, paths: Iterable[str]) -> list[PathRow]:
    """Those of the paths that failed or are quarantined."""
    bad = {PathState.FAILED, PathState.QUARANTINED}
    return [row for row in rows_of(connection, source_id, paths) if row.state in bad]


def rows_of(connection: Connection, source_id: int, paths: Iterable[str]) -> Iterator[PathRow]:
    """The rows of these paths, in their order."""
    left = iter(sorted(set(paths)))
    while some := list(islice(left, _PATHS_AT_ONCE)):
        yield from paths_of_group(connection, source_id, some).values()


def move(connection: Connection, moves: Sequence[tuple[int, str]]) -> None:
    """Give known files their new paths, as ``(id, path)``."""
    if moves:
        connection.execute(
            update(source_file)
            .where(source_file.c.source_file_id == bindparam("id"))
            .values(path=bindparam("new_path")),
            [{"id": number, "new_path": path} for number, path in moves],
        )


def _outcome(row: PathRow, batch_number: int) -> str:
    if row.state is PathState.FAILED:
        return PathOutcome.FAILED
    if row.state is PathState.QUARANTINED:
        return PathOutcome.QUARANTINED
    if row.state is PathState.OPENED:
        return PathOutcome.OPENED
    if row.batch_number == batch_number and row.outcome:
        return row.outcome
    return PathOutcome.UNCHANGED if row.state is PathState.READ else "unread"

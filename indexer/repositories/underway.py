"""What a batch under way has met so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from indexer.repositories.batches import BatchState
from indexer.repositories.files import PathState, path_row
from indexer.tables import batch, source_file

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from indexer.repositories.files import PathRow

_BAD = (PathState.FAILED, PathState.QUARANTINED)


def problem_counts(connection: Connection, batch_number: int) -> dict[str, int]:
    """Files that gave no text in a batch, by reason, the commonest first."""
    statement = (
        select(source_file.c.reason, func.count())
        .where(source_file.c.batch_number == batch_number, source_file.c.state.in_(_BAD))
        .group_by(source_file.c.reason)
        .order_by(func.count().desc(), source_file.c.reason)
    )
    return {str(row[0]): int(row[1]) for row in connection.execute(statement)}


def some_problems(connection: Connection, batch_number: int, limit: int) -> list[PathRow]:
    """Some of those files, those that were noticed last first."""
    statement = (
        select(source_file)
        .where(source_file.c.batch_number == batch_number, source_file.c.state.in_(_BAD))
        .order_by(source_file.c.source_file_id.desc())
        .limit(limit)
    )
    return [path_row(row) for row in connection.execute(statement)]


def running(connection: Connection) -> frozenset[int]:
    """Batches that have begun and not finished."""
    statement = select(batch.c.number).where(batch.c.state == BatchState.RUNNING)
    return frozenset(connection.execute(statement).scalars())

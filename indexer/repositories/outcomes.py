"""What each finished batch made of every file of its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, delete, func, insert, select

from indexer.repositories.files import PathOutcome, PathState, outcome_in
from indexer.tables import file_outcome, source_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

MISSING: Final = "missing"
"""Outcome of a path that was there once and was gone."""

_READ: Final = frozenset({PathOutcome.INDEXED, PathOutcome.UNCHANGED, PathOutcome.DUPLICATE})
_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """One file of a batch.

    Attributes:
        outcome: One of :class:`~indexer.repositories.files.PathOutcome`.
        reason: Why it gave no text, or ``""``. detail: What exactly; never a marking.
        tries: How often reading it had failed by then.
    """

    path: str
    outcome: str
    reason: str
    detail: str
    tries: int


def note(
    connection: Connection,
    source_id: int,
    batch_number: int,
    *,
    after: int,
    limit: int,
    only: Sequence[int] | None = None,
) -> int | None:
    """Note what a batch made of some paths of its source, as they are now.

    Noting them again is no error: a batch that was cut short here goes on.

    Args:
        connection: To write with.
        source_id: Whose paths.
        batch_number: Which batch.
        after: The last path that is through.
        limit: How many at once.
        only: The paths that the batch looked at, where these are not all.

    Returns:
        The last of the paths, to go on ``after``; ``None`` when all are through.
    """
    statement = (
        select(source_file, outcome_in(batch_number).label("came_of_it"))
        .where(source_file.c.source_id == source_id, source_file.c.source_file_id > after)
        .order_by(source_file.c.source_file_id)
        .limit(limit)
    )
    if only is not None:
        some = sorted(number for number in only if number > after)[:limit]
        statement = statement.where(source_file.c.source_file_id.in_(some))
    rows = connection.execute(statement).all()
    if not rows:
        return None
    first, last = rows[0].source_file_id, rows[-1].source_file_id
    here = file_outcome.c.source_file_id.in_([row.source_file_id for row in rows])
    connection.execute(
        delete(file_outcome).where(here, file_outcome.c.batch_number == batch_number)
    )
    before = _latest(connection, batch_number, first, last)
    new = []
    for row in rows:
        line = _line(row)
        if line != before.get(row.source_file_id, _nothing(line)):
            values = {**line, "source_file_id": row.source_file_id, "batch_number": batch_number}
            new.append(values)
    if new:
        connection.execute(insert(file_outcome), new)
    return int(last)


def of_batch(connection: Connection, source_id: int, batch_number: int) -> Iterator[FileLine]:
    """Every file that a finished batch found, by path; none of a batch from before they were noted.

    Read as they are asked for.
    """
    latest = (
        select(file_outcome.c.source_file_id, func.max(file_outcome.c.batch_number).label("number"))
        .join(source_file, source_file.c.source_file_id == file_outcome.c.source_file_id)
        .where(source_file.c.source_id == source_id, file_outcome.c.batch_number <= batch_number)
        .group_by(file_outcome.c.source_file_id)
        .subquery()
    )
    statement = (
        select(source_file.c.path, file_outcome)
        .join(latest, latest.c.source_file_id == source_file.c.source_file_id)
        .join(
            file_outcome,
            and_(
                file_outcome.c.source_file_id == latest.c.source_file_id,
                file_outcome.c.batch_number == latest.c.number,
            ),
        )
        # Of an archive that was opened its members are the files.
        .where(file_outcome.c.outcome.not_in([MISSING, PathOutcome.OPENED]))
        .order_by(source_file.c.path)
        .execution_options(yield_per=_AT_ONCE)
    )
    for row in connection.execute(statement):
        is_earlier = row.batch_number != batch_number
        yield FileLine(
            path=row.path,
            outcome=_carried(row.outcome) if is_earlier else row.outcome,
            reason=row.reason,
            detail=row.detail,
            tries=row.tries,
        )


def is_noted(connection: Connection, batch_number: int) -> bool:
    """Whether a batch left any outcome; one in which nothing was new leaves none."""
    statement = select(file_outcome.c.source_file_id).where(
        file_outcome.c.batch_number <= batch_number
    )
    return connection.execute(statement.limit(1)).first() is not None


def _line(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row whose type no one writes down
    """What came of a path; a marking is not copied out of quarantine."""
    if row.state == PathState.MISSING:
        return {"outcome": MISSING, "reason": "", "detail": "", "tries": 0}
    is_quarantined = row.came_of_it == PathOutcome.QUARANTINED
    return {
        "outcome": row.came_of_it,
        "reason": row.reason,
        "detail": "" if is_quarantined else row.detail,
        "tries": row.tries,
    }


def _latest(
    connection: Connection, batch_number: int, first: int, last: int
) -> dict[int, dict[str, Any]]:
    """What these paths are to a batch that does nothing with them."""
    statement = (
        select(file_outcome)
        .where(
            file_outcome.c.source_file_id.between(first, last),
            file_outcome.c.batch_number < batch_number,
        )
        .order_by(file_outcome.c.batch_number)
    )
    return {
        row.source_file_id: {
            "outcome": _carried(row.outcome),
            "reason": row.reason,
            "detail": row.detail,
            "tries": row.tries,
        }
        for row in connection.execute(statement)
    }


def _carried(outcome: str) -> str:
    return PathOutcome.UNCHANGED if outcome in _READ else outcome


def _nothing(line: dict[str, Any]) -> dict[str, Any] | None:
    """A path that was never met in a finished batch and is gone has nothing to be noted."""
    return line if line["outcome"] == MISSING else None

"""How fast earlier batches went."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from indexer.repositories.batches import BatchState
from indexer.tables import batch

if TYPE_CHECKING:
    from sqlalchemy import Connection

_BATCHES: Final = 20
_MIN_FILES: Final = 20


def files_a_second(connection: Connection) -> float | None:
    """Files read in a second by the median of the last batches, or ``None`` where none tells.

    Batches that read only a few files spend their time otherwise and do not count.
    """
    read = batch.c.report["indexed"].as_integer() + batch.c.report["failed"].as_integer()
    statement = (
        select(read, batch.c.started_at, batch.c.finished_at)
        .where(
            batch.c.state == BatchState.FINISHED,
            batch.c.finished_at.is_not(None),
            read >= _MIN_FILES,
        )
        .order_by(batch.c.number.desc())
        .limit(_BATCHES)
    )
    rates = [
        count / seconds
        for count, started, finished in connection.execute(statement)
        if (seconds := (finished - started).total_seconds()) > 0
    ]
    return median(rates) if rates else None

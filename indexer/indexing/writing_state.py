"""Who writes the index now, and how far it is, however many may write it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.indexing.lock import holder, last_step
from indexer.indexing.spread import is_spread
from indexer.indexing.spread.election import coordinator, last_sign_of_life
from indexer.repositories import coordinators, set_asides, slices
from indexer.repositories.slices import Waiting

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection

    from indexer.indexing.lock import LockHolder
    from indexer.settings import IndexerSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingState:
    """Who writes.

    Attributes:
        writer: The one writer, or who coordinates the many; ``None`` where nobody seems to.
        seen_at: When it last gave a sign of life, or ``None``.
        workers: How many are alive, or ``None`` where only one may write.
        slices: What is given out and not done; nothing where only one may write.
        set_aside: Records that the index is without because they killed whoever took them.
    """

    writer: LockHolder | None
    seen_at: dt.datetime | None
    workers: int | None
    slices: Waiting
    set_aside: int


def writing_state(connection: Connection, settings: IndexerSettings) -> WritingState:
    """Who writes the index of this archive at this moment."""
    if not is_spread(connection.engine, settings):
        return WritingState(
            writer=holder(settings.index),
            seen_at=last_step(settings.index),
            workers=None,
            slices=Waiting(slices=0, since=None),
            set_aside=0,
        )
    return WritingState(
        writer=coordinator(connection),
        seen_at=last_sign_of_life(connection),
        workers=coordinators.workers_alive(connection),
        slices=slices.waiting(connection),
        set_aside=set_asides.count(connection),
    )

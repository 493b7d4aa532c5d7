"""Bring the index up to date from any process: by writing it, or by waiting for whoever does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from indexer.database import reading
from indexer.engine.opening import open_searcher
from indexer.errors import WriterLockedError
from indexer.indexing.lock import writer_lock
from indexer.indexing.spread import is_spread
from indexer.indexing.worker import IndexWorker, look_at_nothing
from indexer.repositories import generations, outbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from indexer.indexing.worker import Look
    from indexer.settings import IndexerSettings

_PAUSE_S: Final = 0.2
_PATIENCE_S: Final = 30.0


def catch_up(
    engine: Engine,
    settings: IndexerSettings,
    progress: Callable[[int], None] = lambda _: None,
    look: Look = look_at_nothing,
) -> None:
    """Return when everything queued so far is in the serving generation and nothing is building.

    A generation that is held back is whole then, and waits.

    Args:
        engine: The database.
        settings: Engine, folders and processes.
        progress: Told how many changes still wait.
        look: Compares generations before one follows another; where another process writes, it
            compares in its own way.

    Raises:
        WriterLockedError: Another process holds the writer and makes no headway.
    """
    if is_spread(engine, settings):
        # The queue of jobs takes half a second to be loaded, and most have no use for it.
        from indexer.indexing.spread.running import catch_up_spread  # noqa: PLC0415

        catch_up_spread(engine, settings, progress, look)
        return
    try:
        with writer_lock(settings.index):
            worker = IndexWorker(engine, settings, look)
            try:
                progress(worker.backlog())
                worker.catch_up(progress)
            finally:
                worker.close()
    except WriterLockedError as held:
        _wait(engine, settings, progress, held)


def _wait(
    engine: Engine,
    settings: IndexerSettings,
    progress: Callable[[int], None],
    held: WriterLockedError,
) -> None:
    with reading(engine) as connection:
        goal = outbox.newest_position(connection)
    last, moved_at = -1, time.monotonic()
    while True:
        with reading(engine) as connection:
            serving = generations.serving(connection)
            building = generations.building(connection)
            whole = generations.whole(connection)
        reached = open_searcher(settings, serving.files).position if serving else 0
        progress(max(0, goal - reached))
        if reached >= goal and building is None and (whole is None or whole.held):
            return
        sign_of_life = reached + (building.record_count if building else 0)
        if sign_of_life != last:
            last, moved_at = sign_of_life, time.monotonic()
        elif time.monotonic() - moved_at > _PATIENCE_S:
            raise held
        time.sleep(_PAUSE_S)

"""The worker's life as a process: work, wait, stop when told."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING, Final

import structlog

from indexer.errors import QueryRoomError
from indexer.indexing.copy_search import CopySearch
from indexer.indexing.lock import writer_lock
from indexer.indexing.spread import is_spread
from indexer.indexing.worker import IndexWorker, look_at_nothing

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from indexer.indexing.worker import Look
    from indexer.settings import IndexerSettings

POLL_S: Final = 0.2
"""How long a change may wait before an idle worker sees it."""

_BACK_OFF_S: Final = 2.0
_PARENT_POLL_S: Final = 0.5
_log = structlog.get_logger(__name__)


def run_worker(
    engine: Engine,
    settings: IndexerSettings,
    stop: threading.Event,
    chores: Callable[[], None] = lambda: None,
    look: Look = look_at_nothing,
) -> None:
    """Write the index until ``stop`` is set; look for copies while there is nothing to write.

    Where many may write it, this process is one of them, and does the rest while it coordinates.

    Args:
        engine: The database.
        settings: Engine, folders and processes.
        stop: Ends the work after the present step.
        chores: Called whenever there is nothing to index, e.g. to seal the log.
        look: Compares generations before one follows another.

    Raises:
        WriterLockedError: Another process holds the writer.
    """
    if is_spread(engine, settings):
        # The queue of jobs takes half a second to be loaded, and most have no use for it.
        from indexer.indexing.spread.running import run_spread_worker  # noqa: PLC0415

        run_spread_worker(engine, settings, stop, chores, look)
        return
    with writer_lock(settings.index):
        worker = IndexWorker(engine, settings, look)
        copies = CopySearch(engine, settings)
        try:
            while not stop.is_set():
                try:
                    # What people wait for goes first.
                    busy = worker.step() or copies.step()
                    chores()
                except QueryRoomError as error:
                    # A full disk or a lost database: say so, keep what there is, try again.
                    _log.exception("worker_step_failed", code=error.code)
                    stop.wait(_BACK_OFF_S)
                    continue
                if not busy:
                    stop.wait(POLL_S)
        finally:
            worker.close()


def stop_with_parent(stop: threading.Event, parent: int) -> None:
    """Set ``stop`` when the process ``parent`` is gone, however it went.

    A server that is killed cannot end its worker, and a worker left behind would keep the lock.
    """

    def watch() -> None:
        while not stop.wait(_PARENT_POLL_S):
            if os.getppid() != parent:
                stop.set()

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def stop_on_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop

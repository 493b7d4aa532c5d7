"""The importer's life as a process: take an order, look at watched folders, stop when told."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from indexer.errors import ImportRunningError, QueryRoomError, WriterLockedError
from indexer.indexing.lock import last_step, note_step, writer_lock
from indexer.ordering import uploads
from indexer.ordering.standing import StandingWatches
from indexer.ordering.working import OrderWorker
from indexer.repositories.orders import OrderKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Engine

    from indexer.repositories.orders import OrderRow
    from indexer.settings import IndexerSettings

POLL_S: Final = 0.5
"""How long an order may wait before an idle importer sees it."""

IMPORTER_SILENT_S: Final = 60.0
"""An importer that gives no sign of life for so long is gone; it beats every five seconds."""

_BEAT_S: Final = 5.0
_SWEEP_S: Final = 3600.0
_BACK_OFF_S: Final = 5.0
_PATIENCE_S: Final = 20.0
_log = structlog.get_logger(__name__)


def run_importer(
    engine: Engine,
    settings: IndexerSettings,
    stop: threading.Event,
    note_undone: Callable[[Connection, OrderRow, int], None] = lambda *_: None,
) -> None:
    """Work orders off until ``stop`` is set.

    Trials have a thread of their own: nobody should wait for an import to see what another would
    do.

    Args:
        engine: The database.
        settings: Of the archive.
        stop: Ends the work between two files.
        note_undone: Told of each batch that was undone, in the transaction that marks it so.

    Raises:
        ImportRunningError: Another importer lives on this data folder.
    """
    try:
        with writer_lock(settings.importer), _beating(settings):
            trials = OrderWorker(engine, settings, (OrderKind.TRIAL,), stop, note_undone)
            beside = threading.Thread(
                target=_until, args=(stop, trials.step), name="trials", daemon=True
            )
            beside.start()
            _work(engine, settings, stop, note_undone)
            beside.join(_PATIENCE_S)
    except WriterLockedError as error:
        raise ImportRunningError(error.holder) from error


def importer_seen(settings: IndexerSettings) -> dt.datetime | None:
    """When an importer last gave a sign of life, or ``None`` where none ever did."""
    return last_step(settings.importer)


def _work(
    engine: Engine,
    settings: IndexerSettings,
    stop: threading.Event,
    note_undone: Callable[[Connection, OrderRow, int], None],
) -> None:
    kinds = (OrderKind.IMPORT, OrderKind.UNDO)
    worker = OrderWorker(engine, settings, kinds, stop, note_undone)
    standing = StandingWatches(engine, settings, stop)
    sweep_due = 0.0

    def step() -> bool:
        nonlocal sweep_due
        if time.monotonic() >= sweep_due:
            uploads.sweep(engine, settings)
            sweep_due = time.monotonic() + _SWEEP_S
        # What somebody ordered comes before what comes by itself.
        return worker.step() or standing.step()

    try:
        _until(stop, step)
    finally:
        standing.close()


def _until(stop: threading.Event, step: Callable[[], bool]) -> None:
    while not stop.is_set():
        try:
            busy = step()
        except (QueryRoomError, SQLAlchemyError, OSError):
            # A full disk or a lost database: say so, keep what there is, try again.
            _log.exception("importer_step_failed")
            stop.wait(_BACK_OFF_S)
            continue
        if not busy:
            stop.wait(POLL_S)


@contextmanager
def _beating(settings: IndexerSettings) -> Iterator[None]:
    """Signs of life while the block runs: one file may take longer than anybody waits for one."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(_BEAT_S):
            note_step(settings.importer)

    note_step(settings.importer)
    thread = threading.Thread(target=beat, name="importer-beat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()

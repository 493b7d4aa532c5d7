"""A worker's life where many write the index: do slices, and coordinate while nobody else does."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import structlog
from sqlalchemy.exc import DBAPIError

from indexer.database import reading
from indexer.engine.opening import open_searcher
from indexer.errors import ElectionLostError, QueryRoomError, WriterLockedError
from indexer.indexing.copy_search import CopySearch
from indexer.indexing.spread.coordinating import Coordinator
from indexer.indexing.spread.election import coordinator, elected
from indexer.indexing.spread.job_queue import JobQueue
from indexer.indexing.spread.slice_work import SliceWork
from indexer.indexing.spread.versions import Version
from indexer.indexing.writers import Writers
from indexer.repositories import generations, outbox, slices

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

    from indexer.indexing.spread.election import Term
    from indexer.indexing.worker import Look
    from indexer.settings import IndexerSettings

POLL_S: Final = 0.2
"""How long a change may wait before an idle coordinator sees it."""

STAND_S: Final = 1.0
"""How often a worker asks whether it is to coordinate."""

_BACK_OFF_S: Final = 2.0
_PATIENCE_S: Final = 120.0
_log = structlog.get_logger(__name__)


def run_spread_worker(
    engine: Engine,
    settings: IndexerSettings,
    stop: threading.Event,
    chores: Callable[[], None],
    look: Look,
) -> None:
    """Work until ``stop`` is set; what only one may do is done by the one that coordinates.

    Args:
        engine: PostgreSQL.
        settings: Engine, folders and processes.
        stop: Ends the work after the present step and slice.
        chores: Called by the coordinator, e.g. to seal the log.
        look: Compares generations before one follows another.
    """
    with _taking_slices(engine, settings) as queue:
        while not stop.is_set():
            try:
                with elected(engine, Version.here(settings)) as term:
                    if term is not None:
                        _log.info("coordinates", term=term.number)
                        _coordinate(engine, settings, stop, term, queue, chores, look)
            except ElectionLostError:
                _log.warning("coordinates_no_more")
            except (QueryRoomError, DBAPIError):
                _log.exception("worker_step_failed")
                stop.wait(_BACK_OFF_S)
            stop.wait(STAND_S)


def catch_up_spread(
    engine: Engine, settings: IndexerSettings, progress: Callable[[int], None], look: Look
) -> None:
    """Return when everything queued so far is in the serving generation and nothing is building.

    Where nobody coordinates, this process does; else it waits for those who work.

    Raises:
        WriterLockedError: Another process coordinates and makes no headway.
    """
    with reading(engine) as connection:
        goal = outbox.newest_position(connection)
    headway = _Headway()
    while True:
        with elected(engine, Version.here(settings)) as term:
            if term is not None:
                with _taking_slices(engine, settings) as queue:
                    _work_to_rest(engine, settings, term, queue, progress, look)
                return
        if _has_reached(engine, settings, goal, progress, headway):
            return
        if headway.silent_s > _PATIENCE_S:
            with reading(engine) as connection:
                raise WriterLockedError(str(coordinator(connection) or "another process"))
        time.sleep(POLL_S)


class _Headway:
    """When something last moved."""

    def __init__(self) -> None:
        self._last: object = None
        self._moved_at = time.monotonic()

    def note(self, state: object) -> None:
        if state != self._last:
            self._last, self._moved_at = state, time.monotonic()

    @property
    def silent_s(self) -> float:
        return time.monotonic() - self._moved_at


@contextmanager
def _taking_slices(engine: Engine, settings: IndexerSettings) -> Iterator[JobQueue]:
    """The queue of jobs, of which this process takes some while the block lasts."""
    writers = Writers(settings)
    work = SliceWork(engine, settings, writers)
    queue = JobQueue(engine, Version.here(settings).name, work.do_job)
    queue.start()
    try:
        yield queue
    finally:
        queue.stop()
        work.close()
        writers.close_all()


def _coordinate(  # noqa: PLR0917 - same
    engine: Engine,
    settings: IndexerSettings,
    stop: threading.Event,
    term: Term,
    queue: JobQueue,
    chores: Callable[[], None],
    look: Look,
) -> None:
    worker = Coordinator(engine, settings, term, queue, look)
    copies = CopySearch(engine, settings)
    try:
        while not stop.is_set():
            try:
                # What people wait for goes first.
                busy = worker.step()
                if term.does_chores:
                    busy = busy or copies.step()
                    chores()
            except ElectionLostError:
                raise
            except QueryRoomError as error:
                # A full disk or a lost database: say so, keep what there is, try again.
                _log.exception("worker_step_failed", code=error.code)
                stop.wait(_BACK_OFF_S)
                continue
            if not busy:
                stop.wait(POLL_S)
    finally:
        worker.close()


def _work_to_rest(  # noqa: PLR0917 - same
    engine: Engine,
    settings: IndexerSettings,
    term: Term,
    queue: JobQueue,
    progress: Callable[[int], None],
    look: Look,
) -> None:
    worker = Coordinator(engine, settings, term, queue, look)
    try:
        progress(worker.backlog())
        while True:
            is_busy = worker.step()
            progress(worker.backlog())
            if not is_busy:
                if worker.is_at_rest():
                    return
                time.sleep(POLL_S)
    finally:
        worker.close()


def _has_reached(
    engine: Engine,
    settings: IndexerSettings,
    goal: int,
    progress: Callable[[int], None],
    headway: _Headway,
) -> bool:
    with reading(engine) as connection:
        serving = generations.serving(connection)
        building = generations.building(connection)
        whole = generations.whole(connection)
        left = slices.waiting(connection)
    reached = open_searcher(settings, serving.files).position if serving else 0
    progress(max(0, goal - reached))
    headway.note((reached, building, left))
    return reached >= goal and building is None and (whole is None or whole.held)

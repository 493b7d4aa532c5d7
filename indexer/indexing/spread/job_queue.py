"""The queue of jobs that PostgreSQL keeps: Procrastinate, which nothing else here knows.

A job is one slice to be done. Giving it out is part of the transaction that cuts the slice; the
worker that takes it gives a sign of life while it works; what ends is deleted, for the slice says
what became of it.
"""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Final, TypeVar

import structlog
from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ProcrastinateException
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.sync_psycopg_connector import SyncPsycopgConnector
from procrastinate.worker import Worker

from indexer.database.jobs import JOBS_SCHEMA, with_search_path
from indexer.errors import EngineUnavailableError
from indexer.repositories.coordinators import WORKER_SILENT_S

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping
    from typing import Any

    from sqlalchemy import Connection, Engine

TASK: Final = "do_slice"

SIGN_OF_LIFE_S: Final = 5.0
"""How often a worker says that it is there."""

SILENT_S: Final = WORKER_SILENT_S

_POLL_S: Final = 5.0
"""How long a job waits at most whose announcement was lost."""

_LONGEST_PAUSE_S: Final = 30
_PATIENCE_S: Final = 10.0
_BACK_OFF_S: Final = 2.0
_JOIN_S: Final = 0.5
_log = structlog.get_logger(__name__)
_T = TypeVar("_T")


class _Later(BaseRetryStrategy):
    """A slice that could not be done for reasons that are not its own is tried until it can be."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        """Soon at first, later each time."""
        del exception
        return RetryDecision(retry_in={"seconds": min(_LONGEST_PAUSE_S, 2 * (job.attempts + 1))})


def give_out(connection: Connection, queue: str, priorities: Mapping[int, int]) -> dict[int, int]:
    """Give out slices in the caller's transaction.

    Args:
        connection: Of PostgreSQL.
        queue: Of which workers.
        priorities: Of each slice by its id; the highest is taken first.

    Returns:
        The job of each slice.
    """
    if not priorities:
        return {}
    with_search_path(connection)
    jobs = [
        Job(
            queue=queue,
            task_name=TASK,
            priority=priority,
            lock=None,
            queueing_lock=None,
            task_kwargs={"slice_id": slice_id},
        )
        for slice_id, priority in priorities.items()
    ]
    # It is handed the connection, and never opens one.
    manager = JobManager(SyncPsycopgConnector())
    given = manager.batch_defer_jobs(jobs, connection=connection.connection.driver_connection)
    return {slice_id: job.id or 0 for slice_id, job in zip(priorities, given, strict=True)}


class JobQueue:
    """Takes jobs in a thread of its own, and tells of jobs whose workers are gone.

    Args:
        engine: The database.
        name: Which jobs it takes.
        work: Called with a job and its slice; what it raises lets the slice be tried later.
    """

    def __init__(self, engine: Engine, name: str, work: Callable[[int, int], None]) -> None:
        self._name = name
        self._url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._work = work
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._app: App | None = None
        self._worker: Worker | None = None
        self._thread = threading.Thread(target=self._run, name="slices", daemon=True)

    def start(self) -> None:
        """Begin to take jobs."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the job in hand, and take no more."""
        self._stop.set()
        while self._thread.is_alive():
            # One that has only just begun to run forgets what it was told before.
            if self._worker is not None:
                self._worker.stop()  # type: ignore[no-untyped-call]
            self._thread.join(_JOIN_S)

    def without_worker(self) -> list[int]:
        """Jobs that were begun and whose workers gave no sign of life lately.

        Raises:
            EngineUnavailableError: The queue does not answer.
        """

        async def stalled(app: App) -> list[int]:
            found = await app.job_manager.get_stalled_jobs(
                queue=self._name, seconds_since_heartbeat=SILENT_S
            )
            await app.job_manager.prune_stalled_workers(SILENT_S)
            return [job.id for job in found if job.id is not None]

        return self._ask(stalled)

    def known(self) -> frozenset[int]:
        """Every job of that name that there is.

        Raises:
            EngineUnavailableError: The queue does not answer.
        """

        async def listed(app: App) -> frozenset[int]:
            found = await app.job_manager.list_jobs_async(queue=self._name)
            return frozenset(job.id for job in found if job.id is not None)

        return self._ask(listed)

    def forget(self, job_id: int) -> None:
        """Delete a job that nobody does any more; a missing one is no error.

        Raises:
            EngineUnavailableError: The queue does not answer.
        """

        async def finish(app: App) -> None:
            try:
                await app.job_manager.finish_job_by_id_async(
                    job_id=job_id, status=Status.FAILED, delete_job=True
                )
            except ProcrastinateException as error:
                _log.info("job_gone", job=job_id, error=str(error))

        self._ask(finish)

    def _ask(self, question: Callable[[App], Coroutine[Any, Any, _T]]) -> _T:
        if not self._ready.wait(_PATIENCE_S) or self._loop is None or self._app is None:
            raise EngineUnavailableError("the queue of jobs does not answer")
        try:
            asked = asyncio.run_coroutine_threadsafe(question(self._app), self._loop)
            return asked.result(_PATIENCE_S)
        except (ProcrastinateException, TimeoutError, RuntimeError) as error:
            raise EngineUnavailableError("the queue of jobs does not answer") from error

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                asyncio.run(self._take_jobs())
            except Exception as error:  # noqa: BLE001 - of the driver, its pool, the queue itself
                # The database is away: workers wait for it like everybody else.
                _log.warning("job_queue_lost", error=repr(error))
            finally:
                self._ready.clear()
            self._stop.wait(_BACK_OFF_S)

    async def _take_jobs(self) -> None:
        app = App(
            connector=PsycopgConnector(
                conninfo=self._url,
                kwargs={"options": f"-c search_path={JOBS_SCHEMA}"},
                min_size=1,
                max_size=4,
            )
        )

        @app.task(name=TASK, queue=self._name, pass_context=True, retry=_Later())
        def do_slice(context: JobContext, slice_id: int) -> None:
            assert context.job.id is not None  # noqa: S101 - it was read from the queue
            self._work(context.job.id, slice_id)

        async with app.open_async():
            self._worker = Worker(
                app=app,
                queues=[self._name],
                concurrency=1,
                fetch_job_polling_interval=_POLL_S,
                delete_jobs="always",
                install_signal_handlers=False,
                update_heartbeat_interval=SIGN_OF_LIFE_S,
                stalled_worker_timeout=SILENT_S,
            )
            self._app, self._loop = app, asyncio.get_running_loop()
            self._ready.set()
            if not self._stop.is_set():
                await self._worker.run()  # type: ignore[no-untyped-call]

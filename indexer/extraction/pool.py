"""Extractors in processes that can be limited, killed and replaced.

A thread cannot be killed and a library that hangs cannot be asked to stop; a process can. Each
worker takes one file at a time through a pipe. When it takes too long it is killed and its file has
its reason; when it dies by itself its file is tried once more in a fresh one.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import resource
import signal
import time
import warnings
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Final, Self

from indexer.errors import StorageFullError
from indexer.extraction import ExtractionJob, Failed, Outcome, Reason
from indexer.extraction.kinds import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.context import SpawnProcess
    from pathlib import Path
    from types import TracebackType

    from indexer.settings import IndexerSettings

FILES_PER_PROCESS: Final = 500
"""A worker is replaced after so many files: libraries leak."""

MAX_TRIES: Final = 2
_CONTEXT: Final = multiprocessing.get_context("spawn")
_START_S: Final = 60.0


@dataclass
class _Task:
    job: ExtractionJob
    tries: int = 0


@dataclass
class _Worker:
    process: SpawnProcess
    pipe: Connection
    task: _Task | None = None
    deadline: float = 0.0
    files: int = 0
    ready: bool = field(default=False)


class ExtractionPool:
    """Extracts files in worker processes.

    Args:
        settings: Number of processes, and the time and memory one file may take.
        store_root: Folder of the text store that the workers write to.
    """

    def __init__(self, settings: IndexerSettings, store_root: Path) -> None:
        self._settings = settings
        self._store_root = store_root
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    def run(self, jobs: Iterable[ExtractionJob]) -> Iterator[tuple[ExtractionJob, Outcome]]:
        """Each job with its outcome, as they finish; jobs are pulled only as workers fall free.

        Raises:
            StorageFullError: The text store is full; the job it happened to has no outcome.
        """
        source = iter(jobs)
        again: list[_Task] = []
        exhausted = False
        while True:
            self._keep_alive()
            for worker in self._workers:
                if worker.task is None and (again or not exhausted):
                    task = again.pop() if again else _next_task(source)
                    exhausted = exhausted or task is None
                    if task is not None:
                        self._give(worker, task)
            busy = [worker for worker in self._workers if worker.task is not None]
            if not busy and exhausted and not again:
                return
            yield from self._collect(busy, again)
            yield from self._expire(busy)

    def _collect(
        self, busy: list[_Worker], again: list[_Task]
    ) -> Iterator[tuple[ExtractionJob, Outcome]]:
        """What has been finished; a task whose worker died goes to ``again`` once."""
        for worker in self._finished(busy):
            outcome = _receive(worker)
            task, worker.task = worker.task, None
            assert task is not None  # noqa: S101 - only busy workers are waited for
            if outcome is not None:
                yield task.job, outcome
                continue
            _end(worker)
            if task.tries < MAX_TRIES:
                again.append(task)
            else:
                yield (
                    task.job,
                    Failed(
                        media_type=UNKNOWN, reason=Reason.INTERNAL, detail="the extractor crashed"
                    ),
                )

    def _expire(self, busy: list[_Worker]) -> Iterator[tuple[ExtractionJob, Outcome]]:
        """Kill workers whose file has had its time."""
        for worker in busy:
            if worker.task is not None and time.monotonic() > worker.deadline:
                task, worker.task = worker.task, None
                _end(worker)
                limit = f"{self._settings.extraction_timeout_s:g} s"
                yield task.job, Failed(media_type=UNKNOWN, reason=Reason.TIMEOUT, detail=limit)

    def _keep_alive(self) -> None:
        self._workers = [worker for worker in self._workers if worker.process.is_alive()]
        while len(self._workers) < self._settings.process_count:
            ours, theirs = _CONTEXT.Pipe()
            process = _CONTEXT.Process(
                target=_work,
                args=(theirs, self._store_root, self._settings.extraction_memory_mb, os.getpid()),
                daemon=True,
            )
            process.start()
            theirs.close()
            self._workers.append(_Worker(process, ours))

    def _give(self, worker: _Worker, task: _Task) -> None:
        task.tries += 1
        worker.task = task
        worker.files += 1
        start = 0.0 if worker.ready else _START_S
        worker.ready = True
        worker.deadline = time.monotonic() + self._settings.extraction_timeout_s + start
        with contextlib.suppress(OSError):  # it died: seen when its answer is waited for
            worker.pipe.send(task.job)

    @staticmethod
    def _finished(busy: list[_Worker]) -> list[_Worker]:
        if not busy:
            return []
        patience = max(0.01, min(worker.deadline for worker in busy) - time.monotonic())
        done = wait([worker.pipe for worker in busy], timeout=min(patience, 1.0))
        return [worker for worker in busy if worker.pipe in done]


def _next_task(source: Iterator[ExtractionJob]) -> _Task | None:
    job = next(source, None)
    return None if job is None else _Task(job)


def _receive(worker: _Worker) -> Outcome | None:
    try:
        outcome: Outcome | StorageFullError = worker.pipe.recv()
    except (EOFError, OSError):
        return None
    if isinstance(outcome, StorageFullError):
        raise outcome
    if worker.files >= FILES_PER_PROCESS:
        _end(worker)
    return outcome


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def _work(pipe: Connection, store_root: Path, memory_mb: int, parent: int) -> None:
    """A worker's life: limits first, then one file after another until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    limit = memory_mb << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # What libraries say about hostile files belongs into no log.
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    from indexer.extraction.guarded import extract  # noqa: PLC0415 - parsers load in the worker only
    from indexer.storage.text_store import FolderTextStore  # noqa: PLC0415

    store = FolderTextStore(store_root)
    while os.getppid() == parent:
        try:
            job: ExtractionJob = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            pipe.send(extract(job, store))
        except StorageFullError as error:
            pipe.send(error)
        except BrokenPipeError:
            return

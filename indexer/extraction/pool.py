"""Extractors in processes that can be limited, killed and replaced.

Each process takes one file at a time. One that takes too long is killed and its file has its
reason; where one dies by itself, its file is tried once more in a fresh one.
"""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final, Self

from indexer.confinement import Demand
from indexer.errors import SettingsError, StorageError
from indexer.extraction import Extracted, ExtractionJob, Failed, Outcome, Quarantined, Reason
from indexer.extraction.desk import Desk
from indexer.extraction.kinds import UNKNOWN
from indexer.processes.program import START_S, LimitedProgram, described
from indexer.storage.text_store import FolderTextStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from indexer.confinement import Confinement
    from indexer.settings import IndexerSettings
    from indexer.storage import TextStore

FILES_PER_PROCESS: Final = 500
"""A process is replaced after so many files: libraries leak."""

MAX_TRIES: Final = 2
"""How often a file is given out that its process does not survive."""

_MAX_FAILED_STARTS: Final = 3
_MODULE: Final = "indexer.extraction.process"
DEATHS: Final[Mapping[int, Reason]] = {
    signal.SIGKILL: Reason.MEMORY,
    signal.SIGABRT: Reason.MEMORY,
    signal.SIGTRAP: Reason.MEMORY,
    signal.SIGILL: Reason.MEMORY,
    signal.SIGXCPU: Reason.TIMEOUT,
}
"""Signals that a process died of, as reasons: the kernel kills when memory runs out, and libraries
that ask for it in vain end themselves."""

_ANSWERS: Final = (Extracted, Failed, Quarantined, StorageError, str)


@dataclass
class _Task:
    job: ExtractionJob
    tries: int = 0


class _Process:
    """One extraction process and what it is busy with."""

    def __init__(self, settings: IndexerSettings, store_root: Path) -> None:
        self._timeout_s = settings.extraction_timeout_s
        self.desk = Desk.made_in(store_root)
        self._program = LimitedProgram(
            _MODULE,
            str(self.desk.root),
            str(settings.extraction_memory_mb),
            str(self._timeout_s),
            demand=settings.extraction_confinement,
        )
        self.pipe = self._program.pipe
        self.task: _Task | None = None
        self.files = 0
        self.is_ready = False
        self.deadline = time.monotonic() + START_S

    @property
    def is_waited_for(self) -> bool:
        """Whether it has something to say: that it is ready, or what became of its file."""
        return self.task is not None or not self.is_ready

    @property
    def confinement(self) -> Confinement | None:
        """What holds it, once it is ready."""
        return self._program.confinement

    def give(self, task: _Task) -> Failed | None:
        """Hand it a file, or say why that cannot be read.

        One that has died says so when its answer is waited for.

        Raises:
            StorageFullError: There is no space to lay the file out.
        """
        try:
            self.desk.lay(task.job.path)
        except OSError as error:
            why = error.strerror or type(error).__name__
            return Failed(media_type=UNKNOWN, reason=Reason.UNREADABLE, detail=why)
        self.task = task
        self.files += 1
        task.tries += 1
        self.deadline = time.monotonic() + self._timeout_s
        try:
            self.pipe.send(replace(task.job, path=self.desk.file))
        except OSError:
            # It died while it was idle: not this file's doing.
            task.tries -= 1
        return None

    def receive(self) -> Outcome | StorageError | str | None:
        """Its message, or ``None`` where it died."""
        message: Outcome | StorageError | str | None = self._program.receive(*_ANSWERS)
        return message

    def end(self) -> None:
        """Kill it, whatever it does."""
        self._program.end()
        self.desk.remove()

    def died_of(self) -> Failed:
        """Why it died by itself, as the reason of its file."""
        code = self._program.ended_with()
        self.desk.remove()
        reason = DEATHS.get(-code, Reason.INTERNAL)
        detail = f"the extraction process {described(code)}"
        return Failed(media_type=UNKNOWN, reason=reason, detail=detail)


def confinement_here(settings: IndexerSettings) -> Confinement:
    """What holds extraction processes on this machine: one is started to be asked.

    Raises:
        ConfinementError: A layer was set and does not hold.
        SettingsError: It does not start.
    """
    # Whoever asks wants to know what there is, not whether it is enough.
    asked = replace(settings, extraction_confinement=Demand.AUTO)
    process = _Process(asked, settings.texts)
    try:
        process.receive()
        if process.confinement is None:
            raise SettingsError("extraction processes do not start")
        return process.confinement
    finally:
        process.end()


class ExtractionPool:
    """Extracts files in processes of their own.

    Safe in a program with threads, for one ``run`` at a time. Processes are started when there is
    something to do and kept for the next run, until the pool is left.

    Args:
        settings: Number of processes, and the time and memory one file may take.
        store_root: Folder of this machine in which the processes have their desks.
        texts: Where texts go; a store in that folder unless given.
    """

    def __init__(
        self, settings: IndexerSettings, store_root: Path, texts: TextStore | None = None
    ) -> None:
        self._settings = settings
        self._store_root = store_root
        self._texts = texts or FolderTextStore(store_root)
        self._processes: list[_Process] = []
        self._failed_starts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in tuple(self._processes):
            self._end(process)

    def run(self, jobs: Iterable[ExtractionJob]) -> Iterator[tuple[ExtractionJob, Outcome]]:
        """Each job with its outcome, as they finish.

        Jobs are pulled as processes fall free, at most one per process ahead.

        Raises:
            StorageError: The text store refuses a text; the job it happened to has no outcome.
            SettingsError: Processes die before they can take a file.
            ConfinementError: They are not held as they must be.
        """
        source = map(_Task, iter(jobs))
        waiting: list[_Task] = []
        try:
            while True:
                yield from self._hand_out(source, waiting)
                if not waiting and not any(process.task for process in self._processes):
                    return
                for process in self._heard():
                    done = self._listen(process, waiting)
                    if done is not None:
                        yield done
                for process in tuple(self._processes):
                    done = self._check_time(process, waiting)
                    if done is not None:
                        yield done
        finally:
            # Whoever stopped listening must not hear of these files in the next run.
            for process in tuple(self._processes):
                if process.task is not None:
                    self._end(process)

    def _hand_out(
        self, source: Iterator[_Task], waiting: list[_Task]
    ) -> Iterator[tuple[ExtractionJob, Outcome]]:
        """Give every idle process a file; those that cannot be read have their outcome."""
        for process in tuple(self._processes):
            while process.is_ready and process.task is None:
                task = waiting.pop(0) if waiting else next(source, None)
                if task is None:
                    return
                unreadable = process.give(task)
                if unreadable is not None:
                    yield task.job, unreadable
        while len(self._processes) < self._settings.process_count:
            starting = sum(not process.is_ready for process in self._processes)
            if len(waiting) <= starting:
                task = next(source, None)
                if task is None:
                    return
                waiting.append(task)
            self._processes.append(_Process(self._settings, self._store_root))

    def _heard(self) -> Sequence[_Process]:
        """Those that have something to say, after waiting no longer than the next deadline."""
        by_pipe = {each.pipe: each for each in self._processes if each.is_waited_for}
        next_deadline = min(each.deadline for each in by_pipe.values())
        patience = max(0.0, next_deadline - time.monotonic())
        return [by_pipe[pipe] for pipe in wait(list(by_pipe), patience) if pipe in by_pipe]

    def _listen(
        self, process: _Process, waiting: list[_Task]
    ) -> tuple[ExtractionJob, Outcome] | None:
        message = process.receive()
        if message is None:
            return self._bury(process, waiting)
        if isinstance(message, str):  # READY
            process.is_ready = True
            self._failed_starts = 0
            return None
        task, process.task = process.task, None
        if isinstance(message, StorageError):
            raise message
        if isinstance(message, Extracted) and task is not None:
            message = self._taken_over(process, task.job, message)
        is_out_of_memory = isinstance(message, Failed) and message.reason is Reason.MEMORY
        if is_out_of_memory or process.files >= FILES_PER_PROCESS:
            self._end(process)
        return None if task is None else (task.job, message)

    def _taken_over(self, process: _Process, job: ExtractionJob, outcome: Extracted) -> Outcome:
        if process.desk.hand_over(self._texts, job.file_hash, outcome.extractor):
            return outcome
        return Failed(
            media_type=outcome.media_type, reason=Reason.INTERNAL, detail="the text is missing"
        )

    def _bury(
        self, process: _Process, waiting: list[_Task]
    ) -> tuple[ExtractionJob, Outcome] | None:
        self._processes.remove(process)
        death = process.died_of()
        task = process.task
        if task is None:
            self._failed_starts += 1
            if self._failed_starts >= _MAX_FAILED_STARTS:
                message = (
                    f"extraction processes do not start ({death.detail}); "
                    "is QUERY_ROOM_EXTRACTION_MEMORY_MB too small?"
                )
                raise SettingsError(message)
            return None
        if task.tries < MAX_TRIES:
            waiting.append(task)
            return None
        return task.job, death

    def _check_time(
        self, process: _Process, waiting: list[_Task]
    ) -> tuple[ExtractionJob, Outcome] | None:
        is_late = process.is_waited_for and time.monotonic() > process.deadline
        # Its answer may have come while whoever takes the outcomes was busy.
        if not is_late or process.pipe.poll():
            return None
        if process.task is None:
            return self._bury(process, waiting)
        self._end(process)
        limit = f"{self._settings.extraction_timeout_s:g} s"
        return process.task.job, Failed(media_type=UNKNOWN, reason=Reason.TIMEOUT, detail=limit)

    def _end(self, process: _Process) -> None:
        self._processes.remove(process)
        process.end()

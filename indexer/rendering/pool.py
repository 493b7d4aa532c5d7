"""Pages drawn in processes that can be limited, killed and replaced, for readers who wait.

Unlike the import, which has all files before it and one reader of outcomes, a server has threads
that each want one page now. Each takes a process for itself, waits for a bounded time, and gives it
back; where all are busy for long, the reader is told so.
"""

from __future__ import annotations

import threading
import weakref
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from indexer.extraction import Reason
from indexer.extraction.desk import Desk
from indexer.extraction.pool import DEATHS
from indexer.processes.program import START_S, LimitedProgram, described
from indexer.rendering import NoSuchPage, NotDrawn, Picture

if TYPE_CHECKING:
    from indexer.rendering import Drawing, DrawingJob
    from indexer.settings import IndexerSettings

MAX_PROCESSES: Final = 2
"""Drawing takes a core each, and the search needs some."""

PAGES_PER_PROCESS: Final = 200
"""A process is replaced after so many pages: libraries leak."""

MAX_TRIES: Final = 2
"""How often a page is given out that its process does not survive."""

_MODULE: Final = "indexer.rendering.process"


class DrawingPoolBusyError(Exception):
    """Every process was busy for as long as a reader waits."""


class DrawingPool:
    """Draws pages in processes of their own; safe in a program with threads.

    Processes are started when there is something to draw and kept for the next page, until the pool
    is closed or forgotten.

    Args:
        settings: The time and memory one page may take, and what must hold the processes.
    """

    def __init__(self, settings: IndexerSettings) -> None:
        self._settings = settings
        self._timeout_s = settings.picture_timeout_s
        self._free = threading.BoundedSemaphore(min(MAX_PROCESSES, settings.process_count))
        self._idle: list[_Process] = []
        self._end_all = weakref.finalize(self, _end, self._idle)

    def close(self) -> None:
        """End the processes that are idle; the pool can be used again."""
        _end(self._idle)

    def draw(self, job: DrawingJob) -> Drawing:
        """One page.

        Raises:
            DrawingPoolBusyError: Others have kept every process busy for the time of one page.
            StorageError: The data folder has no room to lay a file out.
            ConfinementError: Processes are not held as they must be.
        """
        if not self._free.acquire(timeout=self._timeout_s):
            raise DrawingPoolBusyError
        try:
            return self._draw(job)
        finally:
            self._free.release()

    def _draw(self, job: DrawingJob) -> Drawing:
        tries = 0
        while True:
            tries += 1
            process = self._idle.pop() if self._idle else _Process(self._settings)
            try:
                outcome = process.draw(job)
            finally:
                if process.is_usable:
                    self._idle.append(process)
                else:
                    process.end()
            if not process.died or tries >= MAX_TRIES:
                return outcome


class _Process:
    """One drawing process, in one thread's hands at a time."""

    def __init__(self, settings: IndexerSettings) -> None:
        self._timeout_s = settings.picture_timeout_s
        self._desk = Desk.made_in(settings.pictures)
        self._program = LimitedProgram(
            _MODULE,
            str(self._desk.root),
            str(settings.picture_memory_mb),
            str(self._timeout_s),
            demand=settings.extraction_confinement,
        )
        self._pages = 0
        self._is_ready = self._is_stuck = False
        self.is_usable = False
        """Whether it takes another page."""
        self.died = False
        """Whether it ended by itself."""

    def draw(self, job: DrawingJob) -> Drawing:
        """The outcome of one page.

        Raises:
            StorageError: There is no room to lay the file out.
            ConfinementError: It is not held as it must be.
        """
        self.is_usable = False
        problem = self._start() or self._lay(job)
        if problem is not None:
            return problem
        try:
            self._program.pipe.send(replace(job, path=self._desk.file))
        except OSError:
            return self._death()
        outcome = self._answer()
        self._desk.clear()
        self._pages += 1
        # What did not fit still fills the memory.
        is_full = isinstance(outcome, NotDrawn) and outcome.reason is Reason.MEMORY
        is_spent = is_full or self._is_stuck or self._pages >= PAGES_PER_PROCESS
        self.is_usable = not (self.died or is_spent)
        return outcome

    def end(self) -> None:
        """Kill it, whatever it does, and take its desk away."""
        self._program.end()
        self._desk.remove()

    def _start(self) -> NotDrawn | None:
        if self._is_ready:
            return None
        if not self._program.pipe.poll(START_S):
            return NotDrawn(reason=Reason.TIMEOUT, detail="the drawing process does not start")
        if self._program.receive(str) is None:
            return self._death()
        self._is_ready = True
        return None

    def _lay(self, job: DrawingJob) -> NotDrawn | None:
        try:
            self._desk.lay(job.path)
        except OSError as error:
            if not self._desk.root.is_dir():
                # Swept away by an import, which takes what nobody has used for what nobody needs.
                self.died = True
            detail = error.strerror or type(error).__name__
            self.is_usable = not self.died
            return NotDrawn(reason=Reason.UNREADABLE, detail=detail)
        return None

    def _answer(self) -> Drawing:
        if not self._program.pipe.poll(self._timeout_s):
            self._is_stuck = True
            return NotDrawn(reason=Reason.TIMEOUT, detail=f"{self._timeout_s:g} s")
        outcome: Drawing | None = self._program.receive(Picture, NotDrawn, NoSuchPage)
        return self._death() if outcome is None else outcome

    def _death(self) -> NotDrawn:
        self.died = True
        code = self._program.ended_with()
        reason = DEATHS.get(-code, Reason.INTERNAL)
        return NotDrawn(reason=reason, detail=f"the drawing process {described(code)}")


def _end(idle: list[_Process]) -> None:
    while idle:
        idle.pop().end()

"""Pages recognised in a process that can be limited, killed and replaced.

One that takes too long is killed and its page has its reason; where one dies by itself, its page is
tried once more in a fresh one. A process belongs to one thread at a time.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Self

from indexer.errors import ConfinementError, SettingsError
from indexer.extraction import Failed, Reason
from indexer.extraction.desk import Desk
from indexer.processes.program import LimitedProgram, described
from indexer.recognition import RecognizedPage

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from indexer.recognition import Reading, RecognitionJob
    from indexer.settings import IndexerSettings

PAGES_PER_PROCESS: Final = 200
"""A process is replaced after so many pages: libraries leak."""

MAX_TRIES: Final = 2
"""How often a page is given out that its process does not survive."""

_MODULE: Final = "indexer.recognition.process"
_NICE: Final = 10
"""Whoever searches goes before whoever recognises."""

# The kernel kills when memory runs out.
_DEATHS: Final[dict[int, Reason]] = {signal.SIGKILL: Reason.MEMORY, signal.SIGXCPU: Reason.TIMEOUT}


class PageReader:
    """Recognises pages one after the other in a process of its own.

    The process is started with the first page and kept for the next, until the reader is left.

    Args:
        settings: The time and memory one page may take.
        folder: Where its file is laid out.
    """

    def __init__(self, settings: IndexerSettings, folder: Path) -> None:
        self._settings = settings
        self._folder = folder
        self._timeout_s = settings.recognition_timeout_s
        self._process: _Process | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def read(self, job: RecognitionJob) -> Reading:
        """What stands on a page, or why that is not known.

        Raises:
            SettingsError: The process dies before it can take a page.
            ConfinementError: It is not held as it must be.
            StorageFullError: There is no space to lay the file out.
        """
        outcome: Reading = Failed(media_type=job.media_type, reason=Reason.INTERNAL, detail="")
        for _ in range(MAX_TRIES):
            self._process = process = self._process or _Process(self._settings, self._folder)
            try:
                if not process.give(job, self._timeout_s):
                    self._end()
                    detail = f"{self._timeout_s:g} s"
                    return Failed(media_type=job.media_type, reason=Reason.TIMEOUT, detail=detail)
            except OSError as error:
                detail = error.strerror or type(error).__name__
                return Failed(media_type=job.media_type, reason=Reason.UNREADABLE, detail=detail)
            answer = process.answer()
            if answer is not None:
                # What did not fit still fills the memory.
                is_full = isinstance(answer, Failed) and answer.reason is Reason.MEMORY
                if is_full or process.pages >= PAGES_PER_PROCESS:
                    self._end()
                return answer
            self._process = None
            outcome = process.died_of(job.media_type)
        return outcome

    def _end(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None


class _Process:
    """One recognition process, its desk, and what it says."""

    def __init__(self, settings: IndexerSettings, folder: Path) -> None:
        self._desk = Desk.made_in(folder)
        self._laid: Path | None = None
        self.pages = 0
        self._program = LimitedProgram(
            _MODULE,
            str(self._desk.root),
            str(settings.recognition_memory_mb),
            str(settings.recognition_timeout_s),
            demand=settings.extraction_confinement,
        )
        os.setpriority(os.PRIO_PROCESS, self._program.pid, _NICE)
        try:
            is_ready = self._program.is_ready()
        except ConfinementError:
            self._desk.remove()
            raise
        if not is_ready:
            self.end()
            message = (
                "the recognition process does not start; "
                "is QUERY_ROOM_RECOGNITION_MEMORY_MB too small?"
            )
            raise SettingsError(message)

    def give(self, job: RecognitionJob, timeout_s: float) -> bool:
        """Hand it a page; whether it says something about it in time, if only by dying.

        Raises:
            OSError: The file cannot be read.
            StorageFullError: A copy was needed, and there is no space.
        """
        if job.path != self._laid:
            self._desk.lay(job.path)
            self._laid = job.path
        self.pages += 1
        with suppress(BrokenPipeError, ConnectionResetError):  # it has died, and that is heard
            self._program.pipe.send(replace(job, path=self._desk.file))
        return self._program.pipe.poll(timeout_s)

    def answer(self) -> Reading | None:
        """What it says, or ``None`` where it died."""
        answer: Reading | None = self._program.receive(RecognizedPage, Failed)
        return answer

    def died_of(self, media_type: str) -> Failed:
        """Why it died by itself, as the reason of its page."""
        code = self._program.ended_with()
        self._desk.remove()
        return Failed(
            media_type=media_type,
            reason=_DEATHS.get(-code, Reason.INTERNAL),
            detail=f"the recognition process {described(code)}",
        )

    def end(self) -> None:
        """Kill it, whatever it does."""
        self._program.end()
        self._desk.remove()

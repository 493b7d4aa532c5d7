"""Containers opened in a process that can be limited, killed and replaced."""

from __future__ import annotations

import shutil
import signal
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from indexer.containers import Entry, EntryKind, Listing
from indexer.containers.budget import MIB, Limits
from indexer.containers.rar_messages import RarFound, RarWanted
from indexer.containers.traversal import Task, Unpacked
from indexer.containers.unar_room import RarLimits, rar_found
from indexer.errors import SettingsError, StorageError, StorageFullError
from indexer.extraction import Reason
from indexer.processes.program import LimitedProgram, described

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from indexer.settings import IndexerSettings

TASKS_PER_PROCESS: Final = 500
"""A process is replaced after so many containers: libraries leak."""

SECONDS_PER_MIB: Final = 1.0
"""What a container may take beyond the time of one file, by its own size."""

_MODULE: Final = "indexer.containers.process"
_LONGEST_S: Final = 6 * 3600.0
_SHARE_OF_RAR: Final = 0.75
"""Of the time that is left: an archive that hangs takes the one it lies in with it no more."""

_DEATHS: Final[dict[int, Reason]] = {signal.SIGKILL: Reason.MEMORY, signal.SIGXCPU: Reason.TIMEOUT}


class Unpacker:
    """Opens containers, one at a time.

    Args:
        settings: Time and memory of the process.
        folder: What it may read.
        spool: Folder for what is unpacked, emptied before and gone afterwards; one of the system's
            own unless given.
        limits: What may come out of one file; from the settings unless given.
    """

    def __init__(
        self,
        settings: IndexerSettings,
        folder: Path,
        spool: Path | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._settings = settings
        self._folder = folder.resolve()
        self._spool = spool
        self._own: tempfile.TemporaryDirectory[str] | None = None
        self._limits = limits or Limits(
            total_bytes=settings.archive_total_mb * MIB, depth=settings.archive_depth
        )
        self._program: LimitedProgram | None = None
        self._tasks = 0

    def __enter__(self) -> Self:
        self._clear()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()
        self._clear()

    def list_members(self, path: Path, name: str, sealed: frozenset[str] = frozenset()) -> Listing:
        """What a file holds; one that cannot be opened says why in its first entry.

        Args:
            path: Where it is.
            name: What it is called.
            sealed: Places within it that must not be looked into.

        Raises:
            StorageFullError: No space for what must be unpacked on the way.
        """
        answer = self._ask(path, name, sealed, None)
        if isinstance(answer, Listing):
            return answer
        assert not isinstance(answer, Unpacked)  # noqa: S101 - it was asked for a listing
        reason, detail = answer
        entry = Entry(name="", kind=EntryKind.ARCHIVE, reason=reason, detail=detail)
        return Listing(entries=(entry,))

    def unpack(
        self, path: Path, name: str, wanted: Mapping[str, Path]
    ) -> Mapping[str, tuple[str, str]]:
        """Reason and detail of each wanted member that could not be unpacked, by its place.

        Args:
            path: The outermost file.
            name: What it is called.
            wanted: Places within it, and where to put what stands there.

        Raises:
            StorageFullError: No space.
        """
        answer = self._ask(path, name, frozenset(), wanted)
        if isinstance(answer, Unpacked):
            return answer.problems
        assert not isinstance(answer, Listing)  # noqa: S101 - it was asked for members
        return dict.fromkeys(wanted, answer)

    def _ask(
        self, path: Path, name: str, sealed: frozenset[str], wanted: Mapping[str, Path] | None
    ) -> Listing | Unpacked | tuple[str, str]:
        workplace = Path(tempfile.mkdtemp(dir=self._spool_folder(), prefix="work-"))
        try:
            size = path.stat().st_size
            task = Task(
                path=path,
                name=name,
                workplace=workplace,
                limits=self._limits,
                sealed=sealed,
                wanted=wanted,
            )
            return self._answer(
                task, self._settings.extraction_timeout_s + size / MIB * SECONDS_PER_MIB
            )
        except OSError as error:
            return Reason.UNREADABLE, error.strerror or type(error).__name__
        finally:
            shutil.rmtree(workplace, ignore_errors=True)

    def _answer(self, task: Task, seconds: float) -> Listing | Unpacked | tuple[str, str]:
        program = self._give(task)
        self._tasks += 1
        try:
            answer = self._heard(program, task, time.monotonic() + min(seconds, _LONGEST_S))
        except TimeoutError:
            self._end()
            return Reason.TIMEOUT, f"{seconds:.0f} s"
        match answer:
            case Listing() | Unpacked():
                if self._tasks >= TASKS_PER_PROCESS:
                    self._end()
                return answer
            case StorageFullError():
                raise answer
            case StorageError():
                return Reason.UNREADABLE, str(answer)
        code = program.ended_with()
        self._program = None
        return _DEATHS.get(-code, Reason.INTERNAL), described(code)

    def _heard(
        self, program: LimitedProgram, task: Task, deadline: float
    ) -> Listing | Unpacked | StorageError | None:
        """What the process says in the end, or ``None`` where it died.

        Raises:
            TimeoutError: It says nothing in time.
        """
        while program.pipe.poll(max(deadline - time.monotonic(), 0.0)):
            answer: Listing | Unpacked | StorageError | RarWanted | None
            answer = program.receive(Listing, Unpacked, StorageError, RarWanted)
            if not isinstance(answer, RarWanted):
                return answer
            left = max(deadline - time.monotonic(), 0.0)
            found = self._rar(answer, task.path, task.workplace, left * _SHARE_OF_RAR)
            with suppress(BrokenPipeError, ConnectionResetError):  # it has died, and that is heard
                program.pipe.send(found)
        raise TimeoutError

    def _rar(self, wanted: RarWanted, outermost: Path, workplace: Path, seconds: float) -> RarFound:
        """What is in a RAR archive on the way, which the process itself may not open."""
        path = Path(wanted.path).resolve()
        # One that was broken into could name any file.
        if path != outermost.resolve() and not path.is_relative_to(workplace.resolve()):
            return RarFound(reason=Reason.INTERNAL, detail="no such archive")
        limits = RarLimits(
            memory_mb=self._settings.extraction_memory_mb,
            seconds=seconds,
            output_mb=max(self._limits.total_bytes // MIB, 1),
            demand=self._settings.extraction_confinement,
        )
        return rar_found(replace(wanted, path=str(path)), workplace, limits)

    def _give(self, task: Task) -> LimitedProgram:
        program = self._ready_program()
        try:
            program.pipe.send(task)
        except OSError:
            # It died while it was idle: not this file's doing.
            self._end()
            program = self._ready_program()
            program.pipe.send(task)
        return program

    def _ready_program(self) -> LimitedProgram:
        if self._program is None:
            program = LimitedProgram(
                _MODULE,
                str(self._folder),
                str(self._spool_folder()),
                str(self._settings.extraction_memory_mb),
                str(_LONGEST_S),
                str(max(self._limits.total_bytes // MIB, 1)),
                demand=self._settings.extraction_confinement,
            )
            if not program.is_ready():
                program.end()
                raise SettingsError(
                    "the process that opens archives does not start; "
                    "is QUERY_ROOM_EXTRACTION_MEMORY_MB too small?"
                )
            self._program, self._tasks = program, 0
        return self._program

    def _spool_folder(self) -> Path:
        if self._spool is not None:
            self._spool.mkdir(parents=True, exist_ok=True)
            return self._spool
        if self._own is None:
            self._own = tempfile.TemporaryDirectory(prefix="containers-")
        return Path(self._own.name)

    def _clear(self) -> None:
        """Take the spool away, never from a running process: its right is to this very folder."""
        if self._spool is not None:
            shutil.rmtree(self._spool, ignore_errors=True)
        if self._own is not None:
            self._own.cleanup()

    def _end(self) -> None:
        if self._program is not None:
            self._program.end()
            self._program = None

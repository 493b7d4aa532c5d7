"""One writer at a time, and a word on who it is."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import socket
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from indexer.database import utc_now
from indexer.errors import WriterLockedError

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILE: Final = "writer.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class LockHolder:
    """Who holds a writer, as it said itself.

    Attributes:
        process: Its number on ``host``. command: How it was called.
    """

    process: int
    host: str
    command: str
    since: dt.datetime

    def __str__(self) -> str:
        """The holder in words, for people at a terminal."""
        since = self.since.isoformat(timespec="seconds")
        return f"process {self.process} on {self.host} ({self.command}) since {since}"


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Hold the writer of the indexes in ``folder``; the kernel lets go if the process dies.

    Raises:
        WriterLockedError: Another process holds it; the error says which.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _FILE).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            said = _said(folder / _FILE)
            raise WriterLockedError(str(said) if said else "another process") from None
        file.seek(0)
        file.truncate()
        json.dump(
            {
                "process": os.getpid(),
                "host": socket.gethostname(),
                "command": command_line(),
                "since": utc_now().isoformat(timespec="seconds"),
            },
            file,
        )
        file.flush()
        try:
            yield
        finally:
            # This process may live on, and would seem to hold what it has let go of.
            with suppress(OSError):
                file.seek(0)
                file.truncate()


def note_step(folder: Path) -> None:
    """Let others see that the writer makes headway: the lock file's time is its last step's."""
    # The index matters more than the news of it.
    with suppress(OSError):
        (folder / _FILE).touch()


def last_step(folder: Path) -> dt.datetime | None:
    """When a writer last began a step, or ``None`` where none ever did.

    Trying the lock instead would keep a writer that starts in that moment from getting it.
    """
    try:
        return dt.datetime.fromtimestamp((folder / _FILE).stat().st_mtime, dt.UTC)
    except OSError:
        return None


def holder(folder: Path) -> LockHolder | None:
    """Who holds the writer of ``folder``, or ``None`` where nobody seems to.

    Read from what the holder wrote, for trying the lock would be in the way of others. A process of
    this machine that is gone holds nothing; of another machine's nothing is known but its word.
    """
    said = _said(folder / _FILE)
    if said is None or (said.host == socket.gethostname() and not _is_running(said.process)):
        return None
    return said


def command_line() -> str:
    """The program and the command that it was called with."""
    return " ".join([_program(), *sys.argv[1:2]])


def _program() -> str:
    """The program's name; that of its package where that was run as one."""
    path = Path(sys.argv[0])
    return path.parent.name.replace("_", "-") if path.name == "__main__.py" else path.name


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except PermissionError:
        return True  # it runs as somebody else
    except (OSError, OverflowError):
        return False
    return True


def _said(path: Path) -> LockHolder | None:
    try:
        known = json.loads(path.read_text("utf-8"))
        return LockHolder(
            process=int(known["process"]),
            host=str(known["host"]),
            command=str(known["command"]),
            since=dt.datetime.fromisoformat(known["since"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        # It is between taking the lock and writing its name, or nobody ever did.
        return None

"""One writer at a time, and a word on who it is."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import socket
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from indexer.database import utc_now
from indexer.errors import WriterLockedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FILE: Final = "writer.lock"


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
            raise WriterLockedError(_holder(file.name)) from None
        file.seek(0)
        file.truncate()
        json.dump(
            {
                "process": os.getpid(),
                "host": socket.gethostname(),
                "command": " ".join([os.path.basename(sys.argv[0]), *sys.argv[1:2]]),  # noqa: PTH119
                "since": utc_now().isoformat(timespec="seconds"),
            },
            file,
        )
        file.flush()
        yield


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


def _holder(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 - reopened to read from the start
            known = json.load(file)
        return (
            f"process {known['process']} on {known['host']} "
            f"({known['command']}) since {known['since']}"
        )
    except (OSError, ValueError, KeyError):
        # It is between taking the lock and writing its name.
        return "another process"

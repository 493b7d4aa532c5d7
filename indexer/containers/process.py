"""One process that opens containers: a limited program that takes tasks.

Started by :mod:`~indexer.containers.unpacker`.
"""

from __future__ import annotations

import errno
import os
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from indexer.confinement import Fence, Work
from indexer.errors import StorageError, StorageFullError
from indexer.processes.serving import Limits, run

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.containers import Listing
    from indexer.containers.rar_messages import RarFound, RarOpener, RarWanted
    from indexer.containers.traversal import Task, Unpacked

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def opener(open_rar: RarOpener) -> Callable[[Task], Listing | Unpacked | StorageError]:
    """What answers a task with what was found, or with the error that stops the batch."""
    # The libraries count, too: they are loaded within the limits.
    from indexer.containers.traversal import go_through  # noqa: PLC0415

    def answer(task: Task) -> Listing | Unpacked | StorageError:
        try:
            return go_through(task, open_rar)
        except OSError as error:
            if error.errno in _FULL:
                return StorageFullError(f"no space left in {task.workplace.parent}")
            return StorageError(error.strerror or type(error).__name__)

    return answer


def asking(pipe: Connection[Any, Any]) -> RarOpener:
    """What asks the pool for RAR archives, which this process may not open itself."""

    def open_rar(wanted: RarWanted) -> RarFound:
        pipe.send(wanted)
        found: RarFound = pipe.recv()
        return found

    return open_rar


def main(arguments: list[str]) -> None:
    """Run as a program: ``pipe descriptor, folder, spool, memory, timeout in seconds, output``.

    It may read the archivist's folder and write to the spool; memory and the largest file that it
    may write are in MB.
    """
    descriptor, folder, spool, memory_mb, timeout_s, file_mb = arguments
    limits = Limits(memory_mb=int(memory_mb), timeout_s=float(timeout_s), file_mb=int(file_mb))
    fence = Fence(work=Work.READ, readable=(Path(folder),), writable=(Path(spool),))
    # While a task is gone through nobody else listens to the pool: its end of the pipe is free.
    pipe: Connection[Any, Any] = Connection(os.dup(int(descriptor)))
    run(descriptor, limits, lambda: opener(asking(pipe)), fence)


if __name__ == "__main__":
    main(sys.argv[1:])

"""One process that opens containers: a limited program that takes tasks.

Started by :mod:`~indexer.containers.unpacker`.
"""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from indexer.confinement import Fence, Work
from indexer.errors import StorageError, StorageFullError
from indexer.processes.serving import Limits, run

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.containers import Listing
    from indexer.containers.traversal import Task, Unpacked

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def opener() -> Callable[[Task], Listing | Unpacked | StorageError]:
    """What answers a task with what was found, or with the error that stops the batch."""
    # The libraries count, too: they are loaded within the limits.
    from indexer.containers.traversal import go_through  # noqa: PLC0415

    def answer(task: Task) -> Listing | Unpacked | StorageError:
        try:
            return go_through(task)
        except OSError as error:
            if error.errno in _FULL:
                return StorageFullError(f"no space left in {task.workplace.parent}")
            return StorageError(error.strerror or type(error).__name__)

    return answer


def main(arguments: list[str]) -> None:
    """Run as a program: ``pipe descriptor, folder, spool, memory, timeout in seconds, output``.

    It may read the archivist's folder and write to the spool; memory and the largest file that it
    may write are in MB.
    """
    descriptor, folder, spool, memory_mb, timeout_s, file_mb = arguments
    limits = Limits(memory_mb=int(memory_mb), timeout_s=float(timeout_s), file_mb=int(file_mb))
    fence = Fence(work=Work.READ, readable=(Path(folder),), writable=(Path(spool),))
    run(descriptor, limits, opener, fence)


if __name__ == "__main__":
    main(sys.argv[1:])

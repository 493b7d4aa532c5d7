"""A hook of Python's own: what Python code may not do where the kernel does not see to it.

Code outside Python (a library that is broken into) passes by it: the last layer, never the only one
on a machine that has another.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Final

from indexer.confinement import Work

if TYPE_CHECKING:
    from indexer.confinement import Fence

_NETWORK: Final = "socket."
_CHILDREN: Final = frozenset({
    "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "os.system",
    "pty.spawn", "subprocess.Popen",
})  # fmt: skip
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def install(fence: Fence) -> None:
    """Refuse what a fence leaves out with :class:`PermissionError`, for good."""
    writable = tuple(str(each.resolve()).rstrip("/") + "/" for each in fence.writable)

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            _check_open(arguments, writable)
        elif event.startswith(_NETWORK) or (event in _CHILDREN and fence.work is Work.READ):
            raise PermissionError(event)

    sys.addaudithook(refuse)


def _check_open(arguments: tuple[Any, ...], writable: tuple[str, ...]) -> None:
    path, _, flags = arguments
    if isinstance(flags, int) and flags & _WRITING and not isinstance(path, int):
        place = os.path.realpath(os.fsdecode(path))
        if place != os.devnull and not place.startswith(writable):
            raise PermissionError("open")

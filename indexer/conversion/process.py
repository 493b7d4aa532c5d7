"""One process that has a file converted: a limited program that may start an office program.

Started by :mod:`~indexer.conversion.room`. Its desk is all that it and the program see of the
archive.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

from indexer.confinement import Fence, Work
from indexer.conversion.office import Office
from indexer.extraction.desk import Desk
from indexer.processes.serving import Limits, run

MEETING_PLACE: Final = Path("/tmp")  # noqa: S108 - the program's choice, nothing is read there
"""Where the program puts a socket, and does not start if it cannot."""


def fence_for(desk: Desk, program: str) -> Fence:
    """What the process may still do: start this program, which finds its own parts beside it."""
    path = Path(program).resolve()
    parts = path.parent.parent if path.parent.name == "program" else path
    fence = desk.fence(Work.RUN_TOOL)
    return replace(fence, programs=(parts,), meeting_places=(MEETING_PLACE,))


def main(arguments: list[str]) -> None:
    """Run as a program: ``pipe descriptor, desk, office program, memory, timeout in s, output``.

    Memory and the largest file that may be written are in MB.
    """
    descriptor, root, program, memory_mb, timeout_s, file_mb = arguments
    limits = Limits(memory_mb=int(memory_mb), timeout_s=float(timeout_s), file_mb=int(file_mb))
    desk = Desk(Path(root))
    office = Office(program, desk.results)
    run(descriptor, limits, lambda: office.convert, fence_for(desk, program))


if __name__ == "__main__":
    main(sys.argv[1:])

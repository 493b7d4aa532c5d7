"""One process that has RAR archives unpacked: a limited program that may start two others.

Started by :mod:`~indexer.containers.unar_room`. Its desk is all that it and they see of the
archive.
"""

from __future__ import annotations

import sys
from pathlib import Path

from indexer.confinement import Work
from indexer.containers.unar import RarProgram
from indexer.extraction.desk import Desk
from indexer.processes.serving import Limits, run


def main(arguments: list[str]) -> None:
    """Run as a program: ``pipe descriptor, desk, lsar, unar, memory, timeout in s, output``.

    Memory and the largest file that may be written are in MB.
    """
    descriptor, root, lsar, unar, memory_mb, timeout_s, file_mb = arguments
    limits = Limits(memory_mb=int(memory_mb), timeout_s=float(timeout_s), file_mb=int(file_mb))
    desk = Desk(Path(root))
    program = RarProgram(lsar, unar, desk.results)
    run(descriptor, limits, lambda: program.found_in, desk.fence(Work.RUN_TOOL))


if __name__ == "__main__":
    main(sys.argv[1:])

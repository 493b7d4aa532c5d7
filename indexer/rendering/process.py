"""One drawing process: a limited program that takes drawing jobs.

Started by :mod:`~indexer.rendering.pool`. Its desk is all that it sees of the archive, and fonts
are those of the system.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.confinement import Work
from indexer.extraction.desk import Desk
from indexer.processes.serving import Limits, run

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.rendering import Drawing, DrawingJob


def drawer() -> Callable[[DrawingJob], Drawing]:
    """What answers a job with its drawing."""
    # The libraries count, too: they are loaded within the limits.
    from indexer.rendering.drawing import draw  # noqa: PLC0415

    return draw


def main(arguments: list[str]) -> None:
    """Run as a program: ``pipe descriptor, desk, memory in MB, timeout in seconds``."""
    descriptor, root, memory_mb, timeout_s = arguments
    limits = Limits(memory_mb=int(memory_mb), timeout_s=float(timeout_s))
    run(descriptor, limits, drawer, Desk(Path(root)).fence(Work.READ))


if __name__ == "__main__":
    main(sys.argv[1:])

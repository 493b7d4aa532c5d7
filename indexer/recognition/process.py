"""One recognition process: a limited program that takes pages to recognise.

Started by :mod:`~indexer.recognition.pool`. Its desk is all that it sees of the archive.
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

    from indexer.recognition import Reading, RecognitionJob


def reader() -> Callable[[RecognitionJob], Reading]:
    """What answers a job with what was read."""
    # The libraries and their models count, too: they are loaded within the limits.
    from indexer.recognition.rapid import RapidRecognizer  # noqa: PLC0415
    from indexer.recognition.reading import read_page  # noqa: PLC0415

    recognizer = RapidRecognizer()
    return lambda job: read_page(job, recognizer)


def main(arguments: list[str]) -> None:
    """Run as a program: ``pipe descriptor, desk, memory in MB, timeout in seconds``."""
    descriptor, root, memory_mb, timeout_s = arguments
    limits = Limits(memory_mb=int(memory_mb), timeout_s=float(timeout_s))
    run(descriptor, limits, reader, Desk(Path(root)).fence(Work.READ))


if __name__ == "__main__":
    main(sys.argv[1:])

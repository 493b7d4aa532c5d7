"""One extraction process: a limited program that takes extraction jobs.

Started by :mod:`~indexer.extraction.pool`. Its desk is all that it sees of the archive.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.confinement import Work
from indexer.errors import StorageError
from indexer.extraction.desk import Desk
from indexer.processes.serving import Limits, run

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.extraction import ExtractionJob, Outcome


def extractor_into(store_root: Path) -> Callable[[ExtractionJob], Outcome | StorageError]:
    """What answers a job with its outcome, or with the error that stops the batch.

    Args:
        store_root: Folder of the text store that it writes to.
    """
    # The libraries count, too: they are loaded within the limits.
    from indexer.extraction.guarded import extract  # noqa: PLC0415
    from indexer.storage.text_store import FolderTextStore  # noqa: PLC0415

    store = FolderTextStore(store_root)

    def answer(job: ExtractionJob) -> Outcome | StorageError:
        try:
            return extract(job, store)
        except StorageError as error:
            return error

    return answer


def main(arguments: list[str]) -> None:
    """Run as a program: ``pipe descriptor, desk, memory in MB, timeout in seconds``."""
    descriptor, root, memory_mb, timeout_s = arguments
    limits = Limits(memory_mb=int(memory_mb), timeout_s=float(timeout_s))
    desk = Desk(Path(root))
    run(descriptor, limits, lambda: extractor_into(desk.results), desk.fence(Work.READ))


if __name__ == "__main__":
    main(sys.argv[1:])

"""What runs in the limited program that reads one workbook: its sheets, or why it has none."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.catalogue.reading_job import LIMITS, ReadingJob, Refused
from indexer.confinement import Fence, Work
from indexer.errors import ExtractionError, ManifestError
from indexer.processes.serving import run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from indexer.catalogue.grids import Grid

    Reader = Callable[[Path], list[Grid]]


def load() -> Callable[[ReadingJob], tuple[Grid, ...] | Refused]:
    """What answers a job, with the libraries that it needs."""
    from indexer.catalogue.markup_tables import read_docx, read_html  # noqa: PLC0415 - limited, too
    from indexer.catalogue.workbook_binary import read_binary  # noqa: PLC0415
    from indexer.catalogue.workbook_ods import read_ods  # noqa: PLC0415
    from indexer.catalogue.workbook_xlsx import read_xlsx  # noqa: PLC0415

    readers = {
        ".xlsx": read_xlsx,
        ".xls": read_binary,
        ".xlsb": read_binary,
        ".ods": read_ods,
        ".docx": read_docx,
        ".html": read_html,
    }
    return lambda job: answer(job, readers)


def answer(job: ReadingJob, readers: Mapping[str, Reader]) -> tuple[Grid, ...] | Refused:
    """The sheets of a file, or why it has none."""
    try:
        return tuple(readers[job.suffix](job.path))
    except MemoryError:
        raise  # the process ends, and its reader knows why
    except ExtractionError as error:
        return Refused(why=f"{error.reason} {error.detail}".strip())
    except ManifestError as error:
        return Refused(why=str(error))
    except Exception as error:  # noqa: BLE001 - any library may raise anything on a hostile file
        return Refused(why=f"damaged {type(error).__name__}")


def main(arguments: list[str]) -> None:
    """Run as a program: ``pipe descriptor, the one file to read, a folder to write in``."""
    descriptor, path, desk = arguments
    fence = Fence(work=Work.READ, readable=(Path(path),), writable=(Path(desk),))
    run(descriptor, LIMITS, load, fence)


if __name__ == "__main__":
    main(sys.argv[1:])

"""Files read as the extraction pool reads them, and those of old formats converted before.

A pool of its own: no reader waits for a conversion, which takes as long as reading a hundred files.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.conversion.room import ConversionRoom
from indexer.errors import ExtractionError
from indexer.extraction import Failed, Reason
from indexer.extraction.desk import Desk
from indexer.extraction.kinds import UNKNOWN
from indexer.extraction.old_formats import OFFICE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from indexer.extraction import ExtractionJob, Outcome
    from indexer.extraction.pool import ExtractionPool
    from indexer.settings import IndexerSettings


def needs_office(outcome: Outcome) -> bool:
    """Whether a file gave no text for want of an office program."""
    if not isinstance(outcome, Failed):
        return False
    return (outcome.reason, outcome.detail) == (Reason.NEEDS_TOOL, OFFICE)


class ConvertingPool:
    """Extracts files as :class:`~indexer.extraction.pool.ExtractionPool` does.

    Args:
        extraction: Reads the files, and what becomes of those that it does not read.
        program: The office program.
        settings: How many files are converted at once, and what each may take.
        folder: Where they are laid out, on the disk of the text store.
    """

    def __init__(
        self, extraction: ExtractionPool, program: str, settings: IndexerSettings, folder: Path
    ) -> None:
        self._extraction = extraction
        self._room = ConversionRoom(program, settings)
        self._at_once = settings.process_count
        self._folder = folder

    def run(self, jobs: Iterable[ExtractionJob]) -> Iterator[tuple[ExtractionJob, Outcome]]:
        """Each job with its outcome; those that had to be converted last.

        Raises:
            StorageError: The text store refuses a text, or there is no space to lay a file out.
            SettingsError: Processes die before they can take a file.
            ConfinementError: They are not held as they must be.
        """
        old: list[ExtractionJob] = []
        for job, outcome in self._extraction.run(jobs):
            if needs_office(outcome):
                old.append(job)
            else:
                yield job, outcome
        with ThreadPoolExecutor(self._at_once, thread_name_prefix="converter") as threads:
            for start in range(0, len(old), self._at_once):
                yield from self._converted(old[start : start + self._at_once], threads)

    def _converted(
        self, jobs: Sequence[ExtractionJob], threads: ThreadPoolExecutor
    ) -> Iterator[tuple[ExtractionJob, Outcome]]:
        with ExitStack() as stack:
            desks = [Desk.made_in(self._folder) for _ in jobs]
            for desk in desks:
                stack.callback(desk.remove)
            readable: dict[str, ExtractionJob] = {}
            for job, found in zip(jobs, threads.map(self._convert, jobs, desks), strict=True):
                if isinstance(found, Failed):
                    yield job, found
                else:
                    readable[job.file_hash] = found
            of_hash = {job.file_hash: job for job in jobs}
            for job, outcome in self._extraction.run(readable.values()):
                yield of_hash[job.file_hash], outcome

    def _convert(self, job: ExtractionJob, desk: Desk) -> ExtractionJob | Failed:
        try:
            done = self._room.convert(job.path, job.name, desk)
        except ExtractionError as error:
            reason = Reason(error.reason)
            return Failed(media_type=UNKNOWN, reason=reason, detail=error.detail)
        return replace(job, path=done.path, converted_from=done.media_type)

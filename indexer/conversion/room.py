"""Where a file is converted: a process of its own for each, killed with all it started."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.conversion import Conversion, ConversionJob
from indexer.conversion.office import CONVERTED, PROFILES
from indexer.conversion.process import MEETING_PLACE
from indexer.conversion.profile import clear_meeting_place
from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.one_job import answer_to
from indexer.processes.program import LimitedProgram

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.extraction.desk import Desk
    from indexer.settings import IndexerSettings

OUTPUT_MB: Final = 512
"""The largest file that the office program may write."""

_MODULE: Final = "indexer.conversion.process"


def office_program(settings: IndexerSettings) -> str | None:
    """The path of the office program, or ``None`` where there is none or none is wanted."""
    return shutil.which(settings.office) if settings.office else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """What a file was converted to.

    Attributes:
        media_type: What the file was.
        path: Where it is.
    """

    media_type: str
    path: Path


class ConversionRoom:
    """Has files converted; safe in a program with threads, and for several at once.

    Args:
        program: The office program.
        settings: The time and memory that one file may take: those of extraction.
        output_mb: The largest file that may come out.
    """

    def __init__(self, program: str, settings: IndexerSettings, output_mb: int = OUTPUT_MB) -> None:
        self._program = program
        self._settings = settings
        self._output_mb = output_mb

    def convert(self, path: Path, name: str, desk: Desk) -> Converted:
        """What a file was converted to, on a desk.

        Raises:
            ExtractionError: It was not, and why.
            SettingsError: The process does not start.
            ConfinementError: It is not held as it must be.
            StorageFullError: There is no space to lay the file out.
        """
        try:
            desk.lay(path)
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise ExtractionError(Reason.UNREADABLE, why) from error
        done = self._answer(ConversionJob(path=desk.file, name=name), desk)
        if done.reason:
            raise ExtractionError(done.reason, done.detail)
        # Whoever wrote it is gone. A link would lead whoever reads it to another file.
        content = desk.results / CONVERTED
        if content.is_symlink() or not content.is_file():
            raise ExtractionError(Reason.INTERNAL, "nothing was converted")
        return Converted(media_type=done.media_type, path=content)

    def _answer(self, job: ConversionJob, desk: Desk) -> Conversion:
        seconds = self._settings.extraction_timeout_s
        program = LimitedProgram(
            _MODULE,
            str(desk.root),
            self._program,
            str(self._settings.extraction_memory_mb),
            str(seconds),
            str(self._output_mb),
            demand=self._settings.extraction_confinement,
        )
        what = "converts old formats"
        try:
            return answer_to(job, program, Conversion, seconds=seconds, what=what)
        finally:
            program.end()
            clear_meeting_place(MEETING_PLACE, (desk.results / name for name in PROFILES))

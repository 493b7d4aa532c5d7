from __future__ import annotations

from pathlib import Path

import pytest

from indexer.catalogue.grids import Grid
from indexer.catalogue.reading_job import ReadingJob, Refused
from indexer.catalogue.reading_process import answer
from indexer.errors import ExtractionError, ManifestError

JOB = ReadingJob(path=Path("a.xlsx"), suffix=".xlsx")


def test_the_sheets_or_why_there_are_none() -> None:
    grid = Grid(name="2011", rows=())
    assert answer(JOB, {".xlsx": lambda _: [grid]}) == (grid,)

    def failing(error: Exception) -> Refused | tuple[Grid, ...]:
        def read(_: Path) -> list[Grid]:
            raise error

        return answer(JOB, {".xlsx": read})

    assert failing(ExtractionError("encrypted", "")) == Refused(why="encrypted")
    assert failing(ManifestError("too many cells")) == Refused(why="too many cells")
    # A library's words may quote the file.
    assert failing(ValueError("机密内容")) == Refused(why="damaged ValueError")
    with pytest.raises(MemoryError):
        failing(MemoryError())

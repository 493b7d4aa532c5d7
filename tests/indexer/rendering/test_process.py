from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.confinement import Demand
from indexer.extraction.desk import Desk
from indexer.processes.program import LimitedProgram
from indexer.processes.serving import READY
from indexer.rendering import DrawingJob, NoSuchPage, Picture
from indexer.rendering.process import drawer
from tests.indexer.extraction.documents import pdf

if TYPE_CHECKING:
    from pathlib import Path


def test_a_job_is_answered_with_its_drawing(tmp_path: Path) -> None:
    job = DrawingJob(path=pdf(tmp_path / "a.pdf", [["一"]]), media_type="application/pdf", page=1)
    assert isinstance(drawer()(job), Picture)


def test_as_a_program_it_takes_jobs(tmp_path: Path) -> None:
    desk = Desk.made_in(tmp_path)
    program = LimitedProgram(
        "indexer.rendering.process", str(desk.root), "2048", "20", demand=Demand.AUTO
    )
    assert program.receive() == READY
    desk.lay(pdf(tmp_path / "a.pdf", [["一"]]))
    program.pipe.send(DrawingJob(path=desk.file, media_type="application/pdf", page=7))
    assert program.receive() == NoSuchPage()
    program.end()

"""Drawing in processes of their own: limits, deaths, and readers who wait."""

from __future__ import annotations

import gc
import os
import signal
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from indexer.confinement import Confinement, Demand
from indexer.errors import ConfinementError
from indexer.extraction import Reason
from indexer.rendering import DrawingJob, NotDrawn, Picture, pool
from indexer.rendering.pool import DrawingPool, DrawingPoolBusyError
from indexer.settings import IndexerSettings
from indexer.storage.atomic import sweep
from tests.indexer.extraction.documents import pdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def settings(folder: Path, *, timeout_s: float = 60, memory_mb: int = 2048) -> IndexerSettings:
    return IndexerSettings(
        data=folder,
        database_url="",
        processes=1,
        picture_timeout_s=timeout_s,
        picture_memory_mb=memory_mb,
    )


@pytest.fixture
def drawing(tmp_path: Path) -> Iterator[DrawingPool]:
    made = DrawingPool(settings(tmp_path))
    yield made
    made.close()


def job_on(folder: Path) -> DrawingJob:
    path = pdf(folder / "a.pdf", [["一"]])
    return DrawingJob(path=path, media_type="application/pdf", page=1)


def pid_of(drawing: DrawingPool) -> int:
    (process,) = drawing._idle
    return process._program.pid


def own_program(folder: Path, answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drawing program that answers every job in its own way."""
    (folder / "own_program.py").write_text(
        "import os, signal, sys, time\n"
        "from indexer.processes.serving import Limits, run\n"
        "limits = Limits(memory_mb=2048, timeout_s=60)\n"
        f"run(sys.argv[1], limits, lambda: lambda job: {answer})\n"
    )
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setattr(pool, "_MODULE", "own_program")


def test_a_process_is_kept_for_the_next_page(tmp_path: Path, drawing: DrawingPool) -> None:
    assert isinstance(drawing.draw(job_on(tmp_path)), Picture)
    first = pid_of(drawing)
    assert isinstance(drawing.draw(job_on(tmp_path)), Picture)
    assert pid_of(drawing) == first


def test_one_that_was_killed_is_replaced(tmp_path: Path, drawing: DrawingPool) -> None:
    drawing.draw(job_on(tmp_path))
    killed = pid_of(drawing)
    os.kill(killed, signal.SIGKILL)
    assert isinstance(drawing.draw(job_on(tmp_path)), Picture)
    assert pid_of(drawing) != killed


def test_a_page_that_takes_too_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_program(tmp_path, "time.sleep(60)", monkeypatch)
    drawing = DrawingPool(settings(tmp_path, timeout_s=0.5))
    outcome = drawing.draw(job_on(tmp_path))
    assert outcome == NotDrawn(reason=Reason.TIMEOUT, detail="0.5 s")
    assert not drawing._idle


def test_a_page_that_no_process_survives_has_its_reason(
    tmp_path: Path, drawing: DrawingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_program(tmp_path, "os.kill(os.getpid(), signal.SIGSEGV)", monkeypatch)
    outcome = drawing.draw(job_on(tmp_path))
    assert outcome == NotDrawn(
        reason=Reason.INTERNAL, detail="the drawing process was ended by SIGSEGV"
    )
    assert not drawing._idle


def test_an_answer_that_is_none_ends_the_process(
    tmp_path: Path, drawing: DrawingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_program(tmp_path, "print", monkeypatch)
    outcome = drawing.draw(job_on(tmp_path))
    assert outcome == NotDrawn(
        reason=Reason.INTERNAL, detail="the drawing process was ended by SIGTERM"
    )


def test_where_it_must_be_held_by_the_kernel_and_is_not_nothing_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Confinement, "is_whole", property(lambda _: False))
    required = replace(settings(tmp_path), extraction_confinement=Demand.REQUIRED)
    with pytest.raises(ConfinementError):
        DrawingPool(required).draw(job_on(tmp_path))


def test_the_file_lies_on_the_desk_only_while_it_is_drawn(
    tmp_path: Path, drawing: DrawingPool
) -> None:
    drawing.draw(job_on(tmp_path))
    (process,) = drawing._idle
    assert not process._desk.file.exists()
    drawing.close()
    assert not list((tmp_path / "pictures" / "incoming").iterdir())


def test_a_desk_that_an_import_swept_away_is_replaced(tmp_path: Path, drawing: DrawingPool) -> None:
    drawing.draw(job_on(tmp_path))
    sweep(tmp_path / "pictures" / "incoming")
    assert isinstance(drawing.draw(job_on(tmp_path)), Picture)


def test_a_file_that_is_gone_is_unreadable_and_costs_no_process(
    tmp_path: Path, drawing: DrawingPool
) -> None:
    job = job_on(tmp_path)
    job.path.unlink()
    outcome = drawing.draw(job)
    assert outcome == NotDrawn(reason=Reason.UNREADABLE, detail="No such file or directory")
    assert len(drawing._idle) == 1


def test_memory_is_limited_and_what_used_it_up_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    Image.new("RGB", (12_000, 12_000)).save(path, compression="tiff_lzw")
    drawing = DrawingPool(settings(tmp_path, memory_mb=700))
    outcome = drawing.draw(DrawingJob(path=path, media_type="image/tiff", page=1))
    assert isinstance(outcome, NotDrawn)
    assert outcome.reason is Reason.MEMORY
    assert not drawing._idle


def test_processes_that_cannot_start_are_a_reason(
    tmp_path: Path, drawing: DrawingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "_MODULE", "no.such.module")
    outcome = drawing.draw(job_on(tmp_path))
    assert outcome == NotDrawn(
        reason=Reason.INTERNAL, detail="the drawing process ended with code 1"
    )


def test_processes_are_recycled(
    tmp_path: Path, drawing: DrawingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "PAGES_PER_PROCESS", 1)
    assert isinstance(drawing.draw(job_on(tmp_path)), Picture)
    assert not drawing._idle


def test_whoever_comes_when_all_are_busy_is_told_so(tmp_path: Path) -> None:
    drawing = DrawingPool(settings(tmp_path, timeout_s=0.2))
    with drawing._free, pytest.raises(DrawingPoolBusyError):
        drawing.draw(job_on(tmp_path))


def test_readers_draw_side_by_side(tmp_path: Path) -> None:
    drawing = DrawingPool(settings(tmp_path))
    outcomes: list[object] = []
    readers = [
        threading.Thread(target=lambda: outcomes.append(drawing.draw(job_on(tmp_path))))
        for _ in range(4)
    ]
    job_on(tmp_path)
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(outcomes) == 4
    assert all(isinstance(each, Picture) for each in outcomes)
    assert len(drawing._idle) == 1
    drawing.close()


def test_a_pool_that_is_forgotten_leaves_no_process(tmp_path: Path) -> None:
    drawing = DrawingPool(settings(tmp_path))
    drawing.draw(job_on(tmp_path))
    number = pid_of(drawing)
    del drawing
    gc.collect()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)

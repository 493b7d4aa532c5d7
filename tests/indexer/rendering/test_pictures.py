"""Pictures that are kept, drawn again, and not kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.extraction import Reason
from indexer.records import FileHash
from indexer.rendering import DrawingJob, NotDrawn, Picture
from indexer.rendering.pictures import PagePictures
from indexer.settings import IndexerSettings
from tests.indexer.extraction.documents import pdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HASH = FileHash("a" * 64)


@pytest.fixture
def pictures(tmp_path: Path) -> Iterator[PagePictures]:
    settings = IndexerSettings(data=tmp_path / "data", database_url="", processes=1)
    made = PagePictures.of(settings)
    yield made
    made.close()


@pytest.fixture
def job(tmp_path: Path) -> DrawingJob:
    path = pdf(tmp_path / "a.pdf", [["关于低保的通知"]])
    return DrawingJob(path=path, media_type="application/pdf", page=1, text="关于低保的通知")


def kept(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "data").rglob("*") if path.is_file()]


def test_a_kept_picture_is_the_drawn_one(
    tmp_path: Path, pictures: PagePictures, job: DrawingJob
) -> None:
    drawn = pictures.picture(HASH, job, lambda: True)
    job.path.unlink()
    again = pictures.picture(HASH, job, lambda: True)
    assert isinstance(drawn, Picture)
    assert isinstance(again, Picture)
    assert again.content == drawn.content
    assert [(each.start, each.end) for each in again.words] == [(n, n + 1) for n in range(7)]
    assert again.words[0].box.left == pytest.approx(drawn.words[0].box.left, abs=1e-4)
    assert replace(again, words=()) == replace(drawn, words=())
    assert len(kept(tmp_path)) == 1


def test_another_text_has_places_of_its_own(pictures: PagePictures, job: DrawingJob) -> None:
    pictures.picture(HASH, job, lambda: True)
    other = pictures.picture(HASH, replace(job, text="低保的通知"), lambda: True)
    assert isinstance(other, Picture)
    assert [each.start for each in other.words] == [0, 1, 2, 3, 4]


def test_what_the_guard_has_not_let_pass_is_drawn_and_not_kept(
    tmp_path: Path, pictures: PagePictures, job: DrawingJob
) -> None:
    assert isinstance(pictures.picture(HASH, job, lambda: False), Picture)
    assert kept(tmp_path) == []


def test_what_is_quarantined_while_it_is_drawn_is_not_kept(
    tmp_path: Path, pictures: PagePictures, job: DrawingJob
) -> None:
    answers = iter((True, False))
    pictures.picture(HASH, job, lambda: next(answers))
    assert kept(tmp_path) == []


def test_a_kept_picture_is_not_given_of_what_the_guard_would_not_let_pass_now(
    pictures: PagePictures, job: DrawingJob
) -> None:
    pictures.picture(HASH, job, lambda: True)
    job.path.unlink()
    outcome = pictures.picture(HASH, job, lambda: False)
    assert isinstance(outcome, NotDrawn)
    assert outcome.reason is Reason.UNREADABLE


def test_failures_are_not_kept(tmp_path: Path, pictures: PagePictures, job: DrawingJob) -> None:
    content = job.path.read_bytes()
    job.path.write_bytes(b"%PDF-1.7")
    assert isinstance(pictures.picture(HASH, job, lambda: True), NotDrawn)
    assert kept(tmp_path) == []
    job.path.write_bytes(content)
    assert isinstance(pictures.picture(HASH, job, lambda: True), Picture)


def test_sweeping_clears_what_a_killed_server_left(tmp_path: Path, pictures: PagePictures) -> None:
    (tmp_path / "data" / "pictures" / "incoming").mkdir(parents=True)
    (tmp_path / "data" / "pictures" / "incoming" / ".partial-x").touch()
    pictures.sweep()
    assert kept(tmp_path) == []

"""Any file ends in a picture or in a reason."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from indexer.extraction import Reason
from indexer.extraction.kinds import PDF
from indexer.rendering import (
    DRAWABLE,
    Drawing,
    DrawingJob,
    NoSuchPage,
    NotDrawn,
    Picture,
    drawing,
)
from indexer.rendering.drawing import DRAWERS, draw
from tests.indexer.extraction.damage import damaged
from tests.indexer.extraction.documents import pdf


def drawn(path: Path, media_type: str = PDF, page: int = 1, text: str = "") -> Drawing:
    return draw(DrawingJob(path=path, media_type=media_type, page=page, text=text))


def test_a_page_is_drawn_with_the_places_of_its_text(tmp_path: Path) -> None:
    picture = drawn(pdf(tmp_path / "a.pdf", [["关于低保的通知"]]), text="关于低保的通知")
    assert isinstance(picture, Picture)
    assert (picture.width, picture.height, picture.page_count) == (1240, 1755, 1)
    assert [(word.start, word.end) for word in picture.words] == [(n, n + 1) for n in range(7)]


def test_a_page_that_is_not_there_is_no_failure(tmp_path: Path) -> None:
    assert drawn(pdf(tmp_path / "a.pdf", [["一"]]), page=2) == NoSuchPage()


def test_a_kind_without_pages_to_look_at_says_so(tmp_path: Path) -> None:
    assert drawn(tmp_path / "a.txt", "text/plain") == NotDrawn(
        reason=Reason.UNSUPPORTED, detail="text/plain"
    )


def test_every_kind_that_is_offered_has_its_drawer() -> None:
    assert set(DRAWERS) == DRAWABLE


def test_a_file_that_is_gone_is_unreadable(tmp_path: Path) -> None:
    assert drawn(tmp_path / "gone.png", "image/png") == NotDrawn(
        reason=Reason.UNREADABLE, detail="No such file or directory"
    )


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (MemoryError(), Reason.MEMORY),
        (RecursionError(), Reason.DAMAGED),
        (KeyError("text of the file"), Reason.INTERNAL),
    ],
)
def test_whatever_a_library_raises_is_a_reason_without_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: Reason
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(drawing, "encoded", fail)
    outcome = drawn(pdf(tmp_path / "a.pdf", [["一"]]))
    assert isinstance(outcome, NotDrawn)
    assert outcome.reason is reason
    assert "text of the file" not in outcome.detail


@cache
def sound(suffix: str) -> bytes:
    """A sound file of a kind, the same for every damage."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{suffix}"
        if suffix == "pdf":
            pdf(path, [["关于低保的通知", "second line"]])
        else:
            Image.linear_gradient("L").resize((60, 60)).save(path)
        return path.read_bytes()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [("pdf", PDF), ("png", "image/png"), ("jpg", "image/jpeg"), ("tif", "image/tiff")],
)
def test_damaged_files_end_in_a_picture_or_a_reason(
    tmp_path: Path, suffix: str, media_type: str, data: st.DataObject
) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(damaged(sound(suffix), data))
    assert isinstance(drawn(path, media_type), Picture | NotDrawn | NoSuchPage)

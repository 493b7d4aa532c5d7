from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.extraction import Failed, Reason
from indexer.recognition import FoundLine, RecognitionJob, RecognizedPage
from indexer.recognition.rapid import RapidRecognizer
from indexer.recognition.reading import read_page
from tests.indexer.extraction.documents import pdf
from tests.indexer.recognition.scans import encoded, pictured_ofd, scan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PIL.Image import Image


class Measuring:
    """Finds nothing, and remembers what it was shown."""

    name = "measuring/1"

    def __init__(self) -> None:
        self.shown: list[tuple[str, tuple[int, int]]] = []

    def lines(self, image: Image) -> Sequence[FoundLine]:
        self.shown.append((image.mode, image.size))
        return ()


class Broken(Measuring):
    """Fails as libraries do."""

    def lines(self, image: Image) -> Sequence[FoundLine]:
        raise ValueError(f"机密 {image}")


def job(path: Path, media_type: str, page: int = 1) -> RecognitionJob:
    return RecognitionJob(path=path, media_type=media_type, page=page)


def test_the_page_asked_for_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    second = scan(["附件：受灾情况统计表"], size=(900, 160))
    path.write_bytes(encoded(scan([], size=(300, 300)), second, format_name="TIFF"))
    read = read_page(job(path, "image/tiff", 2), RapidRecognizer())
    assert isinstance(read, RecognizedPage)
    assert (read.text, read.page_count) == ("附件：受灾情况统计表", 2)
    assert "".join(read.text[word.start : word.end] for word in read.words) == read.text


def test_a_page_of_pdf_is_drawn_finely_enough(tmp_path: Path) -> None:
    shown = Measuring()
    read = read_page(job(pdf(tmp_path / "a.pdf", [["一"], ["二"]]), "application/pdf", 2), shown)
    assert isinstance(read, RecognizedPage)
    assert read.page_count == 2
    ((_, size),) = shown.shown
    assert min(size) > 1200  # A4 at 150 dpi


def test_a_page_of_ofd_that_is_a_picture_is_read(tmp_path: Path) -> None:
    path = pictured_ofd(tmp_path, scan(["青山区人民政府文件"], size=(900, 160)))
    read = read_page(job(path, "application/ofd", 1), RapidRecognizer())
    assert isinstance(read, RecognizedPage)
    assert (read.text, read.page_count) == ("青山区人民政府文件", 1)


@pytest.mark.parametrize(
    ("content", "media_type", "page", "reason"),
    [
        (encoded(scan(["甲"]))[:700], "image/png", 1, Reason.DAMAGED),
        (b"II*\0 and no more", "image/tiff", 1, Reason.DAMAGED),
        (b"%PDF-1.4 and no more", "application/pdf", 1, Reason.DAMAGED),
        (encoded(scan(["甲"])), "image/png", 2, Reason.DAMAGED),
        (b"text", "text/plain", 1, Reason.UNSUPPORTED),
    ],
)
def test_what_cannot_be_read_has_its_reason(
    tmp_path: Path, content: bytes, media_type: str, page: int, reason: Reason
) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    read = read_page(job(path, media_type, page), Measuring())
    assert isinstance(read, Failed)
    assert (read.reason, read.media_type) == (reason, media_type)


def test_a_failure_says_nothing_of_the_content(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(encoded(scan(["甲"])))
    read = read_page(job(path, "image/png"), Broken())
    assert isinstance(read, Failed)
    assert (read.reason, read.detail) == (Reason.INTERNAL, "ValueError")

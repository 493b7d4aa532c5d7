"""Pages of PDF, drawn for real: what a box is around is looked at pixel by pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.errors import ExtractionError
from indexer.rendering import LONGEST_SIDE, PageMissingError, Sheet
from indexer.rendering.alignment import aligned
from indexer.rendering.pdf import PdfDrawer
from tests.indexer.extraction.documents import A4, drawn_pdf, pages_of, pdf
from tests.indexer.rendering.sheets import boxes_in, covered, ink

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas

    from indexer.page_words import Box

WORD = "Needle"


def draw(path: Path, page: int = 1) -> Sheet:
    return PdfDrawer().draw(path, page)


def found(path: Path, wanted: str = WORD, page: int = 1) -> tuple[Sheet, list[Box]]:
    """A drawn page, and where a word of its extracted text stands."""
    sheet = draw(path, page)
    text = pages_of(path)[page - 1]
    return sheet, boxes_in(aligned(text, sheet.glyphs), text, wanted)


def upright(canvas: Canvas) -> None:
    canvas.drawString(200, 600, WORD)


def turned_page(canvas: Canvas) -> None:
    canvas.setPageRotation(90)
    canvas.drawString(200, 300, WORD)


def turned_over(canvas: Canvas) -> None:
    canvas.setPageRotation(180)
    canvas.drawString(200, 600, WORD)


def sideways(canvas: Canvas) -> None:
    canvas.translate(200, 600)
    canvas.rotate(90)
    canvas.drawString(0, 0, WORD)


def cropped(canvas: Canvas) -> None:
    canvas.setCropBox((150, 550, 400, 700))
    canvas.drawString(200, 600, WORD)


def overprinted(canvas: Canvas) -> None:
    canvas.drawString(200, 600, WORD)
    canvas.drawString(200.3, 600, WORD)


def scaled(canvas: Canvas) -> None:
    canvas.scale(3, 0.5)
    canvas.drawString(60, 1200, WORD)


@pytest.mark.parametrize(
    "writing", [upright, turned_page, turned_over, sideways, cropped, overprinted, scaled]
)
def test_a_box_is_around_the_ink_of_its_word(
    tmp_path: Path, writing: Callable[[Canvas], None]
) -> None:
    def write(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 20)
        writing(canvas)

    sheet, boxes = found(drawn_pdf(tmp_path / "a.pdf", write))
    assert len(boxes) == len(WORD)
    assert covered(sheet.image, boxes) > 0.99
    assert all(ink(sheet.image, box) > 0.05 for box in boxes)


def test_a_word_of_the_second_column_is_boxed_there(tmp_path: Path) -> None:
    def columns(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        for line in range(8):
            canvas.drawString(60, 700 - 20 * line, f"left column line {line}")
            canvas.drawString(320, 700 - 20 * line, f"right column {WORD if line == 5 else line}")

    sheet, boxes = found(drawn_pdf(tmp_path / "a.pdf", columns))
    assert min(box.left for box in boxes) * A4[0] > 320
    assert abs(boxes[0].bottom * A4[1] - (A4[1] - 600)) < 6
    assert all(ink(sheet.image, box) > 0.02 for box in boxes)


def test_vertical_text_is_boxed_from_top_to_bottom(tmp_path: Path) -> None:
    def column(canvas: Canvas) -> None:
        for x, text in ((400, "关于低保工作的通知"), (370, "各街道办事处请遵照")):
            for place, each in enumerate(text):
                canvas.drawString(x, 700 - 14 * place, each)

    path = drawn_pdf(tmp_path / "a.pdf", column)
    sheet = draw(path)
    text = pages_of(path)[0].replace("\n", "")
    boxes = boxes_in(aligned(text, sheet.glyphs), text, "低保工作")
    assert len(boxes) == 4
    assert [box.top for box in boxes] == sorted(box.top for box in boxes)
    assert max(box.left for box in boxes) - min(box.left for box in boxes) < 0.01
    assert sheet.page_count == 1


def test_a_page_has_the_size_at_which_it_is_read(tmp_path: Path) -> None:
    sheet = draw(pdf(tmp_path / "a.pdf", [["一"]]))
    assert sheet.image.size == (1240, 1755)


def test_a_large_sheet_is_drawn_smaller(tmp_path: Path) -> None:
    huge = drawn_pdf(
        tmp_path / "a.pdf", lambda c: (c.setPageSize((8000, 4000)), c.drawString(9, 9, "x"))[-1]
    )
    assert max(draw(huge).image.size) == LONGEST_SIDE


def test_pages_are_counted_and_one_beyond_the_end_is_missing(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", [["一"], ["二"]])
    assert draw(path, 2).page_count == 2
    for page in (0, 3):
        with pytest.raises(PageMissingError):
            draw(path, page)


@pytest.mark.parametrize(
    ("content", "reason"), [(b"%PDF-1.7\nnothing", "damaged"), (None, "encrypted")]
)
def test_what_cannot_be_opened_says_why(tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "a.pdf"
    if content is None:
        pdf(path, [["secret"]], password="open sesame")
    else:
        path.write_bytes(content)
    with pytest.raises(ExtractionError) as refused:
        draw(path)
    assert refused.value.reason == reason

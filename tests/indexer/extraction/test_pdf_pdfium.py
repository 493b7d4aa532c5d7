from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from reportlab.lib.utils import ImageReader

from indexer.errors import ExtractionError
from indexer.extraction.pdf_pdfium import PdfiumReader
from tests.indexer.extraction import documents
from tests.indexer.extraction.documents import FONT, drawn_pdf, pdf, raw_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas

    from indexer.extraction.pdf_page import RawPage


def page(path: Path) -> RawPage:
    with closing(PdfiumReader(path)) as reader:
        read = reader.page(0)
    assert read is not None
    return read


def test_a_head_written_last_is_read_first(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(70, 60, "第 1 页")
        for number, line in enumerate(("各街道办事处：", "现将有关事项通知如下。")):
            canvas.drawString(70, 600 - number * 20, line)
        canvas.drawString(250, 780, "青山区人民政府文件")

    lines = page(drawn_pdf(tmp_path / "a.pdf", draw)).text.splitlines()
    assert lines == ["青山区人民政府文件", "各街道办事处：", "现将有关事项通知如下。", "第 1 页"]


def test_columns_stay_whole(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for x, lines in ((70, ("左一行", "左二行", "左三行")), (320, ("右一行", "右二行"))):
            for number, line in enumerate(lines):
                canvas.drawString(x, 700 - number * 20, line)

    text = page(drawn_pdf(tmp_path / "a.pdf", draw)).text
    assert text.split() == ["左一行", "左二行", "左三行", "右一行", "右二行"]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("shown", [0, 90])
def test_a_table_printed_sideways_is_read_in_its_order(
    tmp_path: Path, degrees: int, shown: int
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(shown)
        canvas.translate(300, 400)
        canvas.rotate(degrees)
        canvas.setFont(FONT, 12)
        for number, line in enumerate(("姓名 村组 金额", "张三 一组 三百元", "李四 二组 五百元")):
            canvas.drawString(-100, -20 * number, line)

    read = page(drawn_pdf(tmp_path / "a.pdf", draw))
    assert [line.split()[0] for line in read.text.splitlines()] == ["姓名", "张三", "李四"]
    assert not read.is_vertical


def test_it_tells_of_vertical_writing(tmp_path: Path) -> None:
    font = documents.chinese_font("UniGB-UCS2-V")
    shown = f"<{'北京市人民代表大会议事规则'.encode('utf-16-be').hex()}>"
    assert page(raw_pdf(tmp_path / "a.pdf", (font, shown))).is_vertical
    font = documents.chinese_font("UniGB-UCS2-H")
    read = page(raw_pdf(tmp_path / "b.pdf", (font, shown)))
    assert not read.is_vertical
    assert read.text == "北京市人民代表大会议事规则"


@pytest.mark.parametrize(
    ("size", "text", "is_asked_for"),
    [
        ((595, 842), "", True),
        ((60, 60), "", True),
        ((595, 842), "- 3 -", True),
        ((60, 60), "- 3 -", False),
        ((595, 842), "The whole page was typed over its scan.", False),
        (None, "", False),
    ],
)
def test_pictures_are_asked_for_only_where_little_is_written(
    tmp_path: Path, size: tuple[int, int] | None, text: str, *, is_asked_for: bool
) -> None:
    def draw(canvas: Canvas) -> None:
        if size:
            canvas.drawImage(ImageReader(documents.image()), 0, 0, *size)
        canvas.drawString(70, 700, text)

    assert page(drawn_pdf(tmp_path / "a.pdf", draw)).has_image is is_asked_for


def test_words_broken_at_the_end_of_a_line_are_whole(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(70, 700, "the govern-")
        canvas.drawString(70, 684, "ment of the district, 1968-")
        canvas.drawString(70, 668, "1972")

    text = page(drawn_pdf(tmp_path / "a.pdf", draw)).text
    assert "government of the district" in text
    assert "1968-" in text


def test_what_it_cannot_open_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4\nnothing")
    with pytest.raises(ExtractionError):
        PdfiumReader(path)
    with pytest.raises(ExtractionError):
        PdfiumReader(pdf(tmp_path / "b.pdf", [["notice"]], password="secret"))


def test_characters_beyond_every_page_do_not_cost_the_others(tmp_path: Path) -> None:
    far = "q " + "900000000 0 0 900000000 0 0 cm " * 5 + "BT /F 12 Tf 9 9 Td (far) Tj ET Q"
    shown = f"(near) Tj ET {far} BT /F 12 Tf 70 600 Td (and near)"
    read = page(raw_pdf(tmp_path / "a.pdf", (documents.HELVETICA, shown)))
    assert read.text.startswith("near")
    assert "and near" in read.text

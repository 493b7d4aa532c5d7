from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.utils import ImageReader

from indexer.errors import ExtractionError
from indexer.extraction import PicturePage, Reason
from indexer.extraction.pdf import PdfExtractor
from indexer.extraction.pdf_pdfium import PdfiumReader
from indexer.official.markings import find_marking
from tests.indexer.extraction import documents
from tests.indexer.extraction.damage import ACCEPTED, damaged
from tests.indexer.extraction.documents import FONT, drawn_pdf, pdf, raw_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas


def read(path: Path) -> list[str]:
    """The text of each page; of a picture what can be read without recognition."""
    pages = PdfExtractor().pages(path)
    return [page.text if isinstance(page, PicturePage) else page for page in pages]


def pictures(path: Path) -> list[int]:
    """The pages that are to be recognised."""
    pages = enumerate(PdfExtractor().pages(path), start=1)
    return [number for number, page in pages if isinstance(page, PicturePage)]


def refusal(path: Path) -> str:
    with pytest.raises(ExtractionError) as refused:
        read(path)
    return refused.value.reason


def test_every_page_in_its_order(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", [["关于低保的通知", "各街道："], [], ["第三页"]])
    assert [page.split() for page in read(path)] == [["关于低保的通知", "各街道："], [], ["第三页"]]


def test_a_ban_on_printing_is_no_lock(tmp_path: Path) -> None:
    assert "notice" in read(pdf(tmp_path / "a.pdf", [["notice"]], password=""))[0]
    assert refusal(pdf(tmp_path / "b.pdf", [["notice"]], password="secret")) == Reason.ENCRYPTED


def test_scans_need_recognition(tmp_path: Path) -> None:
    def scan(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(documents.image()), 0, 0, 595, 842)

    def scan_and_text(canvas: Canvas) -> None:
        scan(canvas)
        canvas.showPage()
        canvas.setFont(FONT, 12)
        canvas.drawString(70, 700, "第二页有字")

    assert pictures(drawn_pdf(tmp_path / "a.pdf", scan)) == [1]
    mixed = drawn_pdf(tmp_path / "b.pdf", scan_and_text)
    assert [page.strip() for page in read(mixed)] == ["", "第二页有字"]
    assert pictures(mixed) == [1]


def test_a_scan_with_a_page_number_is_a_scan_and_a_page_with_a_seal_is_none(tmp_path: Path) -> None:
    def numbered_scan(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(documents.image()), 0, 0, 595, 842)
        canvas.setFont(FONT, 12)
        canvas.drawString(290, 20, "第 3 页")

    def seal(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(documents.image()), 400, 100, 100, 100)
        canvas.setFont(FONT, 12)
        canvas.drawString(70, 700, "此页无正文")

    scan = drawn_pdf(tmp_path / "a.pdf", numbered_scan)
    assert pictures(scan) == [1]
    assert "".join(read(scan)[0].split()) == "第3页"
    assert pictures(drawn_pdf(tmp_path / "b.pdf", seal)) == []


def test_text_in_forms_is_text(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("stamp")
        canvas.setFont(FONT, 12)
        canvas.drawString(70, 800, "机密★10年")
        canvas.endForm()
        canvas.doForm("stamp")
        for line in range(40):
            canvas.drawString(70, 700 - line * 15, "正文写在这里")

    page = read(drawn_pdf(tmp_path / "a.pdf", draw))[0]
    assert page.startswith("机密★10年\n")
    assert page.count("正文写在这里") == 40


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("x", [70, 250, 450])
def test_a_marking_at_the_top_is_read_at_the_top(tmp_path: Path, x: int, columns: int) -> None:
    def draw(canvas: Canvas) -> None:
        for line in range(38):
            for column in range(columns):
                canvas.drawString(70 + column * 240, 620 - line * 15, "根据国家有关规定现将")
        canvas.setFont(FONT, 24)
        canvas.drawString(150, 700, "青山区人民政府文件")
        canvas.setFont(FONT, 16)
        canvas.drawString(x, 780, "机密★10年")

    assert find_marking(read(drawn_pdf(tmp_path / "a.pdf", draw))[0]) == "机密★10年"


def test_bold_by_printing_twice_is_read_once(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 16)
        for offset in (0, 0.3, 0.6):
            canvas.drawString(70 + offset, 780, "绝密★长期")
        canvas.drawString(70, 700, "天天向上 100 lll ……")

    page = read(drawn_pdf(tmp_path / "a.pdf", draw))[0]
    assert page.split() == ["绝密★长期", "天天向上", "100", "lll", "……"]


def test_glyphs_without_characters_are_no_text(tmp_path: Path) -> None:
    unmapped = (documents.UNMAPPED, "<000100020003000400050006>")
    assert pictures(raw_pdf(tmp_path / "a.pdf", unmapped)) == [1]
    page = (documents.HELVETICA, "(a sound page)")
    assert [each.strip() for each in read(raw_pdf(tmp_path / "b.pdf", unmapped, page))] == [
        "",
        "a sound page",
    ]


def test_a_damaged_page_does_not_cost_the_others(tmp_path: Path) -> None:
    broken = (documents.BROKEN, "(lost)")
    sound = [(documents.HELVETICA, "(one)"), (documents.HELVETICA, "(three)")]
    path = raw_pdf(tmp_path / "a.pdf", sound[0], broken, sound[1])
    assert [page.strip() for page in read(path)] == ["one", "", "three"]
    assert refusal(raw_pdf(tmp_path / "b.pdf", broken, broken)) == Reason.DAMAGED


def test_a_character_map_that_pdfium_does_not_know_is_read_all_the_same(tmp_path: Path) -> None:
    font = documents.chinese_font("UniGB-UTF8-H")
    shown = f"<{'青山区人民政府办公室文件'.encode().hex()}>"
    path = raw_pdf(tmp_path / "a.pdf", (documents.HELVETICA, "(one)"), (font, shown))
    with closing(PdfiumReader(path)) as fast:
        assert "青山区" not in (fast.page(1) or pytest.fail("no page")).text
    assert [page.strip() for page in read(path)] == ["one", "青山区人民政府办公室文件"]


def test_columns_from_top_to_bottom_are_read_from_the_right(tmp_path: Path) -> None:
    columns = "\n".join(
        f"1 0 0 1 {500 - 20 * number} 780 Tm <{column.encode('utf-16-be').hex()}> Tj"
        for number, column in enumerate(
            ["北京市人民代表大会", "议事规则修正草案", "一九九〇年三月"]
        )
    )
    font = documents.chinese_font("UniGB-UCS2-V")
    path = raw_pdf(tmp_path / "a.pdf", (font, f"() Tj {columns} ()"))
    assert "".join(read(path)[0].split()) == "北京市人民代表大会议事规则修正草案一九九〇年三月"


def test_what_pdfium_refuses_is_asked_of_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pdf(tmp_path / "a.pdf", [["第一页"], ["第二页"]])

    def refuse(*_: object) -> None:
        raise ExtractionError(Reason.DAMAGED)

    monkeypatch.setattr(PdfiumReader, "__init__", refuse)
    assert [page.strip() for page in read(path)] == ["第一页", "第二页"]


@pytest.mark.parametrize(
    "content", [b"%PDF-1.4", b"%PDF-1.4\n" + b"\0" * 5000, b"%PDF-" + b"obj<<" * 900]
)
def test_damaged_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    assert refusal(path) == Reason.DAMAGED


def test_a_file_cut_in_half_is_read_or_refused(tmp_path: Path) -> None:
    content = pdf(tmp_path / "a.pdf", [["一页"], ["二页"], ["三页"]]).read_bytes()
    path = tmp_path / "cut.pdf"
    for cut in range(100, len(content), 211):
        path.write_bytes(content[:cut])
        try:
            read(path)
        except ExtractionError as error:
            assert error.reason == Reason.DAMAGED  # noqa: PT017 - either way


@settings(max_examples=150)
@given(st.data())
def test_damage_costs_text_never_the_reader(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("damage") / "a.pdf"
    font = documents.chinese_font("UniGB-UCS2-H")
    shown = f"<{'关于低保的通知'.encode('utf-16-be').hex()}>"
    sound = raw_pdf(path, (font, shown), (documents.HELVETICA, "(notice)")).read_bytes()
    path.write_bytes(damaged(sound, data))
    try:
        list(PdfExtractor().pages(path))
    except ExtractionError as error:
        assert error.reason in ACCEPTED  # noqa: PT017 - either way

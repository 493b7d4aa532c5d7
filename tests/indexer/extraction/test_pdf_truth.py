"""On every PDF made here, nothing is lost that pdfminer.six alone reads.

Real ones are compared by ``python -m benchmarks.pdf_readers``; these are the cases for which one
reader or the other is known to fail.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from pdfminer.high_level import extract_text

from indexer.errors import ExtractionError
from indexer.extraction.junk import is_junk
from indexer.extraction.pdf import PdfExtractor
from tests.indexer.extraction import documents
from tests.indexer.extraction.documents import HELVETICA, chinese_font, drawn_pdf, pdf, raw_pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas

TEXT = "青山区人民政府关于低保的通知"
LINES = [TEXT, "青政发〔2008〕15号", "2008年3月15日"]


def letters(text: str) -> Counter[str]:
    whole = unicodedata.normalize("NFKC", text)
    return Counter(each for each in whole if each.isalnum())


def by_pdfminer(path: Path) -> Counter[str]:
    try:
        pages = extract_text(path).split("\f")
    except Exception:  # noqa: BLE001 - alone it has nobody who catches for it
        return Counter()
    pages = [re.sub(r"\(cid:\d+\)", "\N{REPLACEMENT CHARACTER}", page) for page in pages]
    return letters("".join(page for page in pages if not is_junk(page)))


def by_us(path: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    try:
        for page in PdfExtractor().pages(path):
            found += letters(page if isinstance(page, str) else page.text)
    except ExtractionError:
        pass
    return found


def encoded(cmap: str, encoding: str) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        return raw_pdf(path, (chinese_font(cmap), f"<{TEXT.encode(encoding).hex()}>"))

    return make


def columns(path: Path) -> Path:
    shown = " ".join(
        f"1 0 0 1 {500 - 20 * number} 780 Tm <{line.encode('utf-16-be').hex()}> Tj"
        for number, line in enumerate(LINES)
    )
    return raw_pdf(path, (chinese_font("UniGB-UCS2-V"), f"() Tj {shown} ()"))


def bold(path: Path) -> Path:
    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.3, 0.6):
            canvas.drawString(70 + shift, 700, TEXT)

    return drawn_pdf(path, draw)


def sideways(path: Path) -> Path:
    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        for number, line in enumerate(LINES):
            canvas.drawString(100, -100 - 20 * number, line)

    return drawn_pdf(path, draw)


def with_an_empty_password(path: Path) -> Path:
    return pdf(path, [["a notice that is only kept from printing"]], password="")


def without_its_table(path: Path) -> Path:
    content = pdf(path, [LINES, LINES]).read_bytes()
    path.write_bytes(re.sub(rb"(?s)\nxref\n.*?trailer", b"\ntrailer", content))
    return path


def with_a_wrong_table(path: Path) -> Path:
    content = pdf(path, [LINES, LINES]).read_bytes()
    path.write_bytes(re.sub(rb"(\d{10}) 00000 n", b"0000000009 00000 n", content))
    return path


def with_junk_before(path: Path) -> Path:
    content = pdf(path, [LINES]).read_bytes()
    path.write_bytes(b"HTTP/1.1 200 OK\r\n\r\n" + content)
    return path


def with_a_broken_page(path: Path) -> Path:
    sound = (HELVETICA, "(a sound page)")
    return raw_pdf(path, sound, (documents.BROKEN, "(lost)"), sound)


def with_a_page_of_unknown_glyphs(path: Path) -> Path:
    sound = (HELVETICA, "(a sound page)")
    return raw_pdf(path, (documents.UNMAPPED, "<000100020003000400050006>"), sound)


def of_many_pages(path: Path) -> Path:
    return pdf(path, [[f"{TEXT}{number}"] for number in range(12)])


CASES: dict[str, Callable[[Path], Path]] = {
    "of many pages": of_many_pages,
    "UCS2": encoded("UniGB-UCS2-H", "utf-16-be"),
    "UTF16": encoded("UniGB-UTF16-H", "utf-16-be"),
    "UTF8": encoded("UniGB-UTF8-H", "utf-8"),
    "UTF32": encoded("UniGB-UTF32-H", "utf-32-be"),
    "GBK": encoded("GBK-EUC-H", "gbk"),
    "GBK2K": encoded("GBK2K-H", "gb18030"),
    "GB2312": encoded("GB-EUC-H", "gb2312"),
    "columns": columns,
    "bold": bold,
    "sideways": sideways,
    "empty password": with_an_empty_password,
    "no table": without_its_table,
    "wrong table": with_a_wrong_table,
    "junk before": with_junk_before,
    "broken page": with_a_broken_page,
    "unknown glyphs": with_a_page_of_unknown_glyphs,
}


@pytest.mark.parametrize("case", CASES)
def test_never_worse_than_pdfminer_alone(tmp_path: Path, case: str) -> None:
    path = CASES[case](tmp_path / "a.pdf")
    # Bold text is printed several times, and read once: what counts is which letters are there.
    wanted, got = by_pdfminer(path), by_us(path)
    repeated = case == "bold"
    lost = set(wanted) - set(got) if repeated else wanted - got
    assert not lost
    assert got, "there is text in each of them"

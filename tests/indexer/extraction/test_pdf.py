from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from indexer.errors import ExtractionError
from indexer.extraction.pdf import PdfExtractor


def test_chinese_text_page_by_page(tmp_path: Path) -> None:
    path = tmp_path / "文件.pdf"
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path))
    for text in ("第一页低保", "第二页征地"):
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(100, 700, text)
        canvas.showPage()
    canvas.save()
    first, second = PdfExtractor().pages(path)
    assert "第一页低保" in first
    assert "第二页征地" in second


def test_a_cut_file_is_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "坏.pdf"
    path.write_bytes(b"%PDF-1.4\n1 0 obj")
    with pytest.raises(ExtractionError):
        list(PdfExtractor().pages(path))

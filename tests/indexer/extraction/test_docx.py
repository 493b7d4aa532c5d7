from pathlib import Path

import pytest
from docx import Document

from indexer.errors import ExtractionError
from indexer.extraction.docx import DocxExtractor


def test_body_tables_headers_and_footers_are_read(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("正文一段")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "表中一格"
    document.sections[0].header.paragraphs[0].text = "页眉文字"
    document.sections[0].footer.paragraphs[0].text = "页脚文字"
    path = tmp_path / "文件.docx"
    document.save(str(path))
    text = "".join(DocxExtractor().pages(path))
    for part in ("正文一段", "表中一格", "页眉文字", "页脚文字"):
        assert part in text


def test_a_cut_package_is_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(b"PK\x03\x04cut")
    with pytest.raises(ExtractionError) as raised:
        list(DocxExtractor().pages(path))
    assert raised.value.reason == "damaged"

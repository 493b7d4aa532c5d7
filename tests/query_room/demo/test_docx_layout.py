from __future__ import annotations

import io
import zipfile

import docx
from docx.shared import Mm
from docx.table import Table

from query_room.demo.docx_layout import docx_bytes
from query_room.demo.papers import Paper
from tests.query_room.demo.papers import SAID, WHOLE_PAPER


def test_every_part_stands_in_its_place() -> None:
    document = docx.Document(io.BytesIO(docx_bytes(WHOLE_PAPER)))
    lines = []
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            lines += [cell.text for row in part.rows for cell in row.cells]
        else:
            lines.append(part.text)
    text = "\n".join(lines)
    places = [text.index(each) for each in SAID]
    assert places == sorted(places)


def test_the_head_is_red_and_the_page_is_the_standards() -> None:
    document = docx.Document(io.BytesIO(docx_bytes(WHOLE_PAPER)))
    masthead = next(each for each in document.paragraphs if each.text == WHOLE_PAPER.masthead)
    section = document.sections[0]
    assert str(masthead.runs[0].font.color.rgb) == "C80000"
    expected = {"page_width": 210, "page_height": 297, "top_margin": 37, "left_margin": 28}
    for name, length in expected.items():
        # Word keeps twentieths of a point.
        assert abs(getattr(section, name) - Mm(length)) < Mm(0.05), name
    assert "PAGE" in section.footer.paragraphs[0]._p.xml


def test_the_file_does_not_know_what_time_it_is() -> None:
    content = docx_bytes(WHOLE_PAPER)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert docx.Document(io.BytesIO(content)).core_properties.modified.year == 1980


def test_an_empty_paper_is_still_a_document() -> None:
    assert docx.Document(io.BytesIO(docx_bytes(Paper()))).paragraphs == []

from __future__ import annotations

from typing import TYPE_CHECKING

from docx import Document

from indexer.catalogue.grids import Span
from indexer.catalogue.markup_tables import read_docx, read_html

if TYPE_CHECKING:
    from pathlib import Path


def test_tables_of_a_document_come_with_their_merged_cells(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("归档文件目录")
    table = document.add_table(rows=3, cols=3)
    for row, texts in enumerate([("题名", "日期", "密级"), ("甲", "2011", "内部"), ("乙", "", "")]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 2).merge(table.cell(2, 2))
    table.cell(2, 0).merge(table.cell(2, 1))
    document.save(str(tmp_path / "a.docx"))
    (grid,) = read_docx(tmp_path / "a.docx")
    assert grid.name == "表1"
    assert [row.cells for row in grid.rows] == [
        ("题名", "日期", "密级"),
        ("甲", "2011", "内部"),
        ("乙", None, None),
    ]
    assert set(grid.spans) == {Span(2, 3, 2, 2), Span(3, 3, 0, 1)}


def test_tables_of_a_page_do_so_too_and_layouts_around_them_are_none(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<table><tr><td><table>"
        "<tr><th>题名<th>密级<th colspan=2>日期</tr>"
        "<tr><td>甲<td rowspan=2>内部<td>2011<td>3</tr>"
        "<tr><td>乙<td>2012<td>4</tr>"
        "</table></td></tr></table>",
        encoding="utf-8",
    )
    (grid,) = read_html(path)
    assert [row.cells for row in grid.rows] == [
        ("题名", "密级", "日期", None),
        ("甲", "内部", "2011", "3"),
        ("乙", None, "2012", "4"),
    ]
    assert grid.spans == (Span(1, 1, 2, 3), Span(2, 3, 1, 1))

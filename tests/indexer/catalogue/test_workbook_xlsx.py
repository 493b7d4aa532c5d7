from __future__ import annotations

import datetime as dt
import zipfile
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from indexer.catalogue import grids
from indexer.catalogue.grids import DateCell, Span, UnreadCell
from indexer.catalogue.workbook_xlsx import read_xlsx
from indexer.errors import ExtractionError

if TYPE_CHECKING:
    from pathlib import Path


def test_dates_are_as_exact_as_they_are_shown_and_codes_keep_their_zeros(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("目录", 0)
    for number_format in ("yyyy-mm-dd", 'yyyy"年"m"月"', "yyyy", "General", "0000"):
        value = dt.date(2008, 3, 15) if "y" in number_format else 7
        sheet.append([value, 1.0, 2.5, True, "文字"])
        sheet.cell(sheet.max_row, 1).number_format = number_format
    book.save(tmp_path / "目录.xlsx")
    grid, _ = read_xlsx(tmp_path / "目录.xlsx")
    assert [row.cells[0] for row in grid.rows if row.cells] == [
        DateCell("2008-03-15", 39522.0),
        DateCell("2008-03", 39522.0),
        DateCell("2008", 39522.0),
        7,
        "0007",
    ]
    assert grid.rows[0].cells is not None
    assert grid.rows[0].cells[1:] == (1, "2.5", "TRUE", "文字")


def test_merged_hidden_and_skipped_cells_keep_their_places(tmp_path: Path) -> None:
    book = Workbook()
    first, second = book.create_sheet("2011", 0), book.create_sheet("2012", 1)
    first["B3"] = "题名"
    first["D5"] = "甲"
    first.merge_cells("B3:C4")
    first.row_dimensions[5].hidden = True
    first.column_dimensions["D"].hidden = True
    second.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    one, two, _ = read_xlsx(tmp_path / "a.xlsx")
    assert [(row.number, row.cells, row.is_hidden) for row in one.rows] == [
        (3, (None, "题名"), False),
        (5, (None, None, None, "甲"), True),
    ]
    assert one.spans == (Span(3, 4, 1, 2),)
    assert one.hidden_columns == {3}
    assert (one.name, one.is_hidden, two.name, two.is_hidden) == ("2011", False, "2012", True)


def with_sheet(path: Path, rows: str) -> Path:
    """A workbook whose only sheet holds these rows, as XML."""
    Workbook().save(path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def test_a_formula_without_its_result_and_an_error_are_no_values(tmp_path: Path) -> None:
    path = with_sheet(
        tmp_path / "a.xlsx",
        '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v>2</v></c>'
        '<c r="C1" t="e"><v>#REF!</v></c><c r="D1" t="str"><f>A1</f><v>甲</v></c>'
        '<c r="E1"><v>1e400</v></c><c r="F1" t="s"><v>99</v></c></row>',
    )
    ((row,),) = (grid.rows for grid in read_xlsx(path))
    assert row.cells == (UnreadCell("=1+1"), 2, UnreadCell("#REF!"), "甲", UnreadCell("1e400"))


def test_a_million_empty_rows_and_far_cells_cost_no_memory(tmp_path: Path) -> None:
    empty = "".join(
        f'<row r="{number}"><c r="A{number}" s="0"/></row>' for number in range(2, 99_999)
    )
    path = with_sheet(
        tmp_path / "a.xlsx",
        '<row r="1"><c r="A1" t="inlineStr"><is><t>题名</t></is></c></row>'
        f"{empty}"
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c><c r="ZZZ1048576"><v>2</v></c></row>',
    )
    (grid,) = read_xlsx(path)
    assert [row.number for row in grid.rows] == [1, 1_048_576]
    assert [len(row.cells or ()) for row in grid.rows] == [1, 16_384]


def test_more_cells_than_any_catalogue_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.catalogue.workbook_xlsx.MAX_CELLS", 10)
    path = with_sheet(tmp_path / "a.xlsx", "<row>" + "<c><v>1</v></c>" * 11 + "</row>")
    with pytest.raises(ExtractionError, match="cells"):
        read_xlsx(path)
    assert grids.MAX_CELLS > 1_000_000


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"\x01" * 600)
    with pytest.raises(ExtractionError):
        read_xlsx(path)

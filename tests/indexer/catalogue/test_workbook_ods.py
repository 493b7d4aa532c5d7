from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from indexer.catalogue.grids import DateCell, Span, UnreadCell
from indexer.catalogue.workbook_ods import read_ods
from indexer.errors import ExtractionError
from indexer.extraction import Reason

if TYPE_CHECKING:
    from pathlib import Path

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def spreadsheet(path: Path, tables: str, manifest: str = "") -> Path:
    content = (
        f"<office:document-content {NAMESPACES}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    return path


def cell(text: str, **attributes: str) -> str:
    written = " ".join(
        f'{name.replace("__", ":").replace("_", "-")}="{value}"'
        for name, value in attributes.items()
    )
    return f"<table:table-cell {written}><text:p>{text}</text:p></table:table-cell>"


def test_cells_come_as_shown_with_what_is_merged_hidden_and_repeated(tmp_path: Path) -> None:
    date = {"office__value_type": "date", "office__date_value": "2011-03-01"}
    path = spreadsheet(
        tmp_path / "a.ods",
        '<table:table table:name="2011"><table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/>'
        "</table:table-row>"
        f"<table:table-row>{cell('题名')}{cell('密级', table__number_rows_spanned='2')}"
        '</table:table-row><table:table-row table:visibility="collapse">'
        '<table:table-cell table:number-columns-repeated="2"/>'
        f"{cell('2011年3月', **date)}{cell('2011-03-01', **date)}"
        f"{cell('0007', office__value_type='float', office__value='7')}"
        f"{cell('7', office__value_type='float', office__value='7')}"
        f"{cell('#REF!', table__formula='of:=A1')}</table:table-row></table:table>",
    )
    (grid,) = read_ods(path)
    assert grid.name == "2011"
    assert [(row.number, row.cells, row.is_hidden) for row in grid.rows] == [
        (1_048_001, ("题名", "密级"), False),
        (
            1_048_002,
            (
                None,
                None,
                DateCell("2011-03", 40603),
                DateCell("2011-03-01", 40603),
                "0007",
                7,
                UnreadCell("#REF!"),
            ),
            True,
        ),
    ]
    assert grid.spans == (Span(1_048_001, 1_048_002, 1, 1),)
    assert grid.hidden_columns == {2}


def test_a_row_repeated_without_end_is_kept_a_thousand_times(tmp_path: Path) -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1000000">' + cell("甲") + "</table:table-row>"
    )
    (grid,) = read_ods(spreadsheet(tmp_path / "a.ods", f"<table:table>{row}</table:table>"))
    assert len(grid.rows) == 1_000


def test_a_password_has_its_reason(tmp_path: Path) -> None:
    path = spreadsheet(tmp_path / "a.ods", "", manifest="<encryption-data/>")
    with pytest.raises(ExtractionError) as refused:
        read_ods(path)
    assert refused.value.reason == Reason.ENCRYPTED

"""The table of cells that cannot be taken."""

from __future__ import annotations

import csv
from dataclasses import replace

from query_room.ledgers import BadCell
from query_room.ledgers.bad_cells import bad_cells_csv

BAD = BadCell(
    sheet="2008年", row=7, column="E", field="received_on", value_class="text", reason="not_a_day"
)


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(content.decode("utf-8-sig").splitlines()))


def test_a_cell_is_named_by_its_place_and_its_trouble() -> None:
    assert lines(bad_cells_csv([BAD])) == [
        ["工作表", "行", "列", "现为", "问题"],
        ["2008年", "7", "E", "文字", "不是日期"],
    ]


def test_the_name_of_a_sheet_never_becomes_a_formula() -> None:
    evil = replace(BAD, sheet='=HYPERLINK("http://example.org")')
    assert lines(bad_cells_csv([evil]))[1][0].startswith("'=")

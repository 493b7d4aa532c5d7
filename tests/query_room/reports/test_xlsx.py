from __future__ import annotations

import io

import openpyxl

from query_room.reports import CellKey, TableName, annual_tables
from query_room.reports.model import TextPart
from query_room.reports.papers import Paper
from query_room.reports.xlsx import xlsx_bytes
from tests.query_room.reports.registers import GOLDEN, whole_form


def test_numbers_are_numbers_and_money_is_in_ten_thousands() -> None:
    form = whole_form(**GOLDEN)
    form[CellKey(TableName.PROACTIVE, "charges", "amount")] = 123_456_700
    paper = Paper(
        organ="清河区人民政府",
        tables=annual_tables(2025, [], imported=[form]),
        texts={TextPart.OVERVIEW: "=HYPERLINK(1)\n第二段\x07"},
        state="草稿",
    )
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(paper)))
    values = {cell.value for row in book["依申请公开"].iter_rows() for cell in row}
    assert {14069, 560, 13810, 819} <= values
    assert 123.4567 in {cell.value for row in book["主动公开"].iter_rows() for cell in row}
    texts = [row[0] for row in book["文字部分"].iter_rows()]
    assert [cell.value for cell in texts[:3]] == ["一、总体情况", "=HYPERLINK(1)", "第二段"]
    assert {cell.data_type for cell in texts if cell.value} == {"s"}

"""Workbooks that are hostile or damaged."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from query_room.ledgers import LedgerRefusedError
from query_room.ledgers.workbooks import read_sheets
from tests.query_room.ledgers.books import REGISTER, book, saved


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "not_a_workbook"),
        (REGISTER[: len(REGISTER) // 2], "not_a_workbook"),
        (with_part(REGISTER, "xl/workbook.xml", b"<!DOCTYPE x><x/>"), "not_a_workbook"),
        (with_part(REGISTER, "xl/worksheets/sheet1.xml", b"<broken"), "not_a_workbook"),
        (with_part(REGISTER, "xl/bomb.bin", b" " * (130 << 20)), "too_large"),
        (b" " * ((32 << 20) + 1), "too_large"),
    ],
    ids=["empty", "old or encrypted", "cut off", "entities", "broken", "bomb", "huge"],
)
def test_what_is_no_register_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(LedgerRefusedError) as raised:
        read_sheets(content)
    assert raised.value.reason == reason


def test_empty_rows_without_end_are_not_walked() -> None:
    made = load_workbook(io.BytesIO(REGISTER))
    made.active.cell(row=1_000_000, column=1, value="末行")  # type: ignore[union-attr]
    (sheet,) = read_sheets(saved(made))
    assert max(number for number, _ in sheet.rows) < 20


def test_formulas_without_a_kept_result_are_empty_and_are_not_computed() -> None:
    (sheet,) = read_sheets(book(("编号", "收到日期"), ("=1+1", '=HYPERLINK("http://x")')))
    assert sheet.rows == ((1, ("编号", "收到日期")),)


def test_more_rows_than_any_register_are_refused() -> None:
    made = Workbook(write_only=True)
    sheet = made.create_sheet("x")
    for each in range(20_001):
        sheet.append([each])
    with pytest.raises(LedgerRefusedError, match="too_large"):
        read_sheets(saved(made))

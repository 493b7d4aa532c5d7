from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from query_room.reports import CellKey, ReportRefusedError, TableName, annual_tables
from query_room.reports.layout import all_keys
from query_room.reports.papers import Paper
from query_room.reports.workbooks import BadCell, read_workbook
from query_room.reports.xlsx import xlsx_bytes
from tests.query_room.reports.registers import GOLDEN, whole_form

if TYPE_CHECKING:
    from collections.abc import Callable


def workbook(counts: dict[CellKey, int]) -> bytes:
    tables = annual_tables(2025, [], imported=[counts])
    return xlsx_bytes(Paper(organ="清河区民政局", tables=tables, texts={}, state="草稿"))


def changed(change: Callable[[Any], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook(whole_form(**GOLDEN))))
    change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=len(all_keys()), max_size=len(all_keys())))
def test_what_was_written_is_read_again(numbers: list[int]) -> None:
    counts = dict(zip(all_keys(), numbers, strict=True))
    reading = read_workbook(workbook(counts))
    assert reading.bad == ()
    assert reading.counts == counts


def test_all_tables_may_stand_in_one_sheet() -> None:
    def join(book: Any) -> None:
        first, *others = book.worksheets
        for sheet in others:
            for row in sheet.iter_rows(values_only=True):
                first.append(row)
            del book[sheet.title]

    # 其他 and 总计 stand in the heads of two tables, and in rows of one of them.
    reading = read_workbook(changed(join))
    assert reading.bad == ()
    assert reading.counts == whole_form(**GOLDEN)


def test_other_brackets_spaces_and_widths_are_the_same_words() -> None:
    def disguise(book: Any) -> None:
        sheet = book["依申请公开"]
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = f" {cell.value} ".replace("（", "(").replace("）", ") ")
                elif isinstance(cell.value, int):
                    cell.value = f"{cell.value:,}"

    assert read_workbook(changed(disguise)).counts == whole_form(**GOLDEN)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("约十件", "not_a_number"),
        (-1, "below_zero"),
        (1.5, "fraction"),
        (10**10, "too_large"),
        (True, "not_a_number"),
        ("=1+1", "missing"),
        ("NaN", "not_a_number"),
    ],
)
def test_a_bad_cell_is_named(value: object, reason: str) -> None:
    def spoil(book: Any) -> None:
        book["依申请公开"]["D7"] = value

    reading = read_workbook(changed(spoil))
    if reason == "missing":  # a formula whose value no program has reckoned yet is empty
        assert reading.counts[CellKey(TableName.REQUESTS, "N1", "nat")] == 0
    else:
        assert reading.bad == (BadCell(place="依申请公开!D7", reason=reason),)


def test_a_row_that_is_nowhere_is_named() -> None:
    def drop(book: Any) -> None:
        del book["复议诉讼"]

    bad = read_workbook(changed(drop)).bad
    assert [each.place for each in bad] == ["IV rev", "IV dir", "IV post"]
    assert {each.reason for each in bad} == {"missing"}


def with_part(name: str, content: bytes) -> bytes:
    packed = io.BytesIO(workbook(whole_form()))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not_a_workbook"),
        (b"PK\x03\x04 not really", "not_a_workbook"),
        ("收到申请,12".encode(), "not_a_workbook"),
        (with_part("xl/more.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "not_a_workbook"),
        (with_part("xl/more.xml", "<a/>".encode("utf-16")), "not_a_workbook"),
        (with_part("xl/media/image1.bin", bytes(21 << 20)), "too_large"),
        (workbook(whole_form())[:-400], "not_a_workbook"),
    ],
    ids=["empty", "torn", "text", "entities", "utf-16", "bomb", "cut"],
)
def test_what_is_no_workbook_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(ReportRefusedError) as refused:
        read_workbook(content)
    assert refused.value.reason == reason


def test_a_million_empty_rows_are_not_walked() -> None:
    def stretch(book: Any) -> None:
        book["主动公开"]["A1048576"] = "末行"

    assert read_workbook(changed(stretch)).counts == whole_form(**GOLDEN)

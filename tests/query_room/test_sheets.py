from __future__ import annotations

import csv
import hashlib
import io

import openpyxl
import pytest

from query_room.sheets import SheetFormat, sheet

HOSTILE = ("=1+1", "+86", "-2", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0")


def test_csv_opens_as_utf8_and_holds_no_formula() -> None:
    content = sheet(["题名", "页数"], [[text, -3] for text in HOSTILE], SheetFormat.CSV)
    assert content.data.startswith(b"\xef\xbb\xbf")
    heading, *rows = csv.reader(io.StringIO(content.data.decode("utf-8-sig"), newline=""))
    assert heading == ["题名", "页数"]
    assert rows == [[f"'{text}", "-3"] for text in HOSTILE]
    assert content.row_count == len(HOSTILE)
    assert content.sha256 == hashlib.sha256(content.data).hexdigest()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_workbook_holds_texts_and_numbers(text: str) -> None:
    content = sheet(["题名", "页数"], [[text, 7], ["坏\x00字", 0]], SheetFormat.XLSX)
    page = openpyxl.load_workbook(io.BytesIO(content.data)).worksheets[0]
    assert page["A2"].value == f"'{text}"
    assert page["A2"].data_type == "s"
    assert (page["B2"].value, page["B2"].data_type) == (7, "n")
    assert page["A3"].value == "坏字"


def test_what_is_to_be_known_of_a_table_stands_above_it() -> None:
    facts: list[tuple[str, str | int]] = [("检索", "=1+1"), ("件数", 2)]
    text = sheet(["题名"], [["甲"]], SheetFormat.CSV, facts).data.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["检索", "'=1+1"], ["件数", "2"], [], ["题名"], ["甲"],
    ]  # fmt: skip
    content = sheet(["题名"], [["#N/A"]], SheetFormat.XLSX, facts)
    page = openpyxl.load_workbook(io.BytesIO(content.data)).worksheets[0]
    assert (page["A5"].value, page["A5"].data_type, page.freeze_panes) == ("#N/A", "s", "A5")
    assert page["A4"].font.bold
    assert not page["A1"].font.bold

from __future__ import annotations

import csv
import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from indexer.catalogue.sheets import read_csv, read_jsonl, read_xlsx
from indexer.errors import ManifestError

if TYPE_CHECKING:
    from pathlib import Path

TABLE = "编号,题名,文件\n1,关于防汛的通知,a.txt\n2,关于供暖的通知,b.txt\n"
ROWS = [
    (2, {"external_id": ["1"], "title": ["关于防汛的通知"], "files": ["a.txt"]}),
    (3, {"external_id": ["2"], "title": ["关于供暖的通知"], "files": ["b.txt"]}),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_any_encoding_offices_write(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "目录.csv"
    path.write_bytes(TABLE.encode(encoding))
    assert read_csv(path) == ROWS


def test_a_traditional_csv_in_big5_is_read(tmp_path: Path) -> None:
    path = tmp_path / "目錄.csv"
    path.write_bytes("title,file\n關於防汛工作的通知,a.txt\n".encode("big5"))
    assert read_csv(path) == [(2, {"title": ["關於防汛工作的通知"], "files": ["a.txt"]})]


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_tabs_and_semicolons_part_columns_too(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text(TABLE.replace(",", delimiter), encoding="utf-8")
    assert read_csv(path) == ROWS


def test_the_header_may_stand_below_a_title(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text("归档文件目录,,\n\n" + TABLE, encoding="utf-8")
    assert [(number - 2, cells) for number, cells in read_csv(path)] == ROWS


def test_a_file_that_names_no_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text("甲,乙,丙\n" * 30, encoding="utf-8")
    with pytest.raises(ManifestError, match="题名"):
        read_csv(path)


def test_cells_may_hold_delimiters_quotes_and_lines(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text('题名,文件\n"甲,""乙""\n丙",a.txt\n丁,b.txt\n', encoding="utf-8")
    assert read_csv(path) == [
        (2, {"title": ['甲,"乙"\n丙'], "files": ["a.txt"]}),
        (3, {"title": ["丁"], "files": ["b.txt"]}),
    ]


def test_a_quote_that_nobody_closes_spoils_its_own_row_only(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text('题名,文件\n"甲,a.txt\n乙,b.txt\n丙,c.txt\n', encoding="utf-8")
    assert read_csv(path) == [
        (2, None),
        (3, {"title": ["乙"], "files": ["b.txt"]}),
        (4, {"title": ["丙"], "files": ["c.txt"]}),
    ]


def test_two_open_quotes_do_not_hide_the_rows_between_them(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text('题名,文件\n"甲,a.txt\n乙,b.txt\n"丙,c.txt\n丁,d.txt\n', encoding="utf-8")
    titles = [cells and cells["title"][0] for _, cells in read_csv(path)]
    assert titles == [None, "乙", None, "丁"]


def test_columns_of_one_field_are_gathered_in_order(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text("题名,正文,文件\n甲,a.txt,b.txt\n", encoding="utf-8")
    assert read_csv(path) == [(2, {"title": ["甲"], "files": ["a.txt", "b.txt"]})]


def test_jsonl_names_each_broken_line_and_reads_the_others(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.jsonl"
    good = json.dumps({"id": "7", "title": "甲\u2028乙", "file": ["a.txt"]}, ensure_ascii=False)
    path.write_text(f"{good}\n\n[1]\n{{\n{'[' * 100_000}\n{good}", encoding="utf-8")
    cells = {"external_id": ["7"], "title": ["甲\u2028乙"], "files": [["a.txt"]]}
    assert read_jsonl(path) == [(1, cells), (3, None), (4, None), (5, None), (6, cells)]


def test_xlsx_dates_are_as_exact_as_they_are_shown(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("目录")
    sheet.append(["归档文件目录"])
    sheet.append(["题名", "日期", "件号"])
    for number_format in ("yyyy-mm-dd", 'yyyy"年"m"月"', "yyyy"):
        sheet.append(["甲", dt.date(2008, 3, 15), "0001"])
        sheet.cell(sheet.max_row, 2).number_format = number_format
    path = tmp_path / "目录.xlsx"
    book.save(path)
    rows = read_xlsx(path)
    assert [number for number, _ in rows] == [3, 4, 5]
    assert [cells and cells["date"][0] for _, cells in rows] == ["2008-03-15", "2008-03", "2008"]


def test_a_damaged_or_encrypted_workbook_is_refused_in_words(tmp_path: Path) -> None:
    old = tmp_path / "old.xlsx"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(ManifestError, match="encrypted or an old"):
        read_xlsx(old)
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(b"PK\x03\x04" + b"\x01" * 600)
    with pytest.raises(ManifestError, match="no sound"):
        read_xlsx(damaged)


@given(rows=st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), max_size=8))
def test_what_a_spreadsheet_writes_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "catalogue.csv"
    clean = [
        (title, file)
        for title, file in rows
        if title.strip() and file.strip() and (title + file).isprintable()
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("title", "file"), *clean])
    assert [cells for _, cells in read_csv(path)] == [
        {"title": [title], "files": [name]} for title, name in clean
    ]

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.catalogue.delimited import read_delimited, read_json_lines
from indexer.catalogue.grids import GridRow, UnreadCell
from indexer.errors import ManifestError

if TYPE_CHECKING:
    from pathlib import Path

TABLE = "编号,题名,文件\n1,关于防汛的通知,a.txt\n2,关于供暖的通知,b.txt\n"
ROWS = (
    GridRow(1, ("编号", "题名", "文件")),
    GridRow(2, ("1", "关于防汛的通知", "a.txt")),
    GridRow(3, ("2", "关于供暖的通知", "b.txt")),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_any_encoding_offices_write(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "目录.csv"
    path.write_bytes(TABLE.encode(encoding))
    assert read_delimited(path).rows == ROWS


def test_a_traditional_csv_in_big5_is_read(tmp_path: Path) -> None:
    path = tmp_path / "目錄.csv"
    path.write_bytes("title,file\n關於防汛工作的通知,a.txt\n".encode("big5"))
    assert read_delimited(path).rows[1].cells == ("關於防汛工作的通知", "a.txt")


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_tabs_and_semicolons_part_columns_too(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text(TABLE.replace(",", delimiter), encoding="utf-8")
    assert read_delimited(path).rows == ROWS


def test_cells_may_hold_delimiters_quotes_and_lines(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text('题名,文件\n"甲,""乙""\n丙",a.txt\n丁,b.txt\n', encoding="utf-8")
    assert [row.cells for row in read_delimited(path).rows[1:]] == [
        ('甲,"乙"\n丙', "a.txt"),
        ("丁", "b.txt"),
    ]


def test_two_stray_quotes_do_not_hide_the_rows_between_them(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text('题名,文件\n"甲,a.txt\n乙,b.txt\n"丙,c.txt\n丁,d.txt\n', encoding="utf-8")
    titles = [row.cells and row.cells[0] for row in read_delimited(path).rows[1:]]
    assert titles == [None, "乙", None, "丁"]


def test_jsonl_names_each_broken_line_and_reads_the_others(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.jsonl"
    good = json.dumps({"id": "7", "title": "甲\u2028乙", "file": ["a.txt"]}, ensure_ascii=False)
    path.write_text(f"{good}\n\n[1]\n{{\n{'[' * 100_000}\n{good}", encoding="utf-8")
    cells = ("7", "甲\u2028乙", ["a.txt"])
    found = read_json_lines(path)
    assert found.headings == ("id", "title", "file")
    assert [(row.number, row.cells) for row in found.rows] == [
        (1, cells),
        (3, None),
        (4, None),
        (5, None),
        (6, cells),
    ]


def test_a_cell_longer_than_any_is_no_value_and_one_of_a_megabyte_breaks_its_row(
    tmp_path: Path,
) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text(f"题名,文件\n{'甲' * 400_000},a.txt\n{'乙' * 40_000},b.txt\n", encoding="utf-8")
    _, first, second = read_delimited(path).rows
    assert first.cells is None
    assert second.cells == (UnreadCell("乙" * 60), "b.txt")


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_bytes(bytes(range(256)) * 40)
    for read in (read_delimited, read_json_lines):
        with pytest.raises(ManifestError):
            read(path)


@given(rows=st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), max_size=8))
def test_what_a_spreadsheet_writes_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "catalogue.csv"
    clean = [(title, file) for title, file in rows if (title + file).isprintable()]
    # With a mark: without one, "ô" alone is the same two bytes as 么 in GBK.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("title", "file"), *clean])
    assert [row.cells for row in read_delimited(path).rows[1:]] == clean

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.catalogue.grids import Grid, GridRow, UnreadCell
from indexer.catalogue.headers import best_header
from indexer.catalogue.records_below import Below, below
from tests.indexer.catalogue.grids import grid

if TYPE_CHECKING:
    from collections.abc import Sequence


def read(rows: Sequence[Sequence[object] | None], *spans: tuple[int, int, int, int]) -> Below:
    return read_grid(grid(rows, *spans))


def read_grid(table: Grid) -> Below:
    header = best_header(table)
    assert header is not None
    return below(table, header, {each.column: each.field for each in header.headings if each.field})


def cells(found: Below) -> list[dict[str, list[object]] | None]:
    return [row.cells for row in found.rows]


def test_repeated_headers_titles_sums_notes_and_numbered_blanks_are_passed_over() -> None:
    found = read(
        [
            ["归档文件目录"],
            ["序号", "题名", "页数"],
            [1, "甲", 3],
            ["本页小计", None, 3],
            ["归档文件目录"],
            ["序号", "题名", "页数"],
            [2, "关于合计的通知", 1],
            [None, "合计：", 4],
            [3],
            [],
            ["注：本表一式两份"],
            ["制表人：张三", "审核：李四"],
            ["第1页，共2页"],
        ]
    )
    assert [row.number for row in found.rows] == [3, 7]
    passed = found.passed
    assert (passed.headers, passed.totals, passed.notes, passed.blanks) == (2, 2, 3, 1)


def test_merged_cells_are_filled_down_where_their_column_allows_it() -> None:
    found = read(
        [
            ["保管期限", "题名", "密级", "责任者"],
            ["永久", "甲", "机密", "区政府"],
            [None, "乙", None, None],
            ["30年", "丙", None, "民政局"],
        ],
        (2, 3, 0, 0),
        (2, 3, 2, 2),
        (2, 3, 3, 3),
    )
    assert cells(found) == [
        {"retention": ["永久"], "title": ["甲"], "secrecy": ["机密"], "agency": ["区政府"]},
        {"retention": ["永久"], "title": ["乙"], "secrecy": ["机密"]},
        {"retention": ["30年"], "title": ["丙"], "agency": ["民政局"]},
    ]


def test_a_title_is_not_filled_down_and_a_title_across_the_secrecy_is_no_secrecy() -> None:
    found = read(
        [["题名", "密级", "日期"], ["甲", None, "2011"], [None, None, "2012"]],
        (2, 3, 0, 0),
        (2, 2, 0, 1),
    )
    assert cells(found) == [
        {"title": ["甲"], "secrecy": ["甲"], "date": ["2011"]},
        {"date": ["2012"]},
    ]


def test_ditto_marks_take_what_stands_above_even_across_a_sum() -> None:
    found = read(
        [
            ["责任者", "题名", "文件"],
            ["〃", "甲", "a.txt"],
            ["区政府", "乙", "b.txt"],
            ["合计", None, None],
            ["同上", "丙", "同上"],
            ["″", "丁", None],
        ]
    )
    assert [row and row.get("agency") for row in cells(found)] == [
        [UnreadCell("〃")],
        ["区政府"],
        ["区政府"],
        ["区政府"],
    ]
    assert cells(found)[2]["files"] == [UnreadCell("同上")]  # type: ignore[index]


def test_numbers_get_back_the_zeros_that_others_of_their_column_have() -> None:
    found = read([["件号", "题名"], ["0001", "甲"], [2, "乙"], [3.0, "丙"], [2.5, "丁"]])
    assert [row and row["item"] for row in cells(found)] == [["0001"], ["0002"], ["0003"], [2.5]]
    plain = read([["件号", "题名"], [1, "甲"], [1200, "乙"]])
    assert [row and row["item"] for row in cells(plain)] == [[1], [1200]]


def test_what_stands_above_the_table_is_said_of_its_rows_until_it_changes() -> None:
    found = read(
        [
            ["全宗号：0012　年度：2011  保管期限：永久"],
            ["件号", "题名", "年度"],
            ["0001", "甲", None],
            ["全宗号：0012　年度：2012  保管期限：30年"],
            ["0001", "乙", "2010"],
        ]
    )
    assert cells(found) == [
        {"item": ["0001"], "title": ["甲"], "fonds": ["0012"], "retention": ["永久"]},
        {
            "item": ["0001"],
            "title": ["乙"],
            "year": ["2010"],
            "fonds": ["0012"],
            "retention": ["30年"],
        },
    ]


def test_broken_rows_stay_and_unused_cells_are_kept_to_be_looked_at() -> None:
    found = read([["题名", "日期", "随便"], None, ["甲", "2011", "机密"]])
    assert [(row.number, row.cells is None, row.unused) for row in found.rows] == [
        (2, True, ()),
        (3, False, ("机密",)),
    ]


def test_hidden_rows_are_read_and_counted() -> None:
    table = Grid(
        name="",
        rows=(GridRow(1, ("题名", "日期")), GridRow(2, ("甲", "2011"), is_hidden=True)),
    )
    assert read_grid(table).passed.hidden == 1


def test_merging_everything_into_everything_costs_little_and_loses_nothing() -> None:
    spans = [(first, 1_048_576, 0, 16_383) for first in range(2, 2_000)]
    found = read([["题名", "保管期限"], *([[f"甲{n}", "永久"] for n in range(3_000)])], *spans)
    assert len(found.rows) == 3_000

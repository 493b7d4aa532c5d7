from __future__ import annotations

import pytest

from indexer.catalogue.grids import Grid, GridRow
from indexer.catalogue.headers import Header, best_header, header_at
from tests.indexer.catalogue.grids import grid


def fields(header: Header | None) -> dict[int, str | None]:
    assert header is not None
    return {each.column: each.field for each in header.headings}


def test_the_header_stands_below_titles_and_above_rows() -> None:
    found = best_header(
        grid(
            [
                ["归档文件目录"],
                [],
                ["全宗号：0012"],
                ["序号", "题 名", None, "日期"],
                [1, "题名和日期的通知", None, "2011"],
            ]
        )
    )
    assert found is not None
    assert (found.first_row, found.last_row) == (4, 4)
    assert fields(found) == {0: "serial", 1: "title", 3: "date"}


def test_one_name_alone_is_chance_and_thirty_rows_are_looked_at() -> None:
    assert best_header(grid([["题名", "甲"], ["乙", "丙"]])) is None
    rows: list[list[object]] = [["x"] for _ in range(29)]
    rows.append(["题名", "日期"])
    assert best_header(grid(rows)) is not None
    assert best_header(grid([["x"], *rows])) is None


TWO_ROWS: list[list[object]] = [
    ["序号", "责任者", None, "题名", "日期", None, None, "备注"],
    [None, "第一", "其他", None, "年", "月", "日", None],
    [1, "甲", "乙", "通知", 2011, 3, 5, None],
]


@pytest.mark.parametrize(
    "spans",
    [
        (),
        ((1, 1, 1, 2), (1, 1, 4, 6), (1, 2, 0, 0), (1, 2, 3, 3), (1, 2, 7, 7)),
    ],
    ids=["nothing is said of merged cells", "merged"],
)
def test_a_header_of_two_rows_parts_its_columns(
    spans: tuple[tuple[int, int, int, int], ...],
) -> None:
    found = best_header(grid(TWO_ROWS, *spans))
    assert found is not None
    assert (found.first_row, found.last_row) == (1, 2)
    assert fields(found) == {
        0: "serial",
        1: "agency",
        2: "agency",
        3: "title",
        4: "date_year",
        5: "date_month",
        6: "date_day",
        7: "remark",
    }


def test_a_name_merged_over_two_columns_is_the_name_of_both() -> None:
    found = best_header(grid([["责任者", None, "题名"], ["甲", "乙", "通知"]], (1, 1, 0, 1)))
    assert fields(found) == {0: "agency", 1: "agency", 2: "title"}


def test_a_row_of_data_below_named_columns_is_no_second_header() -> None:
    found = best_header(grid([["题名", "密级", "日期", None], ["通知", "内部", "年", "月"]]))
    assert found is not None
    assert found.last_row == 1


def test_a_header_can_be_named_and_formats_may_give_it_apart() -> None:
    table = grid([["甲", "乙"], ["题名", "日期"]])
    assert header_at(table, 1) is not None
    assert fields(header_at(table, 1)) == {0: None, 1: None}
    assert header_at(table, 7) is None
    given = Grid(name="", headings=("title", "x"), rows=(GridRow(1, ("甲", None)),))
    assert fields(best_header(given)) == {0: "title", 1: None}


def test_forms_are_told_apart_by_their_columns_and_not_by_their_order() -> None:
    one, other = (best_header(grid([row])) for row in (["题名", "日 期*"], ["日期", "題名"]))
    assert one is not None
    assert other is not None
    assert one.signature == other.signature == frozenset({"题名", "日期"})

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from query_room.reports import (
    AnnualTables,
    Cell,
    CellKey,
    CheckKey,
    TableName,
    annual_tables,
    checks,
)
from query_room.reports.checks import failures
from tests.query_room.reports.registers import GOLDEN, request, whole_form

III = TableName.REQUESTS
COLUMNS = ("nat", "biz", "sci", "soc", "law", "oth", "tot")


def failed(tables: AnnualTables, overview: str = "") -> set[tuple[CheckKey, str, str]]:
    return {(each.key, each.row, each.column) for each in failures(checks(tables, None, overview))}


def golden(**changed: int) -> AnnualTables:
    return annual_tables(2025, [], imported=[whole_form(**(GOLDEN | changed))])


@given(st.sampled_from(list(GOLDEN)), st.sampled_from(COLUMNS), st.sampled_from([-1, 1, 1000]))
def test_no_cell_of_the_form_can_change_alone(row: str, column: str, by: int) -> None:
    tables = golden()
    key = CellKey(III, row, column)
    cells = {**tables.cells, key: Cell(unlisted=tables.cells[key].count + by)}
    assert failed(dataclasses.replace(tables, cells=cells))


@pytest.mark.parametrize("row", ["N1", "N2", "N4"])
def test_what_came_must_be_what_went(row: str) -> None:
    assert {key for key, _, _ in failed(golden(**{row: 1}))} == {CheckKey.BALANCE}


def test_outcomes_must_add_up_to_what_is_done() -> None:
    assert {key for key, _, _ in failed(golden(A1=1))} == {CheckKey.OUTCOMES}


def test_a_number_below_zero_is_named() -> None:
    assert (CheckKey.WHOLE_NUMBERS, "D3", "tot") in failed(golden(D3=-1))


def test_a_request_that_ended_without_an_outcome_is_named() -> None:
    tables = annual_tables(2025, [request(1, "2025-01-02", "2025-01-05", None)])
    broken = [each for each in checks(tables) if each.key is CheckKey.OUTCOMES and not each.holds]
    assert [(each.column, each.subjects) for each in broken] == [
        ("nat", ("QINGHE-2025-00001",)),
        ("tot", ("QINGHE-2025-00001",)),
    ]


def test_a_request_that_ended_before_it_came_is_named() -> None:
    tables = annual_tables(2025, [request(1, "2025-01-02", "2024-12-30", "A1")])
    balance = [each for each in checks(tables) if each.key is CheckKey.BALANCE and not each.holds]
    assert {each.subjects for each in balance} == {("QINGHE-2025-00001",)}


def test_two_mistakes_that_cancel_out_are_still_seen() -> None:
    wrong = [
        request(1, "2025-01-02", "2024-12-30", "A1"),
        request(2, "2026-01-02", "2025-12-30", "A1"),
    ]
    tables = annual_tables(2025, wrong)
    balance = next(
        each for each in checks(tables) if each.key is CheckKey.BALANCE and each.column == "tot"
    )
    assert balance.left == balance.right
    assert not balance.holds
    assert balance.subjects == ("QINGHE-2025-00001", "QINGHE-2026-00002")


def test_a_request_that_counts_twice_is_named() -> None:
    twice = [
        request(1, "2025-01-02", "2025-01-05", "A1"),
        request(1, "2025-01-02", "2025-01-05", "B1"),
    ]
    found = [
        each
        for each in checks(annual_tables(2025, twice))
        if each.key is CheckKey.REGISTER and not each.holds
    ]
    assert {each.subjects for each in found} == {("QINGHE-2025-00001",)}


def test_a_request_that_last_year_did_not_carry_on_is_named() -> None:
    issued = annual_tables(2024, [])
    now = annual_tables(2025, [request(1, "2024-05-01", "2025-02-01", "A1")])
    carried = [
        each for each in checks(now, issued) if each.key is CheckKey.CARRIED and not each.holds
    ]
    assert [(each.column, each.left, each.right, each.subjects) for each in carried] == [
        ("nat", 1, 0, ("QINGHE-2024-00001",)),
        ("tot", 1, 0, ("QINGHE-2024-00001",)),
    ]


def test_a_report_made_elsewhere_is_compared_by_its_numbers() -> None:
    form = whole_form(N4=1)
    elsewhere = annual_tables(2024, [], imported=[form])
    now = annual_tables(2025, [request(1, "2024-05-01", "2025-02-01", "A1")])
    assert all(each.holds for each in checks(now, elsewhere))


@pytest.mark.parametrize(
    ("overview", "is_right"),
    [
        ("本年新收政府信息公开申请14069件，上年结转560件，共办结政府信息公开申请13,810件。", True),
        ("本年新收申请14068件。", False),
        ("结转下年度继续办理８１９件。", True),
        ("结转下年度继续办理820件。", False),
        ("不予公开730件，其中予以公开5548件。", True),
        ("不予公开731件。", False),
        ("无法提供3421件，不予处理457件。", True),
        ("新收行政复议3起。", False),
        ("主动予以公开政府信息12条。全年无行政诉讼。", True),
        ("", True),
    ],
)
def test_numbers_quoted_in_part_one_are_those_of_the_tables(
    overview: str, *, is_right: bool
) -> None:
    quoted = {each for each in failed(golden(), overview) if each[0] is CheckKey.QUOTED}
    assert (quoted == set()) is is_right


def test_rules_in_force_are_only_warned_about() -> None:
    rules = {"made": 2, "repealed": 1, "valid": 9}
    form = whole_form() | {
        CellKey(TableName.PROACTIVE, "normative", column): count for column, count in rules.items()
    }
    found = checks(annual_tables(2025, [], imported=[form]), annual_tables(2024, []))
    warning = next(each for each in found if not each.holds)
    assert (warning.key, warning.left, warning.right) == (CheckKey.VALID_RULES, 9, 1)
    assert failures(found) == ()

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from query_room.reports import (
    CellKey,
    CheckKey,
    OpeningBalance,
    ProactiveFigures,
    ReportedRequest,
    TableName,
    annual_tables,
    checks,
)
from query_room.reports.arithmetic import consolidate
from query_room.reports.layout import all_keys
from query_room.statute.codes import ApplicantCategory, Disposition
from tests.query_room.reports.registers import (
    GOLDEN,
    ListedSources,
    case,
    registers,
    request,
    whole_form,
)

III = TableName.REQUESTS
YEARS = st.integers(2021, 2027)
REGISTER = [
    request(1, "2024-11-20", "2025-01-06", "A1"),
    request(2, "2024-12-31", None),
    request(3, "2025-01-01", "2025-12-31", "B4", "biz"),
    request(4, "2025-06-01", "2026-01-01", "A2"),
    request(5, "2025-06-02", "2025-06-02", "C1", "law"),
    request(6, "2026-01-01", "2026-01-02", "A1"),
    request(7, "2024-02-01", "2024-12-31", "A1"),
]


def test_a_request_counts_by_its_days_of_receipt_and_of_closing() -> None:
    tables = annual_tables(2025, REGISTER)
    assert tables.cell(III, "N1", "tot").subjects == tuple(
        f"QINGHE-2025-0000{number}" for number in (3, 4, 5)
    )
    assert tables.cell(III, "N2", "tot").subjects == ("QINGHE-2024-00001", "QINGHE-2024-00002")
    assert tables.cell(III, "N4", "nat").subjects == ("QINGHE-2024-00002", "QINGHE-2025-00004")
    assert tables.cell(III, "B4", "biz").subjects == ("QINGHE-2025-00003",)
    assert tables.count(III, "T") == 3
    assert tables.count(III, "C1", "law") == 1
    assert tables.count(III, "C1", "nat") == 0


def test_the_published_example_balances() -> None:
    tables = annual_tables(2025, [], imported=[whole_form(**GOLDEN)])
    assert tables.count(III, "N1") + tables.count(III, "N2") == 14629
    assert tables.count(III, "T") + tables.count(III, "N4") == 14629
    assert all(check.holds for check in checks(tables))


def test_the_column_of_persons_in_the_published_example_balances() -> None:
    natural = {"N1": 13612, "N2": 535, "A1": 13364, "T": 13364, "N4": 783}
    tables = annual_tables(2025, [], imported=[whole_form(**natural)])
    balance = [check for check in checks(tables) if check.key is CheckKey.BALANCE]
    assert [check.left for check in balance if check.column == "nat"] == [14147]
    assert all(check.holds for check in balance)


def test_cases_are_counted_by_block_and_result() -> None:
    tables = annual_tables(2025, [], cases=[case(1, "rev", "fix"), case(2, "rev", "open")])
    assert tables.count(TableName.CASES, "rev") == 2
    assert tables.cell(TableName.CASES, "rev", "fix").subjects == ("QINGHE-2025-00001-c1",)
    assert tables.count(TableName.CASES, "post") == 0


def test_the_example_of_table_four_adds_up() -> None:
    numbers = {
        "rev": (376, 97, 196, 121, 790),
        "dir": (16, 1, 12, 27, 56),
        "post": (74, 1, 30, 51, 156),
    }
    form = whole_form() | {
        CellKey(TableName.CASES, block, column): count
        for block, counts in numbers.items()
        for column, count in zip(("keep", "fix", "oth", "open", "tot"), counts, strict=True)
    }
    found = checks(annual_tables(2025, [], imported=[form]))
    by_case = [check for check in found if check.key is CheckKey.CASES]
    assert [check.left for check in by_case] == [790, 56, 156]
    assert all(check.holds for check in by_case)


def test_figures_of_another_year_are_left_out() -> None:
    entered = [
        ProactiveFigures(organ_id="qinghe", year=year, counts={("permits", "decisions"): 7})
        for year in (2024, 2025)
    ]
    tables = annual_tables(2025, [], figures=entered)
    assert tables.count(TableName.PROACTIVE, "permits", "decisions") == 7


def balance(count: int) -> OpeningBalance:
    return OpeningBalance(
        organ_id="qinghe", year=2025, category=ApplicantCategory.NATURAL, count=count
    )


def test_what_was_carried_over_counts_until_it_is_entered() -> None:
    tables = annual_tables(2025, REGISTER, balances=[balance(5)])
    carried = tables.cell(III, "N2", "nat")
    assert (carried.count, carried.unlisted) == (5, 3)
    assert tables.cell(III, "N4", "nat").unlisted == 3
    later = annual_tables(2026, REGISTER, balances=[balance(5)])
    assert later.count(III, "N2", "nat") == tables.count(III, "N4", "nat")


def test_more_requests_than_the_last_report_carried_on_are_named() -> None:
    tables = annual_tables(2025, REGISTER, balances=[balance(1)])
    before = annual_tables(2024, REGISTER, balances=[balance(1)])
    failed = [check for check in checks(tables, before) if not check.holds]
    assert {check.key for check in failed} == {CheckKey.CARRIED}
    assert [(check.column, check.left, check.right) for check in failed] == [
        ("nat", 2, 1),
        ("tot", 2, 1),
    ]


@given(registers(), YEARS, st.integers(0, 40))
def test_every_check_holds_for_every_register(
    register: list[ReportedRequest], year: int, carried: int
) -> None:
    known = [
        each
        for each in register
        if each.organ_id == "qinghe"
        and each.category is ApplicantCategory.NATURAL
        and each.received_on.year < 2023
        and (each.closed_on is None or each.closed_on.year >= 2023)
    ]
    opening = [
        OpeningBalance(
            organ_id="qinghe",
            year=2023,
            category=ApplicantCategory.NATURAL,
            count=len(known) + carried,
        )
    ]
    tables, before = (annual_tables(each, register, balances=opening) for each in (year, year - 1))
    failed = [check for check in checks(tables, before) if not check.holds]
    # Before its first year an organ was reported on elsewhere: only that year's own end is known.
    assert year < 2023 or failed == []


@given(registers(), YEARS)
def test_each_request_that_ended_stands_in_one_row(
    register: list[ReportedRequest], year: int
) -> None:
    tables = annual_tables(year, register)
    standing = [
        subject
        for disposition in Disposition
        for category in ApplicantCategory
        for subject in tables.cell(III, disposition, category).subjects
    ]
    assert sorted(standing) == sorted(set(standing))
    assert sorted(standing) == list(tables.cell(III, "T", "tot").subjects)


@given(registers(), YEARS)
def test_organs_together_are_the_sum_of_the_organs(
    register: list[ReportedRequest], year: int
) -> None:
    sources = ListedSources(register)
    apart = [
        annual_tables(year, sources.requests([organ], year), organ_ids=[organ])
        for organ in ("minzheng", "qinghe")
    ]
    together = annual_tables(year, register, organ_ids=["minzheng", "qinghe"])
    assert consolidate(year, apart) == together
    assert set(together.cells) == set(all_keys())

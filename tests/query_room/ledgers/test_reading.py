"""Rows of old registers, and every cell that cannot be taken."""

from __future__ import annotations

import datetime as dt

import pytest

from query_room.ledgers import LedgerKind, LedgerRefusedError
from query_room.ledgers.model import BalanceLine, LedgerPreview, MonthOfVisits, RequestLine
from query_room.ledgers.reading import headings, read_ledger, words
from query_room.ledgers.words import BAD_CELLS
from query_room.statute.codes import ApplicantCategory, Disposition
from tests.query_room.ledgers.books import HEAD, REGISTER, book

TODAY = dt.date(2026, 11, 24)


def read(content: bytes, kind: LedgerKind = LedgerKind.REQUESTS) -> LedgerPreview:
    return read_ledger(content, kind, "qinghe", today=TODAY)


def test_a_register_is_read_and_what_cannot_be_is_listed() -> None:
    found = read(REGISTER)
    assert found.requests == (
        RequestLine(
            number="清依申〔2008〕1号",
            received_on=dt.date(2008, 6, 2),
            category=ApplicantCategory.NATURAL,
            disposition=Disposition.OPENED,
            closed_on=dt.date(2008, 6, 20),
        ),
        RequestLine(
            number="2",
            received_on=dt.date(2008, 7, 1),
            category=ApplicantCategory.BUSINESS,
            disposition=Disposition.NOT_HELD,
            closed_on=dt.date(2008, 7, 15),
        ),
        RequestLine(
            number="3",
            received_on=dt.date(2008, 12, 30),
            category=ApplicantCategory.NATURAL,
            disposition=None,
            closed_on=None,
        ),
    )
    assert found.totals == (("2008年", 6),)
    assert [(each.row, each.column, each.value_class, each.reason) for each in found.bad] == [
        (7, "E", "text", "not_a_day"),
        (8, "D", "text", "unknown_word"),
        (9, "G", "text", "before_receipt"),
        (10, "G", "empty", "result_without_day"),
        (11, "A", "text", "twice"),
    ]
    assert found.bad_rows == 5
    assert found.unread_columns == ("申请人", "身份证号")


def test_names_are_never_in_what_was_read() -> None:
    said = repr(read(REGISTER))
    for name in ("李秀英", "150204199002301227", "王小明", "张三", "昨天", "居民"):
        assert name not in said


def test_a_number_that_is_a_name_is_left_out() -> None:
    row = ("张三第1号", "", "", "nat", "2008-06-02", "A1", "2008-06-03")
    assert read(book(HEAD, row)).requests[0].number in {"", "张三第1号"}
    named = ("李秀英", "", "", "nat", "2008-06-02", "A1", "2008-06-03")
    assert read(book(HEAD, named)).requests[0].number == ""


def test_a_cell_merged_down_means_the_same_for_each_row() -> None:
    rows = [(str(each), "", "", "自然人", "2008-06-02", "公开", "2008-06-03") for each in (1, 2, 3)]
    found = read(book(HEAD, *rows, merged=["D2:D4", "E2:E4"]))
    assert [each.number for each in found.requests] == ["1", "2", "3"]
    assert found.bad == ()


def test_a_heading_printed_again_is_no_row() -> None:
    row = ("1", "", "", "自然人", "2008-06-02", "公开", "2008-06-03")
    found = read(book(HEAD, row, HEAD))
    assert (len(found.requests), found.bad) == (1, ())


def test_days_to_come_are_refused() -> None:
    row = ("1", "", "", "自然人", "2027-06-02", "", "")
    assert [each.reason for each in read(book(HEAD, row)).bad] == ["in_future"]


def test_opening_balances() -> None:
    found = read(
        book(
            ("年度", "申请人类别", "上年结转"),
            ("2025年", "自然人", 12),
            (2025, "商业企业", "3"),
            (2025, "自然人", 1),
            ("去年", "其他", -1),
            ("合计", "", 15),
        ),
        LedgerKind.BALANCES,
    )
    assert found.balances == (
        BalanceLine(year=2025, category=ApplicantCategory.NATURAL, count=12),
        BalanceLine(year=2025, category=ApplicantCategory.BUSINESS, count=3),
    )
    assert [(each.row, each.reason) for each in found.bad] == [
        (4, "twice"),
        (5, "not_a_year"),
        (5, "not_a_count"),
    ]


def test_visits_are_added_up_by_month() -> None:
    found = read(
        book(
            ("日期", "查阅人", "人次", "卷次", "件次", "复制页数"),
            ("2008-03-05", "李秀英", 1, 2, 5, 10),
            ("2008.3.20", "王小明", 2, 1, "", ""),
            ("2008年4月", "", 7, 0, 0, "1,200"),
            ("2008年5月", "", "许多", 0, 0, 0),
        ),
        LedgerKind.VISITS,
    )
    assert found.visits == (
        MonthOfVisits(month=dt.date(2008, 3, 1), visits=3, volumes=3, items=5, pages=10),
        MonthOfVisits(month=dt.date(2008, 4, 1), visits=7, volumes=0, items=0, pages=1200),
    )
    assert [(each.field, each.reason) for each in found.bad] == [("visits", "not_a_count")]


def test_without_a_known_heading_there_is_no_register() -> None:
    with pytest.raises(LedgerRefusedError, match="no_header"):
        read(book(("姓名", "电话"), ("李秀英", "13900001234")))


def test_every_word_of_the_tables_leads_to_a_code() -> None:
    assert set(words("category").values()) == {each.value for each in ApplicantCategory}
    assert set(words("disposition").values()) - {""} == {each.value for each in Disposition}
    for kind in LedgerKind:
        assert headings(kind)
    assert {each.reason for each in read(REGISTER).bad} <= set(BAD_CELLS)

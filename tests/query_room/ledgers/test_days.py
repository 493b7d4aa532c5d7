"""Days in every form found in offices."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from query_room.ledgers.days import read_day, read_month

DAY = dt.date(2008, 3, 5)


@pytest.mark.parametrize(
    "written",
    [
        "2008-3-5",
        "2008-03-05",
        "2008.03.05",
        "2008/3/5",
        "2008年3月5日",
        "2008年3月5",
        "２００８年３月５日",
        " 2008 年 3 月 5 日 ",
        "20080305",
        20080305,
        "二〇〇八年三月五日",
        "二○○八年三月五日",
        "二零零八年三月五日",
        "2008-03-05 14:30",
        39512,
        39512.6,
        "39512",
        dt.date(2008, 3, 5),
        dt.datetime(2008, 3, 5, 9, 30),  # noqa: DTZ001 - as Excel's cells come
    ],
)
def test_one_day_in_many_forms(written: object) -> None:
    assert read_day(written) == DAY


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("二〇一〇年十月十日", dt.date(2010, 10, 10)),
        ("二〇一二年十二月三十一日", dt.date(2012, 12, 31)),
        ("二〇一二年二月二十九日", dt.date(2012, 2, 29)),
        ("二〇一二年十一月二十日", dt.date(2012, 11, 20)),
    ],
)
def test_chinese_numerals_with_tens(written: str, day: dt.date) -> None:
    assert read_day(written) == day


@pytest.mark.parametrize(
    "written",
    ["", "三月五日", "2008-13-5", "2008-02-30", "5/3/2008", "昨天", 12, -1, 1e300, float("nan"),
     float("inf"), True, None, "二〇〇八年三月", "2008", object()],
)  # fmt: skip
def test_what_is_no_day_is_none(written: object) -> None:
    assert read_day(written) is None


@pytest.mark.parametrize(
    "written", ["2008-3", "2008年3月", "2008.03", "2008-03-05", "二〇〇八年三月五日", 39512]
)
def test_months(written: object) -> None:
    assert read_month(written) == dt.date(2008, 3, 1)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_read_back(day: dt.date) -> None:
    serial = (day - dt.date(1899, 12, 30)).days
    forms = (day.isoformat(), f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", serial)
    assert {read_day(each) for each in forms} == {day}


@given(st.text() | st.integers() | st.floats())
def test_nothing_that_stands_in_a_cell_breaks_the_reading(value: object) -> None:
    read_day(value)
    read_month(value)

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.catalogue.dates import read_date, read_parts
from indexer.catalogue.grids import DateCell
from indexer.dates import PartialDate


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("2019-01-27", PartialDate(2019, 1, 27)),
        ("2019/1/27", PartialDate(2019, 1, 27)),
        ("2019-01-27 00:00:00", PartialDate(2019, 1, 27)),
        ("2019-01-27T08:30", PartialDate(2019, 1, 27)),
        ("20110300", PartialDate(2011, 3)),
        (20110300, PartialDate(2011, 3)),
        ("20110000", PartialDate(2011)),
        ("2011.3.5", PartialDate(2011, 3, 5)),
        ("2011-3", PartialDate(2011, 3)),
        ("2011.03.00", PartialDate(2011, 3)),
        ("２０１１年３月", PartialDate(2011, 3)),
        ("二〇一一年三月", PartialDate(2011, 3)),
        ("二〇〇八年三月十五日", PartialDate(2008, 3, 15)),
        ("1968", PartialDate(1968)),
        (1968.0, PartialDate(1968)),
        ("民国三十五年", PartialDate(1946)),
        ("中华民国35年3月5日", PartialDate(1946, 3, 5)),
        ("民国元年", PartialDate(1912)),
        ("不详", None),
        ("/", None),
        ("00000000", None),
        (None, None),
        (DateCell("2011-03", 40603), PartialDate(2011, 3)),
    ],
)
def test_a_date_keeps_its_precision(cell: object, date: PartialDate | None) -> None:
    read = read_date(cell)
    assert (read.date, read.doubt) == (date, "")


@pytest.mark.parametrize(
    ("cell", "date", "doubt"),
    [
        ("40603", PartialDate(2011, 3, 1), "date_from_serial"),
        (40603.0, PartialDate(2011, 3, 1), "date_from_serial"),
        (DateCell("1905-07-03", 2011), PartialDate(2011), "year_shown_as_day"),
        ("1905-07-03", PartialDate(1905, 7, 3), "perhaps_a_year"),
        ("1968-1972", PartialDate(1968), "date_span"),
        ("2008年3月至2009年1月", PartialDate(2008, 3), "date_span"),
        ("2008.3—2009.1", PartialDate(2008, 3), "date_span"),
    ],
)
def test_a_date_read_in_a_way_worth_a_look_says_so(
    cell: object, date: PartialDate, doubt: str
) -> None:
    read = read_date(cell)
    assert (read.date, read.doubt) == (date, doubt)


@pytest.mark.parametrize(
    "text", ["2019-02-30", "明年", "20191", "2019-13-01", "110305", "201103", "民国35年13月"]
)
def test_what_is_no_date_or_may_be_two_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        read_date(text)


def test_six_digits_are_a_month_where_that_is_settled() -> None:
    assert read_date("201103", six_digits_are_months=True).date == PartialDate(2011, 3)
    with pytest.raises(ValueError, match="110305"):
        read_date("110305", six_digits_are_months=True)


def test_year_month_and_day_may_stand_apart() -> None:
    assert read_parts(2011, "3月", 5.0).date == PartialDate(2011, 3, 5)
    assert read_parts("二〇一一", "三", None).date == PartialDate(2011, 3)
    assert read_parts("2011年", "0", "00").date == PartialDate(2011)
    assert read_parts(None, None, None).date is None
    for parts in (("2011", "13", ""), ("11", "3", "5"), ("2011", "", "5"), ("2011", "2", "30")):
        with pytest.raises(ValueError, match=r"\."):
            read_parts(*parts)


@given(st.one_of(st.dates(), st.integers(), st.floats(), st.text()))
def test_a_hostile_value_is_read_or_refused_and_nothing_else(value: object) -> None:
    for cells in ((value, None, None), (2011, value, None), (2011, 3, value)):
        try:
            read_parts(*cells)
        except ValueError:
            continue
    with contextlib.suppress(ValueError):
        read_date(str(value))

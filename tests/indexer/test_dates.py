from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.dates import PartialDate, Precision

DAYS = st.dates(min_value=dt.date(1, 1, 1)).map(
    lambda day: PartialDate(day.year, day.month, day.day)
)
MONTHS = st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12))
YEARS = st.builds(PartialDate, st.integers(1, 9999))


@given(st.one_of(DAYS, MONTHS, YEARS))
def test_what_is_written_reads_back(date: PartialDate) -> None:
    assert PartialDate.fromisoformat(date.isoformat()) == date
    assert date.first_day <= date.last_day


def test_precision_widens_the_days_it_can_mean() -> None:
    day, month, year = PartialDate(2008, 2, 3), PartialDate(2008, 2), PartialDate(2008)
    assert [each.precision for each in (day, month, year)] == list(Precision)
    assert day.first_day == day.last_day == dt.date(2008, 2, 3)
    assert (month.first_day, month.last_day) == (dt.date(2008, 2, 1), dt.date(2008, 2, 29))
    assert (year.first_day, year.last_day) == (dt.date(2008, 1, 1), dt.date(2008, 12, 31))


@pytest.mark.parametrize("parts", [(2007, 2, 29), (2008, 13), (0,), (2008, None, 3)])
def test_a_day_that_never_was_is_refused(parts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PartialDate(*parts)


@pytest.mark.parametrize(
    "text", ["", "2008-", "二〇〇八", "２００８", "2008-02-03-04", "2008-2-30"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        PartialDate.fromisoformat(text)

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from search_api.china_time import day_bounds, day_in_china


def test_a_day_turns_at_four_in_the_afternoon_of_greenwich() -> None:
    assert day_in_china(dt.datetime(2026, 3, 1, 15, 59, 59, tzinfo=dt.UTC)) == dt.date(2026, 3, 1)
    assert day_in_china(dt.datetime(2026, 3, 1, 16, 0, tzinfo=dt.UTC)) == dt.date(2026, 3, 2)


@given(
    st.datetimes(
        dt.datetime(1995, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
        dt.datetime(2100, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
        timezones=st.just(dt.UTC),
    )
)
def test_every_instant_lies_within_its_own_day(at: dt.datetime) -> None:
    start, end = day_bounds(day_in_china(at))
    assert start <= at < end

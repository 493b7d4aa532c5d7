from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from query_room.fees import FeeBasis, fee

DAY = dt.date(2026, 3, 2)


@pytest.mark.parametrize(
    ("count", "yuan"),
    [(0, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (45, 5500), (60, 11000)],
)
def test_items_cost_what_the_tariff_says(count: int, yuan: int) -> None:
    assert fee(FeeBasis.ITEMS, count, DAY) == yuan


@pytest.mark.parametrize(
    ("count", "yuan"),
    [(0, 0), (30, 0), (31, 10), (100, 700), (200, 2700), (201, 2740), (250, 4700)],
)
def test_pages_cost_what_the_tariff_says(count: int, yuan: int) -> None:
    assert fee(FeeBasis.PAGES, count, DAY) == yuan


def test_before_the_tariff_nothing_could_be_charged() -> None:
    with pytest.raises(LookupError):
        fee(FeeBasis.PAGES, 100, dt.date(2020, 12, 31))


@given(st.sampled_from(FeeBasis), st.integers(0, 500))
def test_one_more_never_costs_less(basis: FeeBasis, count: int) -> None:
    dearer = fee(basis, count + 1, DAY) - fee(basis, count, DAY)
    assert dearer >= 0
    assert dearer >= fee(basis, count, DAY) - fee(basis, max(0, count - 1), DAY)

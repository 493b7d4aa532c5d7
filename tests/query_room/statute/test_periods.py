from __future__ import annotations

import datetime as dt

import pytest

from query_room.statute.periods import PeriodKey, load_periods


@pytest.mark.parametrize(
    ("key", "day", "value"),
    [
        (PeriodKey.REPLY, "2019-05-14", 15),
        (PeriodKey.REPLY, "2019-05-15", 20),
        (PeriodKey.EXTENSION, "2008-05-01", 15),
        (PeriodKey.EXTENSION, "2026-01-01", 20),
        (PeriodKey.CLARIFICATION, "2026-01-01", 7),
        (PeriodKey.THIRD_PARTY, "2026-01-01", 15),
        (PeriodKey.OTHER_ORGAN, "2026-01-01", 15),
        (PeriodKey.FEE_PAYMENT, "2026-01-01", 20),
        (PeriodKey.REVIEW_APPLICATION, "2026-01-01", 60),
        (PeriodKey.SUIT, "2026-01-01", 6),
        (PeriodKey.SUIT_AFTER_REVIEW, "2026-01-01", 15),
        (PeriodKey.WARN_EARLY, "2026-01-01", 10),
        (PeriodKey.WARN_SOON, "2026-01-01", 5),
        (PeriodKey.WARN_LAST, "2026-01-01", 1),
    ],
)
def test_periods_are_those_of_the_law_on_that_day(key: PeriodKey, day: str, value: int) -> None:
    assert load_periods().at(key, dt.date.fromisoformat(day)).value == value


def test_before_the_law_there_was_no_period() -> None:
    with pytest.raises(LookupError):
        load_periods().at(PeriodKey.REPLY, dt.date(2008, 4, 30))
    assert load_periods().find(PeriodKey.THIRD_PARTY, dt.date(2010, 1, 1)) is None


def test_every_period_names_its_source_and_no_two_hold_at_once() -> None:
    rows = load_periods().rows
    assert all(row.source and row.law for row in rows)
    for row in rows:
        same = [each for each in rows if each.key is row.key and each is not row]
        for other in same:
            ends = row.valid_until or dt.date.max
            assert ends < other.valid_from or (other.valid_until or dt.date.max) < row.valid_from

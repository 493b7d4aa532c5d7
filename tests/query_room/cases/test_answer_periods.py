"""By when a defence is due. Source: 行政复议法, 行政诉讼法 (from memory; verify)."""

from __future__ import annotations

import datetime as dt

import pytest

from query_room.calendar import WorkingCalendar
from query_room.calendar.packaged import packaged_days
from query_room.cases.answer_periods import answer_period
from query_room.statute.case_codes import CaseBlock
from query_room.statute.periods import load_periods

CALENDAR = WorkingCalendar(days=packaged_days(), years=frozenset({2023, 2026}), version="test")


@pytest.mark.parametrize(
    ("block", "told", "due"),
    [
        (CaseBlock.REVIEW, "2026-03-02", "2026-03-16"),  # ten working days
        (CaseBlock.REVIEW, "2023-03-01", "2023-03-13"),  # ten days, the last one a Saturday
        (CaseBlock.DIRECT, "2026-03-02", "2026-03-17"),  # fifteen days
        (CaseBlock.AFTER_REVIEW, "2026-03-06", "2026-03-23"),  # the last one a Saturday
        (CaseBlock.DIRECT, "2015-04-30", "2015-05-11"),  # ten days by the older text
    ],
)
def test_the_period_is_that_of_the_day_on_which_the_organ_was_told(
    block: CaseBlock, told: str, due: str
) -> None:
    found = answer_period(
        block, dt.date.fromisoformat(told), periods=load_periods(), calendar=CALENDAR
    )
    assert found is not None
    assert found.last_day == dt.date.fromisoformat(due)
    assert found.article.endswith("条")
    assert found.is_provisional is (found.last_day.year not in CALENDAR.years)


def test_before_the_laws_there_is_no_period() -> None:
    long_ago = dt.date(1980, 1, 1)
    for block in CaseBlock:
        found = answer_period(block, long_ago, periods=load_periods(), calendar=CALENDAR)
        assert found is None

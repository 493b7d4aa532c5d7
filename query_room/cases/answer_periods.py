"""By when an organ must send its defence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from query_room.statute.case_codes import CaseBlock
from query_room.statute.periods import PeriodKey

if TYPE_CHECKING:
    from query_room.calendar import WorkingCalendar
    from query_room.statute.periods import Periods


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPeriod:
    """The last day for a defence.

    Attributes:
        article: The law that says so.
        is_provisional: Whether it counts days of a year whose calendar is not known.
    """

    last_day: dt.date
    article: str
    is_provisional: bool


def answer_period(
    block: CaseBlock, notified_on: dt.date, *, periods: Periods, calendar: WorkingCalendar
) -> AnswerPeriod | None:
    """The period of an organ that was told on that day; ``None`` where no rule is known.

    The day itself is not counted. A period in days that ends on a day of rest ends on the next
    working day.
    Source: 民事诉讼法 art. 85 as 行政诉讼法 art. 101 applies it (from memory; verify).
    """
    key = PeriodKey.REVIEW_ANSWER if block is CaseBlock.REVIEW else PeriodKey.SUIT_ANSWER
    period = periods.find(key, notified_on)
    if period is None:
        return None
    if period.unit == "working days":
        last = calendar.nth_working_day_after(notified_on, period.value)
    else:
        before = notified_on + dt.timedelta(days=period.value - 1)
        last = calendar.nth_working_day_after(before, 1)
    return AnswerPeriod(
        last_day=last,
        article=f"{period.law} {period.article}",
        is_provisional=not calendar.covers(last),
    )

"""How much time is left on a day: computed, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from query_room.statute.periods import PeriodKey

if TYPE_CHECKING:
    import datetime as dt

    from query_room.calendar.model import WorkingCalendar
    from query_room.clock.model import Clock
    from query_room.statute.periods import Periods


class Urgency(StrEnum):
    """How pressing a request is."""

    NONE = "none"
    TEN = "ten"
    FIVE = "five"
    ONE = "one"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How much is left.

    Attributes:
        working_days_left: Days that still count, today included; negative once overdue; ``None``
            while the clock stands still without an end.
    """

    working_days_left: int | None
    urgency: Urgency

    @property
    def is_overdue(self) -> bool:
        """Whether the due date has passed."""
        return self.urgency is Urgency.OVERDUE


def standing(
    clock: Clock, today: dt.date, *, periods: Periods, calendar: WorkingCalendar
) -> Standing:
    """How much is left on a day; of a closed request, on the day it was closed."""
    day = clock.closed_on or today
    if clock.due_on is None:
        return Standing(working_days_left=None, urgency=Urgency.NONE)
    if day > clock.due_on:
        late = calendar.working_days_between(clock.due_on, day)
        # A due date that passed on Friday is overdue on Saturday, though by no working day.
        return Standing(working_days_left=-late, urgency=Urgency.OVERDUE)
    left = sum(line.counted is not None and line.day >= day for line in clock.lines)
    return Standing(working_days_left=left, urgency=_urgency(left, day, periods))


def _urgency(left: int, day: dt.date, periods: Periods) -> Urgency:
    for key, urgency in (
        (PeriodKey.WARN_LAST, Urgency.ONE),
        (PeriodKey.WARN_SOON, Urgency.FIVE),
        (PeriodKey.WARN_EARLY, Urgency.TEN),
    ):
        rule = periods.find(key, day)
        if rule is not None and left <= rule.value:
            return urgency
    return Urgency.NONE

"""The calendar: which days are worked, why, and how far that is known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_SATURDAY: Final = 5
_ONE: Final = dt.timedelta(days=1)


class DayKind(StrEnum):
    """What a notice makes of a day."""

    HOLIDAY = "holiday"  # 放假
    WORKDAY = "workday"  # 调休上班


class DayReason(StrEnum):
    """Why a day is worked or not."""

    WORKDAY = "workday"
    MAKE_UP = "make_up"  # 调休上班
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedDay:
    """A day that is not what its weekday says. ``source``: the notice that says so."""

    kind: DayKind
    name: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingCalendar:
    """Working days, at one version.

    Attributes:
        days: Days that are marked; all others are worked from Monday to Friday.
        years: Years whose official notice is known; in others the answer is provisional.
        version: Changes whenever any answer may change.
    """

    days: Mapping[dt.date, MarkedDay]
    years: frozenset[int]
    version: str

    def is_working_day(self, day: dt.date) -> bool:
        """Whether the day is worked."""
        marked = self.days.get(day)
        if marked is not None:
            return marked.kind is DayKind.WORKDAY
        return day.weekday() < _SATURDAY

    def covers(self, day: dt.date) -> bool:
        """Whether the notice for the day's year is known."""
        return day.year in self.years

    def reason(self, day: dt.date) -> DayReason:
        """Why the day is worked or not."""
        marked = self.days.get(day)
        if marked is not None:
            is_worked = marked.kind is DayKind.WORKDAY
            return DayReason.MAKE_UP if is_worked else DayReason.HOLIDAY
        return DayReason.WORKDAY if day.weekday() < _SATURDAY else DayReason.WEEKEND

    def name_of(self, day: dt.date) -> str:
        """The holiday that the day belongs to, or ``""``."""
        marked = self.days.get(day)
        return "" if marked is None else marked.name

    def nth_working_day_after(self, day: dt.date, count: int) -> dt.date:
        """The ``count``-th working day after a day, itself not counted; ``count`` at least 1."""
        while count > 0:
            day += _ONE
            count -= self.is_working_day(day)
        return day

    def working_days_between(self, after: dt.date, until: dt.date) -> int:
        """Working days after one day and up to another, that one included."""
        days = range((until - after).days)
        return sum(self.is_working_day(after + dt.timedelta(days=each + 1)) for each in days)

"""A year of the calendar, neighbours drawn together."""

from __future__ import annotations

import datetime as dt

from query_room.calendar import DayKind, MarkedDay, WorkingCalendar
from query_room.pages.calendar.view_models import calendar_view


def test_days_of_one_holiday_are_one_stretch() -> None:
    spring = MarkedDay(kind=DayKind.HOLIDAY, name="春节", source="通知")
    make_up = MarkedDay(kind=DayKind.WORKDAY, name="春节", source="通知")
    days = {dt.date(2026, 2, 15) + dt.timedelta(days=each): spring for each in range(9)}
    days[dt.date(2026, 2, 14)] = make_up
    days[dt.date(2026, 2, 28)] = make_up
    days[dt.date(2027, 1, 1)] = spring
    calendar = WorkingCalendar(days=days, years=frozenset({2026}), version="1")
    view = calendar_view(calendar, 2026, [])
    assert [(each.first.day, each.last.day, each.is_worked) for each in view.stretches] == [
        (14, 14, True),
        (15, 23, False),
        (28, 28, True),
    ]
    assert view.is_known
    assert not calendar_view(calendar, 2027, []).is_known

from __future__ import annotations

import datetime as dt

import pytest

from query_room.clock import ClockEvent, ClockKind, Urgency, read_clock, standing
from tests.query_room.clock.test_reading import CALENDAR, PERIODS

RECEIVED = ClockEvent(kind=ClockKind.RECEIVED, day=dt.date(2026, 3, 2))
DUE = dt.date(2026, 3, 30)


@pytest.mark.parametrize(
    ("today", "left", "urgency"),
    [
        ("2026-03-03", 20, Urgency.NONE),
        ("2026-03-16", 11, Urgency.NONE),
        ("2026-03-17", 10, Urgency.TEN),
        ("2026-03-24", 5, Urgency.FIVE),
        ("2026-03-30", 1, Urgency.ONE),
        ("2026-03-31", -1, Urgency.OVERDUE),
        ("2026-04-07", -5, Urgency.OVERDUE),
    ],
)
def test_what_is_left_is_warned_of_in_time(today: str, left: int, urgency: Urgency) -> None:
    clock = read_clock([RECEIVED], periods=PERIODS, calendar=CALENDAR)
    assert clock.due_on == DUE
    found = standing(clock, dt.date.fromisoformat(today), periods=PERIODS, calendar=CALENDAR)
    assert (found.working_days_left, found.urgency) == (left, urgency)


def test_of_a_closed_request_it_is_what_was_left_when_it_was_closed() -> None:
    closed = ClockEvent(kind=ClockKind.CLOSED, day=dt.date(2026, 3, 31))
    clock = read_clock([RECEIVED, closed], periods=PERIODS, calendar=CALENDAR)
    assert clock.was_late
    found = standing(clock, dt.date(2027, 1, 1), periods=PERIODS, calendar=CALENDAR)
    assert (found.working_days_left, found.is_overdue) == (-1, True)


def test_a_clock_that_stands_still_warns_of_nothing() -> None:
    asked = ClockEvent(
        kind=ClockKind.CLARIFICATION_ASKED, day=dt.date(2026, 3, 4), until=dt.date(2026, 3, 20)
    )
    clock = read_clock([RECEIVED, asked], periods=PERIODS, calendar=CALENDAR)
    found = standing(clock, dt.date(2026, 9, 1), periods=PERIODS, calendar=CALENDAR)
    assert (found.working_days_left, found.urgency) == (None, Urgency.NONE)

"""The clock against the values that were reckoned by hand, and against its promises."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from query_room.calendar import DayKind, MarkedDay, WorkingCalendar
from query_room.calendar.packaged import packaged_days, statutory_days
from query_room.clock import (
    Clock,
    ClockEvent,
    ClockKind,
    ClockRefusedError,
    ClockState,
    ConsultedParty,
    LineReason,
    read_clock,
)
from query_room.statute.periods import load_periods

CALENDAR = WorkingCalendar(
    days=statutory_days() | packaged_days(), years=frozenset(range(2004, 2027)), version="2026"
)
PERIODS = load_periods()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def event(kind: ClockKind, on: str, **more: object) -> ClockEvent:
    return ClockEvent(kind=kind, day=day(on), **more)  # type: ignore[arg-type]


def clock(*events: ClockEvent) -> Clock:
    return read_clock(events, periods=PERIODS, calendar=CALENDAR)


def received(on: str) -> ClockEvent:
    return event(ClockKind.RECEIVED, on)


# Receipt; the 7th, 15th, 20th and 40th working day after it.
BY_HAND = [
    ("2026-01-30", "2026-02-10", "2026-02-27", "2026-03-05", "2026-04-02"),
    ("2026-02-09", "2026-02-25", "2026-03-06", "2026-03-13", "2026-04-13"),
    ("2026-09-14", "2026-09-22", "2026-10-10", "2026-10-16", "2026-11-13"),
    ("2026-09-25", "2026-10-12", "2026-10-22", "2026-10-29", "2026-11-26"),
    ("2025-09-22", "2025-09-30", "2025-10-17", "2025-10-24", "2025-11-21"),
    ("2024-01-31", "2024-02-08", "2024-02-26", "2024-03-04", "2024-04-01"),
    ("2008-05-04", "2008-05-13", "2008-05-23", "2008-05-30", "2008-06-30"),
]


@pytest.mark.parametrize("values", BY_HAND, ids=[row[0] for row in BY_HAND])
def test_working_days_are_those_reckoned_by_hand(values: tuple[str, ...]) -> None:
    start, *expected = map(day, values)
    found = [CALENDAR.nth_working_day_after(start, count) for count in (7, 15, 20, 40)]
    assert found == expected


@pytest.mark.parametrize("values", BY_HAND[:6], ids=[row[0] for row in BY_HAND[:6]])
def test_the_reply_is_due_after_twenty_working_days_and_twenty_more(
    values: tuple[str, ...],
) -> None:
    start, window, _, due, extended = values
    first = clock(received(start))
    assert first.due_on == day(due)
    assert first.clarify_by == day(window)
    longer = event(ClockKind.EXTENDED, due, working_days=20, approver="fuze")
    assert clock(received(start), longer).due_on == day(extended)


def test_under_the_first_regulation_it_was_fifteen_and_fifteen() -> None:
    first = clock(received("2008-05-04"))
    assert first.due_on == day("2008-05-23")
    extension = event(ClockKind.EXTENDED, "2008-05-23", working_days=15, approver="fuze")
    assert clock(received("2008-05-04"), extension).period == 30
    with pytest.raises(ClockRefusedError, match="too_long"):
        clock(
            received("2008-05-04"),
            event(ClockKind.EXTENDED, "2008-05-23", working_days=16, approver="fuze"),
        )
    assert clock(received("2019-05-14")).period == 15
    assert clock(received("2019-05-15")).period == 20


def test_a_correction_begins_the_period_anew() -> None:
    asked = event(ClockKind.CLARIFICATION_ASKED, "2026-03-04", until=day("2026-03-18"))
    waiting = clock(received("2026-03-02"), asked)
    assert (waiting.due_on, waiting.state) == (None, ClockState.AWAITING_CORRECTION)
    assert waiting.correct_by == day("2026-03-18")
    corrected = clock(received("2026-03-02"), asked, event(ClockKind.CORRECTED, "2026-03-16"))
    assert corrected.due_on == clock(received("2026-03-16")).due_on
    assert corrected.received_on == day("2026-03-02")


def test_days_of_consultation_are_taken_out_and_the_count_goes_on() -> None:
    sent = event(
        ClockKind.CONSULTATION_SENT,
        "2026-03-09",
        consultation="k1",
        party=ConsultedParty.THIRD_PARTY,
    )
    answered = event(ClockKind.CONSULTATION_ANSWERED, "2026-03-13", consultation="k1")
    plain = clock(received("2026-03-02"))
    consulted = clock(received("2026-03-02"), sent, answered)
    assert plain.due_on is not None
    assert consulted.due_on == CALENDAR.nth_working_day_after(plain.due_on, 4)
    assert consulted.consultations[0].excluded_days == 4
    assert not consulted.consultations[0].silence_consents


def test_a_silent_party_stops_the_clock_for_its_fifteen_days_alone() -> None:
    sent = event(
        ClockKind.CONSULTATION_SENT,
        "2026-03-09",
        consultation="k1",
        party=ConsultedParty.OTHER_ORGAN,
    )
    silent = clock(received("2026-03-02"), sent)
    plain = clock(received("2026-03-02"))
    assert plain.due_on is not None
    assert silent.due_on == CALENDAR.nth_working_day_after(plain.due_on, 15)
    late = event(ClockKind.CONSULTATION_ANSWERED, "2026-04-20", consultation="k1")
    assert clock(received("2026-03-02"), sent, late).due_on == silent.due_on
    assert silent.state is ClockState.CONSULTING
    assert silent.consultations[0].silence_consents


def test_two_consultations_at_once_are_not_taken_out_twice() -> None:
    def sent(name: str) -> ClockEvent:
        return event(
            ClockKind.CONSULTATION_SENT,
            "2026-03-09",
            consultation=name,
            party=ConsultedParty.THIRD_PARTY,
        )

    def answered(name: str, on: str) -> ClockEvent:
        return event(ClockKind.CONSULTATION_ANSWERED, on, consultation=name)

    both = clock(
        received("2026-03-02"),
        sent("a"),
        sent("b"),
        answered("a", "2026-03-11"),
        answered("b", "2026-03-13"),
    )
    one = clock(received("2026-03-02"), sent("b"), answered("b", "2026-03-13"))
    assert both.due_on == one.due_on


def test_a_fee_stops_the_clock_until_it_is_paid_and_begins_it_anew() -> None:
    noticed = event(ClockKind.FEE_NOTICED, "2026-03-10")
    waiting = clock(received("2026-03-02"), noticed)
    assert (waiting.due_on, waiting.state) == (None, ClockState.AWAITING_PAYMENT)
    assert waiting.pay_by == CALENDAR.nth_working_day_after(day("2026-03-10"), 20)
    paid = clock(received("2026-03-02"), noticed, event(ClockKind.FEE_PAID, "2026-03-20"))
    assert paid.due_on == CALENDAR.nth_working_day_after(day("2026-03-20"), 20)


def test_a_longer_period_takes_the_place_of_the_usual_one() -> None:
    longer = event(ClockKind.LONGER_PERIOD_SET, "2026-03-10", working_days=60, approver="fuze")
    found = clock(received("2026-03-02"), longer)
    assert found.due_on == CALENDAR.nth_working_day_after(day("2026-03-02"), 60)


def test_a_reopened_request_gets_a_new_period() -> None:
    closed = event(ClockKind.CLOSED, "2026-03-10")
    reopened = event(ClockKind.REOPENED, "2026-05-11")
    found = clock(received("2026-03-02"), closed, reopened)
    assert found.due_on == clock(received("2026-05-11")).due_on
    assert found.state is ClockState.RUNNING


def test_on_one_day_what_can_come_next_comes_next() -> None:
    asked = event(ClockKind.CLARIFICATION_ASKED, "2026-03-04", until=day("2026-03-18"))
    corrected = event(ClockKind.CORRECTED, "2026-03-04")
    assert (
        clock(received("2026-03-02"), corrected, asked).due_on
        == clock(received("2026-03-04")).due_on
    )
    closed = event(ClockKind.CLOSED, "2026-03-04")
    reopened = event(ClockKind.REOPENED, "2026-03-05")
    again = event(ClockKind.CLOSED, "2026-03-05")
    assert clock(received("2026-03-02"), again, reopened, closed).state is ClockState.CLOSED


ASK = event(ClockKind.CLARIFICATION_ASKED, "2026-03-04", until=day("2026-03-18"))
REFUSED = {
    "not_received": [ASK],
    "before_receipt": [ASK, received("2026-03-05")],
    "received_twice": [received("2026-03-02"), received("2026-03-03")],
    "clarified_before": [
        received("2026-03-02"),
        ASK,
        event(ClockKind.CORRECTED, "2026-03-05"),
        event(ClockKind.CLARIFICATION_ASKED, "2026-03-06", until=day("2026-03-18")),
    ],
    "window_passed": [
        received("2026-03-02"),
        event(ClockKind.CLARIFICATION_ASKED, "2026-03-12", until=day("2026-03-18")),
    ],
    "not_asked": [received("2026-03-02"), event(ClockKind.CORRECTED, "2026-03-05")],
    "extended_before": [
        received("2026-03-02"),
        event(ClockKind.EXTENDED, "2026-03-05", working_days=5, approver="fuze"),
        event(ClockKind.EXTENDED, "2026-03-06", working_days=5, approver="fuze"),
    ],
    "needs_approver": [
        received("2026-03-02"),
        event(ClockKind.EXTENDED, "2026-03-05", working_days=5),
    ],
    "too_long": [
        received("2026-03-02"),
        event(ClockKind.EXTENDED, "2026-03-05", working_days=21, approver="fuze"),
    ],
    "too_short": [
        received("2026-03-02"),
        event(ClockKind.LONGER_PERIOD_SET, "2026-03-05", working_days=20, approver="fuze"),
    ],
    "due_date_passed": [
        received("2026-03-02"),
        event(ClockKind.EXTENDED, "2026-03-31", working_days=20, approver="fuze"),
    ],
    "stands_still": [
        received("2026-03-02"),
        ASK,
        event(ClockKind.EXTENDED, "2026-03-06", working_days=20, approver="fuze"),
    ],
    "unknown_party": [
        received("2026-03-02"),
        event(ClockKind.CONSULTATION_SENT, "2026-03-05", consultation="k1"),
    ],
    "no_consultation": [
        received("2026-03-02"),
        event(ClockKind.CONSULTATION_ANSWERED, "2026-03-05", consultation="k1"),
    ],
    "no_fee": [received("2026-03-02"), event(ClockKind.FEE_PAID, "2026-03-05")],
    "closed": [received("2026-03-02"), event(ClockKind.CLOSED, "2026-03-03"), ASK],
    "not_closed": [received("2026-03-02"), event(ClockKind.REOPENED, "2026-03-05")],
}


@pytest.mark.parametrize("reason", REFUSED)
def test_what_the_law_does_not_allow_is_refused(reason: str) -> None:
    with pytest.raises(ClockRefusedError, match=f"^{reason}$"):
        clock(*REFUSED[reason])


def test_a_date_in_a_year_without_a_notice_is_provisional_until_it_comes() -> None:
    provisional = clock(received("2026-12-07"))
    assert provisional.provisional
    assert provisional.due_on == day("2027-01-05")  # New Year's Day alone is taken out
    notice = {
        day("2027-01-01"): MarkedDay(kind=DayKind.HOLIDAY, name="元旦"),
        day("2027-01-04"): MarkedDay(kind=DayKind.HOLIDAY, name="元旦"),
    }
    later = WorkingCalendar(
        days=packaged_days() | notice, years=frozenset(range(2004, 2028)), version="2026+1"
    )
    known = read_clock([received("2026-12-07")], periods=PERIODS, calendar=later)
    assert (known.due_on, known.provisional) == (day("2027-01-06"), False)
    assert known.calendar_version != provisional.calendar_version


def test_every_day_from_receipt_to_due_date_is_explained() -> None:
    found = clock(
        received("2026-09-14"),
        event(
            ClockKind.CONSULTATION_SENT,
            "2026-09-16",
            consultation="k1",
            party=ConsultedParty.THIRD_PARTY,
        ),
        event(ClockKind.CONSULTATION_ANSWERED, "2026-09-18", consultation="k1"),
    )
    by_day = {line.day: line for line in found.lines}
    assert by_day[day("2026-09-14")].reason is LineReason.RECEIVED
    assert by_day[day("2026-09-17")].reason is LineReason.THIRD_PARTY
    assert by_day[day("2026-09-17")].article == "第三十二条"
    assert by_day[day("2026-09-19")].reason is LineReason.WEEKEND
    assert by_day[day("2026-09-20")].reason is LineReason.MAKE_UP
    assert by_day[day("2026-10-01")].note == "国庆节"
    assert found.lines[-1].day == found.due_on
    days = [line.day for line in found.lines]
    assert days == [days[0] + dt.timedelta(days=n) for n in range(len(days))]


STARTS = st.dates(dt.date(2020, 1, 1), dt.date(2026, 6, 30))


@st.composite
def courses(draw: st.DrawFn) -> list[ClockEvent]:
    """A receipt and consultations on days soon after it."""
    start = draw(STARTS)
    events = [ClockEvent(kind=ClockKind.RECEIVED, day=start)]
    for number in range(draw(st.integers(0, 3))):
        sent = start + dt.timedelta(days=draw(st.integers(0, 25)))
        party = draw(st.sampled_from(ConsultedParty))
        events.append(
            ClockEvent(
                kind=ClockKind.CONSULTATION_SENT, day=sent, consultation=f"k{number}", party=party
            )
        )
        if draw(st.booleans()):
            answered = sent + dt.timedelta(days=draw(st.integers(0, 40)))
            events.append(
                ClockEvent(
                    kind=ClockKind.CONSULTATION_ANSWERED, day=answered, consultation=f"k{number}"
                )
            )
    return events


@given(courses())
def test_an_added_pause_never_makes_the_due_date_earlier(events: list[ClockEvent]) -> None:
    without = clock(events[0]).due_on
    due = without
    for count in range(1, len(events) + 1):
        part = events[:count]
        if part[-1].kind is not ClockKind.CONSULTATION_SENT and count > 1:
            continue
        longer = clock(*part).due_on
        assert due is not None
        assert longer is not None
        assert longer >= due or part[-2].kind is ClockKind.CONSULTATION_ANSWERED
        due = longer
    final = clock(*events).due_on
    assert without is not None
    assert final is not None
    assert final >= without


@given(courses(), st.randoms())
def test_the_order_of_recording_does_not_matter(events: list[ClockEvent], random: object) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert clock(*shuffled) == clock(*events)
    assert clock(*events) == clock(*events)


@given(courses())
def test_the_count_sums_to_the_period_and_ends_on_a_working_day(events: list[ClockEvent]) -> None:
    found = clock(*events)
    counted = [line.counted for line in found.lines if line.counted is not None]
    assert counted == list(range(1, found.period + 1))
    assert found.due_on is not None
    assert CALENDAR.is_working_day(found.due_on)
    for before, after in itertools.pairwise(found.lines):
        assert after.day - before.day == dt.timedelta(days=1)


@given(courses())
def test_exactly_the_days_of_consultation_are_taken_out(events: list[ClockEvent]) -> None:
    found = clock(*events)
    consulted = {LineReason.THIRD_PARTY, LineReason.OTHER_ORGAN}
    for line in found.lines:
        waited = any(
            each.sent_on < line.day
            and (each.answered_on is None or line.day <= each.answered_on)
            and (each.ends_by is None or line.day <= each.ends_by)
            for each in found.consultations
        )
        if CALENDAR.is_working_day(line.day) and line.reason is not LineReason.RECEIVED:
            assert (line.reason in consulted) == waited

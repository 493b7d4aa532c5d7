"""Reading the clock: walking from day to day, as a clerk with a calendar would.

The day of receipt is not counted; day 1 is the next working day. Time spent on consulting others
is taken out and the count resumed; a correction and a payment begin it anew. Source:
政府信息公开条例 (2019) art. 30–35; 国办公开办函〔2015〕207号.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from query_room.calendar.model import DayReason
from query_room.clock.errors import ClockRefusedError
from query_room.clock.events import ClockEvent, ClockKind, ConsultedParty, in_order
from query_room.clock.model import Clock, ClockState, ConsultationClock, DayLine, LineReason
from query_room.statute.periods import PeriodKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from query_room.calendar.model import WorkingCalendar
    from query_room.statute.periods import Period, Periods

_ONE: Final = dt.timedelta(days=1)
_RECEIPT_ARTICLE: Final = "第三十一条"
_PARTY_PERIODS: Final = {
    ConsultedParty.THIRD_PARTY: PeriodKey.THIRD_PARTY,
    ConsultedParty.OTHER_ORGAN: PeriodKey.OTHER_ORGAN,
}
_PARTY_REASONS: Final = {
    ConsultedParty.THIRD_PARTY: LineReason.THIRD_PARTY,
    ConsultedParty.OTHER_ORGAN: LineReason.OTHER_ORGAN,
}
_DAY_REASONS: Final = {
    DayReason.WORKDAY: LineReason.COUNTED,
    DayReason.MAKE_UP: LineReason.MAKE_UP,
    DayReason.WEEKEND: LineReason.WEEKEND,
    DayReason.HOLIDAY: LineReason.HOLIDAY,
}


def read_clock(
    events: Iterable[ClockEvent], *, periods: Periods, calendar: WorkingCalendar
) -> Clock:
    """The clock that events add up to, in whatever order they come.

    Args:
        events: What happened; exactly one receipt among them.
        periods: What the law says. Those in force on the day of receipt hold throughout.
        calendar: Which days are worked.

    Raises:
        ClockRefusedError: The law does not allow such a course.
    """
    ordered = sorted(events, key=in_order)
    if not ordered or ordered[0].kind is not ClockKind.RECEIVED:
        received = any(event.kind is ClockKind.RECEIVED for event in ordered)
        raise ClockRefusedError("before_receipt" if received else "not_received")
    walk = _Walk(begun_on=ordered[0].day, periods=periods, calendar=calendar)
    by_day: dict[dt.date, list[ClockEvent]] = {}
    for event in ordered[1:]:
        by_day.setdefault(event.day, []).append(event)
    last = ordered[-1].day
    day = ordered[0].day
    while True:
        walk.take_day(by_day.get(day, []))
        if day >= last and (walk.due_on is not None or walk.stop is not None):
            return walk.read()
        day += _ONE
        walk.pass_day(day)


@dataclass(slots=True)
class _Consultation:
    event: ClockEvent
    ends_by: dt.date | None
    answered_on: dt.date | None = None

    def excludes(self, day: dt.date) -> bool:
        """Whether the day is spent waiting for this party."""
        end = self.answered_on
        if self.ends_by is not None:
            end = self.ends_by if end is None else min(end, self.ends_by)
        return self.event.day < day and (end is None or day <= end)


@dataclass(slots=True)
class _Walk:
    """The clerk: where the count stands on the day reached."""

    begun_on: dt.date
    periods: Periods
    calendar: WorkingCalendar
    counted: int = 0
    extended_by: int = 0
    longer: int = 0
    due_on: dt.date | None = None
    stop: LineReason | None = None
    correct_by: dt.date | None = None
    pay_by: dt.date | None = None
    closed_on: dt.date | None = None
    was_clarified: bool = False
    rules_on: dt.date = field(init=False)
    received_on: dt.date = field(init=False)
    consultations: dict[str, _Consultation] = field(default_factory=dict)
    lines: list[DayLine] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rules_on = self.received_on = self.begun_on
        self.lines.append(
            DayLine(
                day=self.begun_on,
                counted=None,
                reason=LineReason.RECEIVED,
                article=_RECEIPT_ARTICLE,
            )
        )

    @property
    def period(self) -> int:
        return (self.longer or self._rule(PeriodKey.REPLY).value) + self.extended_by

    def pass_day(self, day: dt.date) -> None:
        if self.due_on is not None:
            return
        if self.stop is not None:
            self._add(day, self.stop, article=_STOP_ARTICLES[self.stop])
            return
        reason = _DAY_REASONS[self.calendar.reason(day)]
        if not self.calendar.is_working_day(day):
            self._add(day, reason, note=self.calendar.name_of(day))
            return
        waiting = next((each for each in self.consultations.values() if each.excludes(day)), None)
        if waiting is not None and waiting.event.party is not None:
            party = waiting.event.party
            rule = self.periods.find(_PARTY_PERIODS[party], self.rules_on)
            self._add(day, _PARTY_REASONS[party], article="" if rule is None else rule.article)
            return
        self.counted += 1
        self._add(
            day,
            reason,
            counted=self.counted,
            article=self._rule(PeriodKey.REPLY).article,
            note=self.calendar.name_of(day),
        )
        if self.counted == self.period:
            self.due_on = day

    def take_day(self, events: list[ClockEvent]) -> None:
        """What happened on one day: days say no hours, so each in turn that can come next.

        A correction can follow on the very day it was asked for, and an extension a payment; which
        comes first is found from what the law allows, never from the order of recording.
        """
        waiting = list(events)
        while waiting:
            refused: ClockRefusedError | None = None
            for event in waiting:
                try:
                    self.take(event)
                except ClockRefusedError as error:
                    refused = refused or error
                else:
                    waiting.remove(event)
                    break
            else:
                assert refused is not None  # noqa: S101 - every one was refused
                raise refused

    def take(self, event: ClockEvent) -> None:
        is_reopening = event.kind is ClockKind.REOPENED
        if (self.closed_on is not None) is not is_reopening:
            raise ClockRefusedError("not_closed" if is_reopening else "closed")
        _TAKING[event.kind](self, event)

    def read(self) -> Clock:
        counted_days = [line.day for line in self.lines if line.counted is not None]
        passed = [self.due_on] if self.due_on is not None else []
        return Clock(
            received_on=self.received_on,
            due_on=self.due_on,
            provisional=any(not self.calendar.covers(day) for day in (*counted_days, *passed)),
            calendar_version=self.calendar.version,
            state=self._state(),
            period=self.period,
            extended_by=self.extended_by,
            clarify_by=self._clarify_by(),
            correct_by=self.correct_by if self.stop is LineReason.AWAITING_CORRECTION else None,
            pay_by=self.pay_by if self.stop is LineReason.AWAITING_PAYMENT else None,
            closed_on=self.closed_on,
            consultations=tuple(self._consultation(each) for each in self.consultations.values()),
            lines=tuple(self.lines),
        )

    def receive(self, _event: ClockEvent) -> None:
        raise ClockRefusedError("received_twice")

    def reopen(self, event: ClockEvent) -> None:
        self._begin_anew(event.day, LineReason.REOPENED)
        self.rules_on = event.day
        self.closed_on = None
        self.stop = None
        self.extended_by = self.longer = 0
        self.was_clarified = False
        for each in self.consultations.values():
            each.answered_on = each.answered_on or event.day

    def ask_clarification(self, event: ClockEvent) -> None:
        self._refuse_if_still()
        if self.was_clarified:
            raise ClockRefusedError("clarified_before")
        window = self._clarify_by()
        if window is not None and event.day > window:
            raise ClockRefusedError("window_passed")
        self.was_clarified = True
        self.correct_by = event.until
        self.stop = LineReason.AWAITING_CORRECTION
        self._unset_due()

    def correct(self, event: ClockEvent) -> None:
        if self.stop is not LineReason.AWAITING_CORRECTION:
            raise ClockRefusedError("not_asked")
        self.stop = None
        rule = self._clarification_rule()
        self._begin_anew(event.day, LineReason.RESTARTED, "" if rule is None else rule.article)

    def consult(self, event: ClockEvent) -> None:
        self._refuse_if_still()
        if event.party is None or not event.consultation:
            raise ClockRefusedError("unknown_party")
        if event.consultation in self.consultations:
            raise ClockRefusedError("answered_before")
        rule = self.periods.find(_PARTY_PERIODS[event.party], self.rules_on)
        ends_by = (
            None if rule is None else self.calendar.nth_working_day_after(event.day, rule.value)
        )
        self.consultations[event.consultation] = _Consultation(event, ends_by)

    def answer(self, event: ClockEvent) -> None:
        consultation = self.consultations.get(event.consultation)
        if consultation is None:
            raise ClockRefusedError("no_consultation")
        if consultation.answered_on is not None:
            raise ClockRefusedError("answered_before")
        consultation.answered_on = event.day

    def extend(self, event: ClockEvent) -> None:
        self._refuse_if_still()
        if self.extended_by:
            raise ClockRefusedError("extended_before")
        if not event.approver:
            raise ClockRefusedError("needs_approver")
        self._refuse_if_late(event)
        if event.working_days < 1:
            raise ClockRefusedError("too_short")
        if event.working_days > self._rule(PeriodKey.EXTENSION).value:
            raise ClockRefusedError("too_long")
        self.extended_by = event.working_days
        self._unset_due()

    def set_longer_period(self, event: ClockEvent) -> None:
        self._refuse_if_still()
        if not event.approver:
            raise ClockRefusedError("needs_approver")
        self._refuse_if_late(event)
        if event.working_days <= self.period - self.extended_by:
            raise ClockRefusedError("too_short")
        self.longer = event.working_days
        self._unset_due()

    def notice_fee(self, event: ClockEvent) -> None:
        self._refuse_if_still()
        self._refuse_if_late(event)
        rule = self.periods.find(PeriodKey.FEE_PAYMENT, self.rules_on)
        if rule is None:
            raise ClockRefusedError("no_fee")
        self.pay_by = self.calendar.nth_working_day_after(event.day, rule.value)
        self.stop = LineReason.AWAITING_PAYMENT
        self._unset_due()

    def pay(self, event: ClockEvent) -> None:
        if self.stop is not LineReason.AWAITING_PAYMENT:
            raise ClockRefusedError("no_fee")
        self.stop = None
        article = _STOP_ARTICLES[LineReason.AWAITING_PAYMENT]
        self._begin_anew(event.day, LineReason.RESTARTED, article)

    def close(self, event: ClockEvent) -> None:
        self.closed_on = event.day

    def _begin_anew(self, day: dt.date, reason: LineReason, article: str = "") -> None:
        self.begun_on = day
        self.counted = 0
        self.due_on = None
        self.lines = [line for line in self.lines if line.day < day]
        if day == self.received_on and not self.lines:
            reason = LineReason.RECEIVED
        self.lines.append(DayLine(day=day, counted=None, reason=reason, article=article))

    def _unset_due(self) -> None:
        if self.stop is not None or self.counted < self.period:
            self.due_on = None

    def _refuse_if_still(self) -> None:
        if self.stop is not None:
            raise ClockRefusedError("stands_still")

    def _refuse_if_late(self, event: ClockEvent) -> None:
        if self.due_on is not None and event.day > self.due_on:
            raise ClockRefusedError("due_date_passed")

    def _clarification_rule(self) -> Period | None:
        return self.periods.find(PeriodKey.CLARIFICATION, self.rules_on)

    def _clarify_by(self) -> dt.date | None:
        rule = self._clarification_rule()
        if rule is None or self.was_clarified:
            return None
        return self.calendar.nth_working_day_after(self.begun_on, rule.value)

    def _rule(self, key: PeriodKey) -> Period:
        found = self.periods.find(key, self.rules_on)
        if found is None:
            raise ClockRefusedError("before_the_law")
        return found

    def _add(
        self,
        day: dt.date,
        reason: LineReason,
        *,
        counted: int | None = None,
        article: str = "",
        note: str = "",
    ) -> None:
        self.lines.append(
            DayLine(day=day, counted=counted, reason=reason, article=article, note=note)
        )

    def _state(self) -> ClockState:
        if self.closed_on is not None:
            return ClockState.CLOSED
        if self.stop is not None:
            return ClockState(self.stop.value)
        waiting = any(each.answered_on is None for each in self.consultations.values())
        return ClockState.CONSULTING if waiting else ClockState.RUNNING

    def _consultation(self, each: _Consultation) -> ConsultationClock:
        party = each.event.party
        assert party is not None  # noqa: S101 - refused when it was taken
        end = each.answered_on
        if each.ends_by is not None:
            end = each.ends_by if end is None else min(end, each.ends_by)
        days = 0 if end is None else self.calendar.working_days_between(each.event.day, end)
        return ConsultationClock(
            consultation=each.event.consultation,
            party=party,
            sent_on=each.event.day,
            ends_by=each.ends_by,
            answered_on=each.answered_on,
            excluded_days=days,
            silence_consents=party is ConsultedParty.OTHER_ORGAN,
        )


_STOP_ARTICLES: Final[Mapping[LineReason, str]] = {
    LineReason.AWAITING_CORRECTION: "第三十条",
    LineReason.AWAITING_PAYMENT: "国办函〔2020〕109号",
}
_TAKING: Final[Mapping[ClockKind, Callable[[_Walk, ClockEvent], None]]] = {
    ClockKind.RECEIVED: _Walk.receive,
    ClockKind.REOPENED: _Walk.reopen,
    ClockKind.CORRECTED: _Walk.correct,
    ClockKind.FEE_PAID: _Walk.pay,
    ClockKind.CLARIFICATION_ASKED: _Walk.ask_clarification,
    ClockKind.CONSULTATION_SENT: _Walk.consult,
    ClockKind.CONSULTATION_ANSWERED: _Walk.answer,
    ClockKind.EXTENDED: _Walk.extend,
    ClockKind.LONGER_PERIOD_SET: _Walk.set_longer_period,
    ClockKind.FEE_NOTICED: _Walk.notice_fee,
    ClockKind.CLOSED: _Walk.close,
}

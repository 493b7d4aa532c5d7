"""A clock as it is read: the due date, and every day on the way to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from query_room.clock.events import ConsultedParty


class ClockState(StrEnum):
    """What the clock does after the last event."""

    RUNNING = "running"
    AWAITING_CORRECTION = "awaiting_correction"
    AWAITING_PAYMENT = "awaiting_payment"
    CONSULTING = "consulting"
    CLOSED = "closed"


class LineReason(StrEnum):
    """Why a day counts or does not."""

    RECEIVED = "received"  # the day itself is not counted
    REOPENED = "reopened"
    RESTARTED = "restarted"  # correction arrived, or fee paid: counted anew from the next day
    COUNTED = "counted"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    AWAITING_CORRECTION = "awaiting_correction"
    AWAITING_PAYMENT = "awaiting_payment"
    THIRD_PARTY = "third_party"
    OTHER_ORGAN = "other_organ"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """One day on the way to the due date.

    Attributes:
        counted: Its number in the period, or ``None`` where it does not count.
        article: The law that says so, or ``""``. note: Name of the holiday, or ``""``.
    """

    day: dt.date
    counted: int | None
    reason: LineReason
    article: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationClock:
    """A consultation on the clock.

    Attributes:
        ends_by: Last day of the party's period; ``None`` where the law sets none.
        excluded_days: Working days that it has taken out of the count, or will have when it ends.
        silence_consents: What silence means: consent, or that the agency decides.
    """

    consultation: str
    party: ConsultedParty
    sent_on: dt.date
    ends_by: dt.date | None
    answered_on: dt.date | None
    excluded_days: int
    silence_consents: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Where a request stands in time.

    Attributes:
        due_on: ``None`` while the clock stands still without an end. While somebody is consulted,
            the day that follows if they use their whole period.
        provisional: Whether a day counted lies in a year whose notice is not known.
        period: Working days in force, extension included. extended_by: Of these, by extension.
        clarify_by: Last day on which a clarification may be asked; ``None`` where none may be.
        correct_by: By when a correction is asked for. pay_by: By when a fee is to be paid.
        lines: Every day from the receipt to the due date.
    """

    received_on: dt.date
    due_on: dt.date | None
    provisional: bool
    calendar_version: str
    state: ClockState
    period: int
    extended_by: int
    clarify_by: dt.date | None
    correct_by: dt.date | None
    pay_by: dt.date | None
    closed_on: dt.date | None
    consultations: tuple[ConsultationClock, ...]
    lines: tuple[DayLine, ...]

    @property
    def was_late(self) -> bool:
        """Whether the request was closed after its due date."""
        return (
            self.closed_on is not None and self.due_on is not None and self.closed_on > self.due_on
        )

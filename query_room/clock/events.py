"""What moves a due date."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import datetime as dt


class ClockKind(StrEnum):
    """What can happen to a request's clock."""

    RECEIVED = "received"
    CLARIFICATION_ASKED = "clarification_asked"
    CORRECTED = "corrected"
    CONSULTATION_SENT = "consultation_sent"
    CONSULTATION_ANSWERED = "consultation_answered"
    EXTENDED = "extended"
    LONGER_PERIOD_SET = "longer_period_set"
    FEE_NOTICED = "fee_noticed"
    FEE_PAID = "fee_paid"
    CLOSED = "closed"
    REOPENED = "reopened"


class ConsultedParty(StrEnum):
    """Who is asked; their silence means opposite things."""

    THIRD_PARTY = "third_party"  # silent: the agency decides (art. 32)
    OTHER_ORGAN = "other_organ"  # silent: it consents (art. 34)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEvent:
    """Something that happened on a day.

    Attributes:
        consultation: Which one, for the two kinds about consultations.
        party: Who is asked, when a consultation is sent.
        working_days: By how many it is extended, or how many a longer period has.
        until: By when a correction is asked for.
        approver: Who approved an extension or a longer period.
    """

    kind: ClockKind
    day: dt.date
    consultation: str = ""
    party: ConsultedParty | None = None
    working_days: int = 0
    until: dt.date | None = None
    approver: str = ""


_ORDER: Final = {kind: place for place, kind in enumerate(ClockKind)}


def in_order(event: ClockEvent) -> tuple[dt.date, int, str]:
    """The key by which events stand: by day, and within a day as the law would have them."""
    return event.day, _ORDER[event.kind], event.consultation

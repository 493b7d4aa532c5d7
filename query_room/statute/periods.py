"""Periods of the law, by the day on which they are asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from query_room.statute.tables import rows_of


class PeriodKey(StrEnum):
    """What a period is for."""

    REPLY = "reply"
    EXTENSION = "extension"
    CLARIFICATION = "clarification"
    THIRD_PARTY = "third_party"
    OTHER_ORGAN = "other_organ"
    FEE_PAYMENT = "fee_payment"
    REVIEW_APPLICATION = "review_application"
    SUIT = "suit"
    SUIT_AFTER_REVIEW = "suit_after_review"
    REVIEW_ANSWER = "review_answer"
    SUIT_ANSWER = "suit_answer"
    WARN_EARLY = "warn_early"
    WARN_SOON = "warn_soon"
    WARN_LAST = "warn_last"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period with the article that sets it.

    Attributes:
        unit: ``working days``, ``days`` or ``months``.
        valid_from, valid_until: Days on which the article holds, both included.
    """

    key: PeriodKey
    value: int
    unit: str
    law: str
    article: str
    valid_from: dt.date
    valid_until: dt.date | None
    source: str


@dataclass(frozen=True, slots=True)
class Periods:
    """Every period that the law ever set, as far as it matters here."""

    rows: tuple[Period, ...]

    def find(self, key: PeriodKey, day: dt.date) -> Period | None:
        """The period in force on a day, or ``None`` where the law set none then."""
        for row in self.rows:
            is_begun = row.key is key and row.valid_from <= day
            if is_begun and (row.valid_until is None or day <= row.valid_until):
                return row
        return None

    def at(self, key: PeriodKey, day: dt.date) -> Period:
        """The period in force on a day.

        Raises:
            LookupError: The law set none then.
        """
        found = self.find(key, day)
        if found is None:
            raise LookupError(f"no period {key} on {day}")
        return found


@cache
def load_periods() -> Periods:
    """The table of periods."""
    return Periods(
        tuple(
            Period(
                key=PeriodKey(row["key"]),
                value=int(row["value"]),
                unit=row["unit"],
                law=row["law"],
                article=row["article"],
                valid_from=dt.date.fromisoformat(row["valid_from"]),
                valid_until=(
                    dt.date.fromisoformat(row["valid_until"]) if row["valid_until"] else None
                ),
                source=row["source"],
            )
            for row in rows_of("periods.csv")
        )
    )

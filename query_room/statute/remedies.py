"""What an applicant can do against a reply: it depends on how the request ended.

Whoever is refused information under art. 14–16 asks for review first (复议前置); everything else
can also be taken to court at once. Counsel confirms these rows before a room goes into service.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from query_room.statute.periods import PeriodKey, load_periods
from query_room.statute.tables import is_in_force, rows_of

if TYPE_CHECKING:
    import datetime as dt

    from query_room.statute.codes import Disposition


_THIRD_PARTY: Final = "third_party"


class Route(StrEnum):
    """Which way stands open."""

    REVIEW_FIRST = "review_first"  # 复议前置
    DIRECT = "direct"  # 复议或者直接起诉


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """The remedy of a reply. ``text``: the paragraph of the letter."""

    route: Route
    text: str
    source: str


def remedy_for(disposition: Disposition, day: dt.date, *, review_authority: str) -> Remedy:
    """The remedy against a reply given on a day.

    Args:
        disposition: How the request ended.
        day: The day of the reply.
        review_authority: Who decides on reviews, as the letter names it.

    Raises:
        LookupError: No row holds on that day.
    """
    return _remedy(disposition.value, day, review_authority)


def third_party_remedy(day: dt.date, *, review_authority: str) -> Remedy:
    """The remedy of a third party against a decision to disclose what it refused.

    Raises:
        LookupError: No row holds on that day.
    """
    return _remedy(_THIRD_PARTY, day, review_authority)


def _remedy(word: str, day: dt.date, review_authority: str) -> Remedy:
    for row in rows_of("remedies.csv"):
        if word in row["dispositions"].split() and is_in_force(row, day):
            periods = load_periods()
            return Remedy(
                route=Route(row["route"]),
                text=row["text"].format(
                    review_days=periods.at(PeriodKey.REVIEW_APPLICATION, day).value,
                    suit_months=_in_words(periods.at(PeriodKey.SUIT, day).value),
                    suit_after_review_days=periods.at(PeriodKey.SUIT_AFTER_REVIEW, day).value,
                    review_authority=review_authority,
                ),
                source=row["source"],
            )
    raise LookupError(f"no remedy for {word} on {day}")


def _in_words(months: int) -> str:
    return "零一二三四五六七八九十"[months]

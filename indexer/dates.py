"""Dates as archives write them: to the day, to the month, or to the year."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A calendar date known to its day, month or year.

    Attributes:
        year: 1 to 9999.
        month: 1 to 12, or ``None``.
        day: 1 to 31, or ``None``; given only with a month.

    Raises:
        ValueError: There is no such date.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            msg = "a day needs a month"
            raise ValueError(msg)
        dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def precision(self) -> Precision:
        """How exactly the date is known."""
        if self.day is not None:
            return Precision.DAY
        return Precision.MONTH if self.month is not None else Precision.YEAR

    @property
    def first_day(self) -> dt.date:
        """The earliest day it can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> dt.date:
        """The latest day it can mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def isoformat(self) -> str:
        """``2008-03-15``, ``2008-03`` or ``2008``."""
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
        if self.day is not None:
            parts.append(f"{self.day:02d}")
        return "-".join(parts)

    @classmethod
    def fromisoformat(cls, text: str) -> PartialDate:
        """The inverse of :meth:`isoformat`.

        Raises:
            ValueError: The text is not such a date.
        """
        parts = text.split("-")
        if len(parts) not in {1, 2, 3} or not all(
            part.isascii() and part.isdigit() for part in parts
        ):
            raise ValueError(text)
        return cls(*(int(part) for part in parts))

"""Errors of the calendar."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from query_room.errors import RequestLogError

if TYPE_CHECKING:
    from collections.abc import Sequence


class BadLine(StrEnum):
    """Why a line of a notice, or the notice as a whole, cannot be used."""

    EMPTY = "empty"
    NO_COLUMNS = "no_columns"
    NO_DAYS = "no_days"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"
    TWICE = "twice"
    NOT_A_DAY = "not_a_day"
    NOT_A_KIND = "not_a_kind"
    WORKED_ANYWAY = "worked_anyway"
    SEVERAL_YEARS = "several_years"


class CalendarImportError(RequestLogError):
    """A notice was not imported.

    Attributes:
        rows: What is wrong, as (line, reason); line 0 is the file as a whole.
    """

    code = "calendar_refused"

    def __init__(self, rows: Sequence[tuple[int, BadLine]]) -> None:
        super().__init__("; ".join(f"line {line}: {reason}" for line, reason in rows))
        self.rows = tuple(rows)

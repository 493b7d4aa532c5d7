"""Errors of the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from query_room.errors import RequestLogError

if TYPE_CHECKING:
    from collections.abc import Sequence


class CalendarImportError(RequestLogError):
    """A notice was not imported.

    Attributes:
        rows: What is wrong, as (line, reason); line 0 is the file as a whole.
    """

    code = "calendar_refused"

    def __init__(self, rows: Sequence[tuple[int, str]]) -> None:
        super().__init__("; ".join(f"line {line}: {reason}" for line, reason in rows))
        self.rows = tuple(rows)

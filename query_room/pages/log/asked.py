"""Days and pages that an address of the log asks for."""

from __future__ import annotations

import datetime as dt
from typing import Final

from query_room.errors import InvalidFieldError

_MAX_DIGITS: Final = 7


def day_asked(field: str, text: str, otherwise: dt.date) -> dt.date:
    """The day in a field, or ``otherwise`` where it is empty.

    Raises:
        InvalidFieldError: It is none.
    """
    try:
        return dt.date.fromisoformat(text) if text else otherwise
    except ValueError:
        raise InvalidFieldError(field, "unknown") from None


def page_asked(text: str) -> int:
    """The number of a page.

    Raises:
        InvalidFieldError: It is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS):
        raise InvalidFieldError("page", "out_of_range")
    return int(text)

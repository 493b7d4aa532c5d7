"""What a form field must be before it is kept."""

from __future__ import annotations

import unicodedata
from typing import Final

from query_room.errors import InvalidFieldError

SHORT: Final = 100
LONG: Final = 4_000


def required(field: str, value: str, limit: int = SHORT) -> str:
    """The value without space around it.

    Raises:
        InvalidFieldError: It is empty or too long.
    """
    text = optional(field, value, limit)
    if not text:
        raise InvalidFieldError(field, "required")
    return text


def optional(field: str, value: str, limit: int = SHORT) -> str:
    """The value without space around it and without control characters; may be empty.

    Raises:
        InvalidFieldError: It is too long.
    """
    # NUL ends a text for PostgreSQL; a direction mark turns a name around on the screen. Other
    # format characters stay: Mongolian cannot be written without them.
    text = "".join(char for char in value if not _is_unfit(char)).strip()
    if len(text) > limit:
        raise InvalidFieldError(field, "too_long")
    return text


def _is_unfit(char: str) -> bool:
    if char in "\n\t":
        return False
    return char in _DIRECTION_MARKS or unicodedata.category(char) in {"Cc", "Cs"}


_DIRECTION_MARKS: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)

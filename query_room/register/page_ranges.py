"""Pages as people write them on a form: ``1-3、5``, in any width and with any dash."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from query_room.errors import InvalidFieldError
from query_room.register.model import PageRange

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAX_TEXT: Final = 500
_SEPARATORS: Final = re.compile(r"[,;、，；\s]+")
_RANGE: Final = re.compile(r"(\d{1,6})(?:[-‐-―−~〜至到](\d{1,6}))?")


def parse_ranges(text: str, file_ordinal: int = 0) -> tuple[PageRange, ...]:
    """The ranges in ``text``; none where it is blank, which means the whole record.

    Raises:
        InvalidFieldError: It is not a list of pages and ranges.
    """
    if len(text) > _MAX_TEXT:
        raise InvalidFieldError("pages", "too_long")
    # NFKC makes full-width digits, commas, dashes and tildes plain.
    written = re.sub(r"[第页]", "", unicodedata.normalize("NFKC", text))
    pieces = [piece for piece in _SEPARATORS.split(written) if piece]
    return tuple(_range(piece, file_ordinal) for piece in pieces)


def format_ranges(ranges: Iterable[PageRange]) -> str:
    """The ranges of one file as :func:`parse_ranges` reads them."""
    return "、".join(
        str(each.first) if each.first == each.last else f"{each.first}-{each.last}"
        for each in ranges
    )


def _range(piece: str, file_ordinal: int) -> PageRange:
    found = _RANGE.fullmatch(piece)
    if found is None:
        raise InvalidFieldError("pages", "unknown")
    first = int(found[1])
    return PageRange(first=first, last=int(found[2] or first), file_ordinal=file_ordinal)

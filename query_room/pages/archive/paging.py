"""The page of a list that an address asks for, and links to its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urlencode

from flask import request

from query_room.errors import InvalidFieldError

if TYPE_CHECKING:
    from query_room.archive import Page

T = TypeVar("T")
_MAX_DIGITS: Final = 7
_NAME: Final = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where one page of a list stands among the others.

    Attributes:
        number: 1-based. count: How many there are. total: How many things they list.
        previous_url: The page before, or ``None``. next_url: The page after, or ``None``.
    """

    number: int
    count: int
    total: int
    previous_url: str | None
    next_url: str | None


def page_number() -> int:
    """The page that the address asks for, the first by default.

    Raises:
        InvalidFieldError: It asks for none that there can be.
    """
    text = request.args.get(_NAME, "1")
    if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS):
        raise InvalidFieldError(_NAME, "out_of_range")
    return int(text)


def pager_of(page: Page[T], path: str = "") -> Pager:
    """Links to the neighbours of a page, all else in the address as it is.

    Args:
        page: Which page is shown.
        path: Where the list is, if the present address is that of a form that was sent.
    """

    def address(number: int) -> str:
        others = [(name, value) for name, value in request.args.items(multi=True) if name != _NAME]
        return f"{path or request.path}?{urlencode([*others, (_NAME, str(number))])}"

    return Pager(
        number=page.number,
        count=page.count,
        total=page.total,
        previous_url=address(page.number - 1) if page.number > 1 else None,
        next_url=address(page.number + 1) if page.number < page.count else None,
    )

"""Lists page by page: an archive has more of everything than one page can show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from query_room.errors import InvalidFieldError

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page of a list.

    Attributes:
        number: 1-based. total: How many things the whole list has.
    """

    items: tuple[T, ...]
    number: int
    total: int

    @property
    def count(self) -> int:
        """How many pages the list has; an empty one has a page that says so."""
        return page_count(self.total)


def page_count(total: int) -> int:
    """How many pages so many things take."""
    return max(1, -(-total // PAGE_SIZE))


def offset_of(number: int, total: int) -> int:
    """Where a page begins in a list.

    Raises:
        InvalidFieldError: The list has no such page.
    """
    if not 1 <= number <= page_count(total):
        raise InvalidFieldError("page", "out_of_range")
    return (number - 1) * PAGE_SIZE


def page_of(items: Sequence[T], number: int) -> Page[T]:
    """A page of a list that is there as a whole.

    Raises:
        InvalidFieldError: The list has no such page.
    """
    start = offset_of(number, len(items))
    return Page(items=tuple(items[start : start + PAGE_SIZE]), number=number, total=len(items))

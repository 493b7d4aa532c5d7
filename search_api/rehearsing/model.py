"""What comparing two generations says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsedSearch:
    """One question in two generations, with the rights of whoever asked it.

    Attributes:
        search_id: Of the log.
        total_before: Records found in the former generation. total_after: In the next.
        kept: Hits of the screen at the same rank. moved: At another. lost: Not found around it any
            more. gained: New on it.
    """

    search_id: str
    total_before: int
    total_after: int
    kept: int
    moved: int
    lost: int
    gained: int

    @property
    def is_unchanged(self) -> bool:
        """Whether the same answer is given."""
        return self.total_before == self.total_after and not (self.moved + self.lost + self.gained)

    @property
    def badness(self) -> tuple[int, int, int, str]:
        """For the worst first: losing a record is worse than moving it."""
        return -self.lost, -self.gained, -self.moved, self.search_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """Two generations compared.

    Attributes:
        former: The generation that answered. following: The one that was to follow it.
        at: When they were compared.
        searches: Those that do not give the same answer, the worst first.
        unchanged: How many do. unasked: How many could be asked in one of the two alone, or in
            neither.
    """

    former: int
    following: int
    at: dt.datetime
    searches: tuple[RehearsedSearch, ...]
    unchanged: int
    unasked: int

    @property
    def compared(self) -> int:
        """How many searches were asked in both."""
        return self.unchanged + len(self.searches)

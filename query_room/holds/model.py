"""A hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Keeps who came or who applied from being erased.

    Attributes:
        owner: A visit or a request.
        ground: Why, without names: it stays readable in the log.
    """

    hold_id: int
    owner: str
    ground: str
    placed_by: str
    placed_at: dt.datetime

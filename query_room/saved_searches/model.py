"""A question that somebody keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from search_api.answers import Question

Arguments = tuple[tuple[str, str], ...]
"""A question as URL arguments: what stays readable when questions get more to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A question under a name of its owner's.

    Attributes:
        arguments: The question as URL arguments.
        seen_position: Of the outbox; what came or changed later is new.
        alerts: Whether its owner wants to be told of what is new.
    """

    saved_id: int
    name: str
    arguments: Arguments
    saved_at: dt.datetime
    seen_position: int
    alerts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A saved search and what is new of it for its owner, now.

    Attributes:
        question: What it asks of what is new, or ``None`` where this version cannot ask it.
        fresh: How many records; ``None`` where nobody wants to know, or it cannot be asked.
        position: Of the outbox, up to which that is so.
    """

    saved: SavedSearch
    question: Question | None
    fresh: int | None
    position: int

"""A question as it was read, before it is analyzed: a tree in the words of those who ask.

The parser of the query language makes it; the analyzer turns it into tokens and conditions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import datetime as dt

    from indexer.engine.conditions import Part


@dataclass(frozen=True, slots=True)
class QueryPart:
    """A stretch of the question as typed: quoted, or not."""

    text: str
    is_phrase: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePart:
    """A date or a range of them.

    Attributes:
        text: As typed.
        first: First day, or ``None`` where the range is open. last: Last day, or ``None``.
        written: How the same may be written in a text; a record that has one of them will do,
            whatever its own date. Empty where only the record's date counts.
    """

    text: str
    first: dt.date | None
    last: dt.date | None
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPart:
    """Something looked for in one field alone."""

    field: Part
    asked: QueryPart


@dataclass(frozen=True, slots=True, kw_only=True)
class NearPart:
    """Two stretches near each other, in either order."""

    first: QueryPart
    second: QueryPart
    distance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllParts:
    """All of several."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyPart:
    """At least one of several."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPart:
    """Not this."""

    part: Node


Node: TypeAlias = QueryPart | DatePart | FieldPart | NearPart | AllParts | AnyPart | NotPart

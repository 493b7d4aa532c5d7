"""What must hold for a record, as a tree: what the query language adds to plain words.

Every node is already analyzed: engines compare tokens and days, and read no syntax. A condition
never relaxes: a record that does not meet it is not in the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

MAX_NEAR: Final = 20
"""Characters that may lie between two runs that are near each other."""

ONE: Final = "?"
MANY: Final = "*"


class Part(StrEnum):
    """Where in a record something is looked for."""

    BODY = "body"  # title, description and whole text
    TITLE = "title"
    AGENCY = "agency"
    PERSONS = "persons"  # as catalogued; only for viewers of at least staff
    NUMBER = "number"  # the document number
    CODE = "code"  # the reference code (档号)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Tokens next to each other, in this order.

    Attributes:
        part: Where. In ``NUMBER`` and ``CODE`` whole runs of digits and of letters are one token,
            elsewhere every letter, digit and Han character is.
        tokens: At least one.
        numbers: Keys of document numbers and reference codes: who bears one of them has the run.
    """

    tokens: tuple[str, ...]
    part: Part = Part.BODY
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A document number or reference code with places left open.

    Attributes:
        part: ``NUMBER`` or ``CODE``.
        key: The whole key; :data:`ONE` stands for any one character, :data:`MANY` for any number
            of them. It begins with the mark of its form and at least two fixed characters.
    """

    part: Part
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Two runs in either order, with at most ``distance`` other tokens between them.

    The whole record is one stream for it: title, description and text follow each other, and the
    mark between two parts counts as one token.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]
    distance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date that may lie in a range of days; undated records have none.

    Attributes:
        first: ``yyyymmdd`` of the first day, or ``None`` where the range is open.
        last: Of the last day, or ``None``.
    """

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Every one of them; at least one of them says what a record has."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """At least one of them."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoneOf:
    """None of them. Alone it says nothing of what a record has, and asks for nothing."""

    conditions: tuple[Condition, ...]


Condition: TypeAlias = Run | Pattern | Near | Dated | AllOf | AnyOf | NoneOf


def asks_for_something(condition: Condition) -> bool:
    """Whether a record must have something to meet it, rather than only lack something."""
    if isinstance(condition, AllOf):
        return any(map(asks_for_something, condition.conditions))
    if isinstance(condition, AnyOf):
        return bool(condition.conditions) and all(map(asks_for_something, condition.conditions))
    return not isinstance(condition, NoneOf)

"""What is looked for in one index, as a tree that every engine evaluates alike.

Our questions are made of these once, and each adapter says them in its engine's words. A term
counts by BM25 (k1 1.2, b 0.75), a phrase by BM25 of its terms' rarity; what several parts match is
summed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Term:
    """One token, one whole string or one number stands in a field."""

    field: str
    value: str | int


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of several values does; never scores by itself."""

    field: str
    values: tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens next to each other, in this order.

    Attributes:
        gap: After how many of them one token more stands, or 0 where none does.
        is_begun: Whether the last token may go on.
    """

    field: str
    tokens: tuple[str, ...]
    gap: int = 0
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Two runs in either order, with at most ``distance`` tokens between them."""

    field: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A token with open places: :data:`~indexer.engine.conditions.ONE` and ``MANY``."""

    field: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Between:
    """A number within bounds, which belong to it; ``None`` is open."""

    field: str
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """None."""


@dataclass(frozen=True, slots=True)
class Not:
    """What the part does not match; only as a part of :class:`Every`, beside others."""

    part: Expression


@dataclass(frozen=True, slots=True)
class Every:
    """What all parts match. ``besides``: what need not match, and adds to the score."""

    parts: tuple[Expression, ...]
    besides: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """What at least so many parts match."""

    parts: tuple[Expression, ...]
    least: int = 1


@dataclass(frozen=True, slots=True)
class Best:
    """What at least one part matches; the part that scores highest counts."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """The same matches, each with this score."""

    part: Expression
    score: float


@dataclass(frozen=True, slots=True)
class Weighted:
    """The same matches, each with so many times its score."""

    part: Expression
    factor: float


Expression: TypeAlias = (
    Term
    | OneOf
    | Phrase
    | Near
    | Wildcard
    | Between
    | Everything
    | Nothing
    | Not
    | Every
    | Some
    | Best
    | Constant
    | Weighted
)


def silent(part: Expression) -> Constant:
    """The same matches, without a score."""
    return Constant(part, 0.0)


def every(parts: Iterable[Expression]) -> Every:
    """What every part matches, scores summed."""
    return Every(tuple(parts))


def some(parts: Iterable[Expression], least: int = 1) -> Some:
    """What at least so many parts match, scores summed."""
    return Some(tuple(parts), least)


def within(condition: Expression, wanted: Expression) -> Expression:
    """What meets the condition and is wanted, with the condition beside each alternative.

    An engine looks for the first place of each alternative as soon as it is asked: beside a
    condition that few documents meet it looks at those alone, below it at all there are.
    """
    match wanted:
        case Some(parts, least=1):
            return some(within(condition, part) for part in parts)
        case Every(parts, besides):
            return Every((condition, *parts), besides)
        case _:
            return every([condition, wanted])


def run_in(field: str, tokens: tuple[str, ...]) -> Expression:
    """Tokens next to each other, in this order."""
    return Term(field, tokens[0]) if len(tokens) == 1 else Phrase(field, tokens)

"""A tree written down in the language again: what is read from it is the same tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from indexer.analysis.question import (
    AllParts,
    AnyPart,
    DatePart,
    FieldPart,
    NearPart,
    NotPart,
    QueryPart,
)
from search_api.parsing.tokens import FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.analysis.question import Node

_QUOTES: Final = (('"', '"'), ("“", "”"), ("「", "」"), ("『", "』"))


def render(parts: Sequence[Node]) -> str:
    """The question that has these parts."""
    return " ".join(_side_by_side(part) for part in parts)


def _side_by_side(node: Node) -> str:
    if isinstance(node, QueryPart) and not node.is_phrase:
        return node.text
    return _alternative(node, joined=True)


def _alternative(node: Node, *, joined: bool = False) -> str:
    """The part where OR binds no closer than it does: side by side, or as one way of several."""
    match node:
        case AnyPart(parts=parts):
            ways = " OR ".join(_alternative(part) for part in parts)
            return ways if joined else f"({ways})"
        case NearPart(first=first, second=second, distance=distance):
            return f"{_unit(first)} NEAR/{distance} {_unit(second)}"
        case _:
            return _unit(node)


def _unit(node: Node) -> str:  # noqa: PLR0911 - one for each kind
    """The part where nothing binds closer than it does."""
    match node:
        case QueryPart(text=text, is_phrase=True):
            return _quoted(text)
        case QueryPart(text=text):
            return f"({text})" if any(map(str.isspace, text)) else text
        case DatePart(text=text):
            return text
        case FieldPart(field=field, asked=asked):
            return f"{FIELDS[field][0]}:{_unit(asked)}"
        case NotPart(part=part):
            unit = _unit(part)
            return f"NOT {unit}" if unit.startswith(("-", "－")) else f"-{unit}"
        case AllParts(parts=parts):
            return f"({render(parts)})"
        case AnyPart() | NearPart():
            return f"({_alternative(node, joined=True)})"
        case _:
            assert_never(node)


def _quoted(text: str) -> str:
    opening, closing = next(pair for pair in _QUOTES if pair[1] not in text.replace("＂", '"'))
    return f"{opening}{text}{closing}"

"""Expressions as tantivy queries: built as objects, never as strings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, assert_never

from tantivy import FieldType, Occur, Query

from indexer.engine.conditions import MANY, ONE
from indexer.engine.expressions import (
    Best,
    Between,
    Constant,
    Every,
    Everything,
    Near,
    Not,
    Nothing,
    OneOf,
    Phrase,
    Some,
    Term,
    Weighted,
    Wildcard,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tantivy import Schema

    from indexer.engine.expressions import Expression

_FEW: Final = 256
"""Values up to which each is looked up by itself, a third faster than as a set of them."""

_OPEN: Final = {ONE: ".", MANY: ".*"}


def query_of(schema: Schema, wanted: Expression) -> Query:  # noqa: C901, PLR0911, PLR0912 - a case each
    """What the expression asks for."""
    match wanted:
        case Term(field, value):
            return Query.term_query(schema, field, value)
        case Constant(part, score):
            return Query.const_score_query(query_of(schema, part), score)
        case Weighted(part, factor):
            return Query.boost_query(query_of(schema, part), factor)
        case Phrase():
            return _phrase(schema, wanted)
        case Some(parts, least):
            clauses = [(Occur.Should, query_of(schema, part)) for part in parts]
            if least == 1:
                return Query.boolean_query(clauses)
            return Query.boolean_query(clauses, minimum_number_should_match=least)
        case Every(parts, besides):
            return Query.boolean_query(
                [
                    *(_clause(schema, part) for part in parts),
                    *((Occur.Should, query_of(schema, part)) for part in besides),
                ]
            )
        case OneOf(field, values):
            return _one_of(schema, field, values)
        case Between(field, first, last):
            return Query.range_query(schema, field, FieldType.Unsigned, first, last)
        case Best(parts):
            return Query.disjunction_max_query([query_of(schema, part) for part in parts])
        case Wildcard(field, pattern):
            return Query.regex_query(schema, field, _regular(pattern))
        case Near():
            return _near(schema, wanted)
        case Everything():
            return Query.all_query()
        case Nothing() | Not():
            # What only something is lacking of is nothing, here as in a boolean query.
            return Query.empty_query()
        case _:
            assert_never(wanted)


def _clause(schema: Schema, part: Expression) -> tuple[Occur, Query]:
    if isinstance(part, Not):
        return Occur.MustNot, query_of(schema, part.part)
    return Occur.Must, query_of(schema, part)


def _one_of(schema: Schema, field: str, values: Sequence[str] | Sequence[int]) -> Query:
    if 0 < len(values) <= _FEW:
        each = [(Occur.Should, Query.term_query(schema, field, value)) for value in values]
        return Query.const_score_query(Query.boolean_query(each), 1.0)
    return Query.term_set_query(schema, field, list(values))


def _phrase(schema: Schema, phrase: Phrase) -> Query:
    if phrase.is_begun:
        return Query.phrase_prefix_query(schema, phrase.field, list(phrase.tokens))
    if not phrase.gap:
        return Query.phrase_query(schema, phrase.field, list(phrase.tokens))
    places: list[str | tuple[int, str]] = [
        (at + (at >= phrase.gap), token) for at, token in enumerate(phrase.tokens)
    ]
    return Query.phrase_query(schema, phrase.field, places)


def _near(schema: Schema, near: Near) -> Query:
    """One phrase with a gap for every distance and order: the engine's slop would be inexact."""
    orders = dict.fromkeys([(near.first, near.second), (near.second, near.first)])
    return Query.boolean_query(
        [
            (
                Occur.Should,
                Query.phrase_query(
                    schema,
                    near.field,
                    [*enumerate(before), *enumerate(after, start=len(before) + gap)],
                ),
            )
            for gap in range(near.distance + 1)
            for before, after in orders
        ]
    )


def _regular(pattern: str) -> str:
    """The pattern as a regular expression of the whole term; nothing but ONE and MANY is open."""
    return "".join(_OPEN.get(character) or re.escape(character) for character in pattern)

"""Expressions in the query language of Elasticsearch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias, assert_never

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

    from indexer.engine.expressions import Expression

Dsl: TypeAlias = dict[str, Any]

_MOST_TERMS: Final = 60_000
"""Values of one ``terms`` query; the server's own limit is 65,536."""

_MOST_BEGUN: Final = 1_000
"""Tokens that may be meant by one that is only begun."""

_NOTHING: Final[Dsl] = {"match_none": {}}


def query_of(wanted: Expression) -> Dsl:  # noqa: C901, PLR0911, PLR0912 - a case each
    """What the expression asks for."""
    match wanted:
        case Term(field, value):
            return {"term": {field: {"value": value}}}
        case Constant(part, score):
            return {"constant_score": {"filter": query_of(part), "boost": score}}
        case Weighted(part, factor):
            return {"bool": {"must": [query_of(part)], "boost": factor}}
        case Phrase():
            return _phrase(wanted)
        case Some(parts, least):
            return _some(parts, least)
        case Every(parts, besides):
            return _every(parts, besides)
        case OneOf(field, values):
            return _one_of(field, values)
        case Between(field, first, last):
            bounds = {"gte": first, "lte": last}
            return {
                "range": {field: {name: end for name, end in bounds.items() if end is not None}}
            }
        case Best(parts):
            return {"dis_max": {"queries": [query_of(part) for part in parts]}}
        case Wildcard(field, pattern):
            return {"wildcard": {field: {"value": _escaped(pattern)}}}
        case Near():
            return _near(wanted)
        case Everything():
            return {"match_all": {}}
        case Nothing() | Not():
            # What only something is lacking of is nothing.
            return _NOTHING
        case _:
            assert_never(wanted)


def _some(parts: Sequence[Expression], least: int) -> Dsl:
    if not parts:
        return _NOTHING
    return {"bool": {"should": [query_of(part) for part in parts], "minimum_should_match": least}}


def _every(parts: Sequence[Expression], besides: Sequence[Expression]) -> Dsl:
    needed = [part for part in parts if not isinstance(part, Not)]
    if not needed:
        return _NOTHING
    filters = [
        query_of(part.part) for part in needed if isinstance(part, Constant) and not part.score
    ]
    scoring = [query_of(part) for part in needed if not isinstance(part, Constant) or part.score]
    asked: Dsl = {
        "filter": filters,
        "must": scoring,
        "must_not": [query_of(part.part) for part in parts if isinstance(part, Not)],
        "should": [query_of(part) for part in besides],
    }
    return {"bool": {name: each for name, each in asked.items() if each}}


def _one_of(field: str, values: Sequence[str] | Sequence[int]) -> Dsl:
    asked = [
        {"terms": {field: list(values[start : start + _MOST_TERMS])}}
        for start in range(0, len(values), _MOST_TERMS)
    ]
    if len(asked) == 1:
        return asked[0]
    return {"bool": {"should": asked, "minimum_should_match": 1}} if asked else _NOTHING


def _phrase(phrase: Phrase) -> Dsl:
    # Tokens have no white space: the field's own analyzer cuts the text into them again.
    if phrase.is_begun:
        text = " ".join(phrase.tokens)
        return {
            "match_phrase_prefix": {phrase.field: {"query": text, "max_expansions": _MOST_BEGUN}}
        }
    if not phrase.gap:
        return {"match_phrase": {phrase.field: {"query": " ".join(phrase.tokens)}}}
    spans: list[Dsl] = [{"span_term": {phrase.field: token}} for token in phrase.tokens]
    spans.insert(phrase.gap, {"span_gap": {phrase.field: 1}})
    return {"span_near": {"clauses": spans, "slop": 0, "in_order": True}}


def _near(near: Near) -> Dsl:
    runs = [
        {"match": {"query": " ".join(run), "max_gaps": 0, "ordered": True}}
        for run in (near.first, near.second)
    ]
    orders = (runs, runs[::-1]) if near.first != near.second else (runs,)
    either = [
        {"all_of": {"intervals": order, "ordered": True, "max_gaps": near.distance}}
        for order in orders
    ]
    return {"intervals": {near.field: {"any_of": {"intervals": either}}}}


def _escaped(pattern: str) -> str:
    """The pattern with nothing open but ONE and MANY, which the server writes in the same way."""
    assert (ONE, MANY) == ("?", "*")  # noqa: S101 - what the next line stands on
    return re.sub(r"\\", r"\\\\", pattern)

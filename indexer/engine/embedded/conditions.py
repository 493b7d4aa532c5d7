"""Conditions of the query language as tantivy queries. They never score."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, assert_never

from tantivy import FieldType, Occur, Query

from indexer.access import Audience
from indexer.engine.conditions import (
    MANY,
    ONE,
    AllOf,
    AnyOf,
    Dated,
    Near,
    NoneOf,
    Part,
    Pattern,
    Run,
)
from indexer.engine.embedded.queries import all_of, any_of, literal_run, silent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tantivy import Schema

    from indexer.access import Viewer
    from indexer.engine.conditions import Condition

_TOKENS: Final = {
    Part.AGENCY: "agency_chars",
    Part.PERSONS: "persons_chars",
    Part.NUMBER: "number_tokens",
    Part.CODE: "code_tokens",
}
_KEYS: Final = {Part.NUMBER: "number_keys", Part.CODE: "code_keys"}
_OPEN: Final = {ONE: ".", MANY: ".*"}


def required(
    schema: Schema, conditions: Sequence[Condition], viewer: Viewer
) -> list[tuple[Occur, Query]]:
    """The conditions as clauses of the query."""
    return [_clause(schema, each, viewer) for each in conditions]


def _clause(schema: Schema, condition: Condition, viewer: Viewer) -> tuple[Occur, Query]:
    if isinstance(condition, NoneOf):
        return Occur.MustNot, any_of(
            [_query(schema, each, viewer) for each in condition.conditions]
        )
    return Occur.Must, silent(_query(schema, condition, viewer))


def _query(  # noqa: PLR0911 - one for each kind
    schema: Schema, condition: Condition, viewer: Viewer
) -> Query:
    match condition:
        case Run():
            return _run(schema, condition, viewer)
        case Pattern(part=part, key=key):
            return Query.regex_query(schema, _KEYS[part], _expression(key))
        case Near():
            return _near(schema, condition)
        case Dated(first=first, last=last):
            return _dated(schema, first, last)
        case AllOf(conditions=conditions):
            return Query.boolean_query([_clause(schema, each, viewer) for each in conditions])
        case AnyOf(conditions=conditions):
            return any_of([_query(schema, each, viewer) for each in conditions])
        case NoneOf():
            # Where only something is lacking, nothing is asked for.
            return Query.empty_query()
        case _:
            assert_never(condition)


def _run(schema: Schema, run: Run, viewer: Viewer) -> Query:
    if run.part is Part.PERSONS and viewer.audience < Audience.STAFF:
        return Query.empty_query()
    if run.part in {Part.BODY, Part.TITLE}:
        found = literal_run(schema, run.part, run.tokens)
    elif len(run.tokens) == 1:
        found = Query.term_query(schema, _TOKENS[run.part], run.tokens[0])
    else:
        found = Query.phrase_query(schema, _TOKENS[run.part], list(run.tokens))
    if not run.numbers:
        return found
    return any_of([found, Query.term_set_query(schema, "numbers", list(run.numbers))])


def _expression(key: str) -> str:
    """The pattern as a regular expression of the whole term; nothing but ONE and MANY is open."""
    return "".join(_OPEN.get(character) or re.escape(character) for character in key)


def _near(schema: Schema, near: Near) -> Query:
    """One phrase with a gap for every distance and order: the engine's slop would be inexact.

    The pairs of both runs are asked for first, as for any run: positions are compared in few
    records.
    """
    pairs = [
        silent(Query.term_query(schema, "body_bigrams", "".join(pair)))
        for run in (near.first, near.second)
        for pair in pairwise(run)
    ]
    orders = dict.fromkeys([(near.first, near.second), (near.second, near.first)])
    phrases = [
        Query.phrase_query(
            schema,
            "body_chars",
            [*enumerate(before), *enumerate(after, start=len(before) + gap)],
        )
        for gap in range(near.distance + 1)
        for before, after in orders
    ]
    return all_of([*pairs, any_of(phrases)])


def _dated(schema: Schema, first: int | None, last: int | None) -> Query:
    """As :func:`~indexer.engine.embedded.queries.narrowed` does: a date may lie in the range."""
    ends: list[Query] = []
    ends.append(Query.range_query(schema, "last_day", FieldType.Unsigned, lower_bound=first or 1))
    if last is not None:
        ends.append(Query.range_query(schema, "first_day", FieldType.Unsigned, 1, last))
    return all_of(ends)

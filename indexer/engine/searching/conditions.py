"""Conditions of the query language as expressions. They never score."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, assert_never

from indexer.access import Audience
from indexer.engine import conditions as asked
from indexer.engine.conditions import AllOf, AnyOf, Dated, NoneOf, Part, Pattern, Run
from indexer.engine.expressions import (
    Between,
    Near,
    Not,
    Nothing,
    OneOf,
    Term,
    Wildcard,
    every,
    run_in,
    silent,
    some,
)
from indexer.engine.searching.queries import literal_run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.access import Viewer
    from indexer.engine.conditions import Condition
    from indexer.engine.expressions import Expression

_TOKENS: Final = {
    Part.AGENCY: "agency_chars",
    Part.PERSONS: "persons_chars",
    Part.NUMBER: "number_tokens",
    Part.CODE: "code_tokens",
}
_KEYS: Final = {Part.NUMBER: "number_keys", Part.CODE: "code_keys"}


def required(conditions: Sequence[Condition], viewer: Viewer) -> list[Expression]:
    """The conditions, each as an expression."""
    return [_part(each, viewer) for each in conditions]


def _part(condition: Condition, viewer: Viewer) -> Expression:
    if isinstance(condition, NoneOf):
        return Not(some(_expression(each, viewer) for each in condition.conditions))
    return silent(_expression(condition, viewer))


def _expression(  # noqa: PLR0911 - one for each kind
    condition: Condition, viewer: Viewer
) -> Expression:
    match condition:
        case Run():
            return _run(condition, viewer)
        case Pattern(part=part, key=key):
            return Wildcard(_KEYS[part], key)
        case asked.Near():
            return _near(condition)
        case Dated(first=first, last=last):
            return _dated(first, last)
        case AllOf(conditions=conditions):
            return every(_part(each, viewer) for each in conditions)
        case AnyOf(conditions=conditions):
            return some(_expression(each, viewer) for each in conditions)
        case NoneOf():
            # Where only something is lacking, nothing is asked for.
            return Nothing()
        case _:
            assert_never(condition)


def _run(run: Run, viewer: Viewer) -> Expression:
    if run.part is Part.PERSONS and viewer.audience < Audience.STAFF:
        return Nothing()
    if run.part in {Part.BODY, Part.TITLE}:
        found = literal_run(run.part, run.tokens)
    else:
        found = run_in(_TOKENS[run.part], run.tokens)
    if not run.numbers:
        return found
    return some([found, OneOf("numbers", run.numbers)])


def _near(near: asked.Near) -> Expression:
    """The pairs of both runs are asked for first: positions are compared in few records."""
    pairs = [
        silent(Term("body_bigrams", "".join(pair)))
        for run in (near.first, near.second)
        for pair in pairwise(run)
    ]
    return every([*pairs, Near("body_chars", near.first, near.second, near.distance)])


def _dated(first: int | None, last: int | None) -> Expression:
    """As :func:`~indexer.engine.searching.queries.narrowed` does: a date may lie in the range."""
    ends = [Between("last_day", first=first or 1)]
    if last is not None:
        ends.append(Between("first_day", 1, last))
    return every(ends)

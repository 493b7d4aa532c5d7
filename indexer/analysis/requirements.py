"""The parts of a question that no plain word says, as conditions on records.

A word within a condition is cut like any other; what is excluded is taken as it stands, so that
``-红旗公社`` keeps no record out that has 红旗 here and 公社 there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, assert_never

from indexer.analysis.codes import code_tokens, has_open_places, pattern_of
from indexer.analysis.fold import fold
from indexer.analysis.numbers import exact_key, number_key, number_keys
from indexer.analysis.pieces import Piece
from indexer.analysis.question import (
    AllParts,
    AnyPart,
    DatePart,
    FieldPart,
    NearPart,
    NotPart,
    QueryPart,
)
from indexer.analysis.views import runs
from indexer.engine.conditions import (
    MAX_NEAR,
    AllOf,
    AnyOf,
    Dated,
    Near,
    NoneOf,
    Part,
    Run,
    asks_for_something,
)
from indexer.engine.query import Clause

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from indexer.analysis.question import Node
    from indexer.engine.conditions import Condition

_CODED: Final = frozenset({Part.NUMBER, Part.CODE})


@dataclass(slots=True)
class Requirements:
    """Conditions as they are gathered from a question.

    Attributes:
        pieces: How folded text is cut into words.
        conditions: What must hold. sought: What of it is marked.
        ranking: Texts whose words take part in ranking.
    """

    pieces: Callable[[str], list[Piece]]
    conditions: list[Condition] = field(default_factory=list)
    sought: list[Clause] = field(default_factory=list)
    ranking: list[str] = field(default_factory=list)

    def add(self, node: Node) -> None:
        """Take a part of the question in; one without a letter, digit or character asks nothing."""
        condition = self._condition(node)
        if condition is not None:
            self.conditions.append(condition)

    def _condition(self, node: Node) -> Condition | None:  # noqa: PLR0911 - one for each kind
        match node:
            case QueryPart():
                return self._text(node, Part.BODY)
            case FieldPart(field=part, asked=asked):
                return self._text(asked, part)
            case DatePart():
                return self._date(node)
            case NearPart():
                return self._near(node)
            case AllParts(parts=parts):
                return _joined(self._several(parts))
            case AnyPart(parts=parts):
                ways = tuple(filter(asks_for_something, self._several(parts)))
                return AnyOf(conditions=ways) if len(ways) > 1 else next(iter(ways), None)
            case NotPart(part=part):
                excluded = _excluded(part)
                return None if excluded is None else NoneOf(conditions=(excluded,))
            case _:
                assert_never(node)

    def _several(self, nodes: Iterable[Node]) -> tuple[Condition, ...]:
        return tuple(filter(None, map(self._condition, nodes)))

    def _text(self, asked: QueryPart, part: Part) -> Condition | None:
        folded = fold(asked.text)
        if part in _CODED:
            return self._coded(folded, asked, part)
        self.ranking.append(asked.text)
        whole = asked.is_phrase or part is Part.PERSONS or number_key(folded)
        pieces = [Piece("".join(runs(folded)))] if whole else self.pieces(folded)
        pieces = [piece for piece in pieces if piece.text]
        self.sought += [
            Clause(text=piece.text, chars=tuple(piece.text), part=part, variants=piece.variants)
            for piece in pieces
        ]
        numbers = _key(folded) if part is Part.BODY else ()
        return _joined(tuple(_in_any_form(piece, part, numbers) for piece in pieces))

    def _coded(self, folded: str, asked: QueryPart, part: Part) -> Condition | None:
        stream = "".join(runs(folded))
        if not stream:
            return None
        if has_open_places(folded) and not asked.is_phrase:
            pattern = pattern_of(folded, part)
            if pattern is not None:
                return pattern
        self.sought.append(Clause(text=stream, chars=tuple(stream), part=part))
        keys = number_keys(folded) if part is Part.NUMBER else (exact_key(folded),)
        return Run(part=part, tokens=code_tokens(folded), numbers=tuple(filter(None, keys)))

    def _date(self, asked: DatePart) -> Condition:
        dated = Dated(first=_day(asked.first), last=_day(asked.last))
        spelled = dict.fromkeys("".join(runs(fold(text))) for text in asked.written)
        if spelled:
            self.ranking.append(asked.text)
        self.sought += [Clause(text=text, chars=tuple(text)) for text in spelled]
        runs_of_text = [Run(tokens=tuple(text)) for text in spelled]
        return AnyOf(conditions=(dated, *runs_of_text)) if spelled else dated

    def _near(self, asked: NearPart) -> Condition | None:
        first, second = (
            tuple("".join(runs(fold(each.text)))) for each in (asked.first, asked.second)
        )
        self.ranking += [asked.first.text, asked.second.text]
        runs_asked = [run for run in (first, second) if run]
        self.sought += [Clause(text="".join(run), chars=run) for run in runs_asked]
        if len(runs_asked) < 2:  # noqa: PLR2004 - two runs, or nothing to be near to
            return _joined(tuple(Run(tokens=run) for run in runs_asked))
        return Near(first=first, second=second, distance=min(asked.distance, MAX_NEAR))


def _in_any_form(piece: Piece, part: Part, numbers: tuple[str, ...]) -> Condition:
    own = Run(part=part, tokens=tuple(piece.text), numbers=numbers)
    others = [Run(part=part, tokens=each.chars) for each in piece.variants]
    return AnyOf(conditions=(own, *others)) if others else own


def _excluded(node: Node) -> Condition | None:
    """What is kept out: as it stands, and neither marked nor ranked by."""
    apart = Requirements(
        pieces=lambda folded: [Piece("".join(runs(word))) for word in folded.split()]
    )
    apart.add(node)
    return apart.conditions[0] if apart.conditions else None


def _joined(conditions: tuple[Condition, ...]) -> Condition | None:
    """All of them as one; ``None`` where they ask for nothing that a record has."""
    if len(conditions) == 1:
        return conditions[0]
    whole = AllOf(conditions=conditions)
    return whole if asks_for_something(whole) else None


def _key(folded: str) -> tuple[str, ...]:
    key = number_key(folded)
    return (key,) if key else ()


def _day(day: dt.date | None) -> int | None:
    return None if day is None else day.year * 10_000 + day.month * 100 + day.day

"""The tree of a question.

From what binds closest to what binds least: a field's name or a minus, NEAR, OR, and standing side
by side. Words side by side stay one stretch as it was typed: the analyzer finds numbers in it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from indexer.analysis.codes import has_open_places, pattern_of
from indexer.analysis.fold import fold
from indexer.analysis.numbers import number_key
from indexer.analysis.question import (
    AllParts,
    AnyPart,
    DatePart,
    FieldPart,
    NearPart,
    NotPart,
    QueryPart,
)
from indexer.engine.conditions import MANY, Part
from search_api.parsing.dates import date_word, leading_date
from search_api.parsing.tokens import Problem, Sign, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.analysis.question import Node
    from search_api.parsing.tokens import Token

MAX_DEPTH: Final = 6
"""Brackets within brackets."""

MAX_WEIGHT: Final = 64
"""What the parts of a question may weigh; a word is one."""

_WEIGHTS: Final[dict[type, int]] = {DatePart: 6, NearPart: 12}
_OPEN_WEIGHT: Final = 4
_CODED: Final = frozenset({Part.NUMBER, Part.CODE})
_MAX_NUMBER_WORDS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedQuestion:
    """The parts of a question, all of which are asked for.

    Attributes:
        parts: In order.
        literal_because: Why everything was taken as it stands, as a code, or ``""``.
        notes: What else the asker should know, as codes.
    """

    parts: tuple[Node, ...]
    literal_because: str = ""
    notes: tuple[str, ...] = ()

    @property
    def has_syntax(self) -> bool:
        """Whether anything but words and quotations was read."""
        return any(not isinstance(part, QueryPart) for part in self.parts)


def parse(text: str) -> ParsedQuestion:
    """The question that ``text`` is; what is no valid question is taken literally."""
    try:
        tokens = tokens_of(text)
        if not tokens:
            return ParsedQuestion(parts=())
        parts = _Parser(text, tokens).question()
        _require_light(parts)
    except Problem as problem:
        return literally(text, str(problem.args[0]))
    return ParsedQuestion(parts=parts, notes=tuple(dict.fromkeys(_notes(parts))))


def literally(text: str, because: str) -> ParsedQuestion:
    """``text`` as words alone, whatever signs stand in it."""
    return ParsedQuestion(parts=(QueryPart(text),), literal_because=because)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A part with its place; ``is_plain`` where it is words alone, and may join its neighbours."""

    node: Node
    start: int
    end: int
    is_plain: bool = False


class _Parser:
    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self._text = text
        self._tokens = tokens
        self._at = 0

    def question(self) -> tuple[Node, ...]:
        return self._nodes(self._sequence(0))

    def _peek(self) -> Sign | None:
        return self._tokens[self._at].sign if self._at < len(self._tokens) else None

    def _next(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _accept(self, sign: Sign) -> Token | None:
        return self._next() if self._peek() is sign else None

    def _sequence(self, depth: int) -> list[_Item]:
        items: list[_Item] = []
        while self._peek() not in {None, Sign.CLOSE}:
            if self._accept(Sign.AND) and (not items or self._peek() in {None, Sign.CLOSE}):
                raise Problem("dangling_operator")
            items.append(self._alternatives(depth))
        return items

    def _alternatives(self, depth: int) -> _Item:
        first = self._near(depth)
        if self._peek() is not Sign.OR:
            return first
        ways = [first]
        while self._accept(Sign.OR):
            ways.append(self._near(depth))
        nodes: list[Node] = []
        for way in ways:
            node = _dated(way.node) if way.is_plain else way.node
            if not _is_positive(node):
                raise Problem("excluded_alternative")
            nodes.extend(node.parts if isinstance(node, AnyPart) else (node,))
        return _Item(node=AnyPart(parts=tuple(nodes)), start=first.start, end=ways[-1].end)

    def _near(self, depth: int) -> _Item:
        first = self._unit(depth)
        if self._peek() is not Sign.NEAR:
            return first
        pairs: list[Node] = []
        left = right = first
        while near := self._accept(Sign.NEAR):
            right = self._unit(depth)
            if not (isinstance(left.node, QueryPart) and isinstance(right.node, QueryPart)):
                raise Problem("near_needs_words")
            pairs.append(NearPart(first=left.node, second=right.node, distance=near.distance))
            left = right
        node = pairs[0] if len(pairs) == 1 else AllParts(parts=tuple(pairs))
        return _Item(node=node, start=first.start, end=right.end)

    def _unit(self, depth: int) -> _Item:
        minus = self._accept(Sign.NOT)
        field = self._accept(Sign.FIELD)
        item = self._atom(depth)
        node = item.node
        if field:
            node = _within(field.part, node)
        elif minus and item.is_plain:
            node = _dated(node)
        if minus:
            node = NotPart(part=node)
        if node is item.node:
            return item
        start = (minus or field or item).start
        return _Item(node=node, start=start, end=item.end)

    def _atom(self, depth: int) -> _Item:
        if self._peek() not in {Sign.WORD, Sign.PHRASE, Sign.OPEN}:
            raise Problem("dangling_operator")
        token = self._next()
        if token.sign is Sign.WORD:
            node = QueryPart(token.text)
            return _Item(node=node, start=token.start, end=token.end, is_plain=True)
        if token.sign is Sign.PHRASE:
            node = QueryPart(token.text, is_phrase=True)
            return _Item(node=node, start=token.start, end=token.end)
        return self._group(token, depth + 1)

    def _group(self, opening: Token, depth: int) -> _Item:
        if depth > MAX_DEPTH:
            raise Problem("too_complex")
        items = self._sequence(depth)
        end = self._next().end
        if all(item.is_plain and date_word(self._slice([item])) is None for item in items):
            inner = QueryPart(self._slice(items)) if items else QueryPart("()")
            return _Item(node=inner, start=opening.start, end=end, is_plain=True)
        nodes = self._nodes(items)
        # A date alone keeps its brackets: without them it may be the year of a number.
        alone = len(nodes) == 1 and not isinstance(nodes[0], DatePart)
        return _Item(
            node=nodes[0] if alone else AllParts(parts=nodes), start=opening.start, end=end
        )

    def _nodes(self, items: Sequence[_Item]) -> tuple[Node, ...]:
        """Parts that all must hold, plain ones side by side joined to stretches."""
        nodes: list[Node] = []
        stretch: list[_Item] = []
        for item in items:
            if item.is_plain:
                stretch.append(item)
                continue
            nodes.extend(self._stretch(stretch))
            stretch = []
            nodes.append(item.node)
        nodes.extend(self._stretch(stretch))
        if not any(map(_is_positive, nodes)):
            raise Problem("only_exclusions")
        return tuple(nodes)

    def _stretch(self, items: Sequence[_Item]) -> Iterator[Node]:
        """Words side by side; what is a date stands apart, unless it is in a document number."""
        first = self._number_words(items)
        plain, waiting = list(items[:first]), list(items[first:])
        while waiting:
            item = waiting.pop(0)
            date, rest = self._dated(item)
            waiting[:0] = rest
            if date is None:
                plain.append(item)
                continue
            if plain:
                yield QueryPart(self._slice(plain))
            plain = []
            yield date
        if plain:
            yield QueryPart(self._slice(plain))

    def _dated(self, item: _Item) -> tuple[DatePart | None, list[_Item]]:
        """The date that a word is or begins with, and what is left of the word."""
        word = self._slice([item])
        date = date_word(word)
        if date is not None or number_key(fold(word)):
            return date, []
        found = leading_date(word)
        if found is None:
            return None, []
        date, rest = found
        return date, [replace(item, start=item.end - len(rest), node=QueryPart(rest))]

    def _number_words(self, items: Sequence[_Item]) -> int:
        """How many of the first words are one document number: 国发 2019年 第5号."""
        most = min(len(items), _MAX_NUMBER_WORDS)
        return next((n for n in range(most, 1, -1) if number_key(fold(self._slice(items[:n])))), 0)

    def _slice(self, items: Sequence[_Item]) -> str:
        return self._text[items[0].start : items[-1].end]


def _dated(node: Node) -> Node:
    return (date_word(node.text) or node) if isinstance(node, QueryPart) else node


def _within(part: Part, node: Node) -> Node:
    """The same, looked for in one field alone."""
    match node:
        case QueryPart():
            return FieldPart(field=part, asked=node)
        case DatePart(text=text):
            return FieldPart(field=part, asked=QueryPart(text))
        case AllParts(parts=parts):
            return AllParts(parts=tuple(_within(part, each) for each in parts))
        case AnyPart(parts=parts):
            return AnyPart(parts=tuple(_within(part, each) for each in parts))
        case NotPart(part=excluded):
            return NotPart(part=_within(part, excluded))
        case _:
            raise Problem("field_of_field")


def _is_positive(node: Node) -> bool:
    if isinstance(node, AllParts):
        return any(map(_is_positive, node.parts))
    return not isinstance(node, NotPart)


def leaves_of(parts: Sequence[Node]) -> Iterator[Node]:
    """The parts that hold no others, in order."""
    for part in parts:
        if isinstance(part, (AllParts, AnyPart)):
            yield from leaves_of(part.parts)
        elif isinstance(part, NotPart):
            yield from leaves_of((part.part,))
        else:
            yield part


def _require_light(parts: Sequence[Node]) -> None:
    weight = 0
    for leaf in leaves_of(parts):
        weight += _OPEN_WEIGHT if _is_open(leaf) else _WEIGHTS.get(type(leaf), 1)
        if weight > MAX_WEIGHT:
            raise Problem("too_complex")


def _is_open(leaf: Node) -> bool:
    return (
        isinstance(leaf, FieldPart)
        and leaf.field in _CODED
        and not leaf.asked.is_phrase
        and has_open_places(fold(leaf.asked.text))
    )


def _notes(parts: Sequence[Node]) -> Iterator[str]:
    for leaf in leaves_of(parts):
        if _is_open(leaf):
            assert isinstance(leaf, FieldPart)  # noqa: S101 - what is open is one
            if pattern_of(fold(leaf.asked.text), leaf.field) is None:
                yield "wildcard_too_short"
            continue
        asked = leaf.asked if isinstance(leaf, FieldPart) else leaf
        if isinstance(asked, QueryPart) and not asked.is_phrase and MANY in fold(asked.text):
            yield "wildcard_needs_field"

"""Which stretches of a question may be wrong, or may be Chinese in Latin letters.

Quotations, fields, dates, document numbers and codes are never doubted: whoever writes them means
them as they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.analysis.fold import fold, fold_with_origins
from indexer.analysis.numbers import leading_number, number_key
from indexer.analysis.pieces import Stretch
from indexer.analysis.question import QueryPart
from indexer.analysis.syllables import SYLLABLES, are_initials, splits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.analysis.analyzer import Analyzer
    from indexer.analysis.question import Node

LONGEST: Final = 8
"""Characters of the longest stretch that is doubted as one."""

_WIDEST: Final = 3
_LEAST_INITIALS: Final = 3
_MOST_INITIALS: Final = 10
_UNITS: Final = frozenset("年月日届期")
_HAN: Final = re.compile(r"[㐀-䶿一-鿿]+")
# A code or number has digits next to letters or signs; a year before a word does not.
_CODED: Final = re.compile(r"\S*(?:\d[a-z\-_./]|[a-z\-_./]\d|\d\S*号)\S*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A stretch that may be something else.

    Attributes:
        part: Which part of the question. start: First folded character in it. end: One past the
            last.
        run: The folded stretch without white space.
        ways: The syllables that it is, where it is Latin.
        initials: Whether it may be first letters of syllables.
        is_lower: Whether it was typed in small letters: VPN is rarely meant as pinyin.
        pieces: How many words it was cut into.
    """

    part: int
    start: int
    end: int
    run: str
    ways: tuple[tuple[str, ...], ...] = ()
    initials: bool = False
    is_lower: bool = True
    pieces: int = 1

    @property
    def is_latin(self) -> bool:
        """Whether it is Latin letters."""
        return self.run.isascii()

    def overlaps(self, other: Doubt) -> bool:
        """Whether both have a character in common."""
        return self.part == other.part and self.start < other.end and other.start < self.end


def doubts_of(parts: Sequence[Node], analyzer: Analyzer) -> tuple[Doubt, ...]:
    """The stretches that may be wrong: words first, then neighbours together."""
    found: list[Doubt] = []
    for number, part in enumerate(parts):
        if not isinstance(part, QueryPart) or part.is_phrase:
            continue
        folded = fold(part.text)
        if number_key(folded) or leading_number(folded)[0]:
            continue
        coded = [match.span() for match in _CODED.finditer(folded)]
        pieces = [
            piece
            for piece in _without_units(folded, analyzer.stretches(folded))
            if not any(start < piece.end and piece.start < end for start, end in coded)
        ]
        found += _latin(part.text, folded, number, pieces)
        found += _han(number, pieces)
    return tuple(sorted(found, key=lambda each: each.pieces > 1))


def replaced(
    parts: Sequence[Node], changes: Sequence[tuple[Doubt, str]]
) -> tuple[tuple[Node, ...], tuple[str, ...]]:
    """The question with stretches replaced, and those stretches as they were typed."""
    changed = list(parts)
    typed: list[str] = []
    for doubt, meant in sorted(changes, key=lambda each: -each[0].start):
        part = changed[doubt.part]
        assert isinstance(part, QueryPart)  # noqa: S101 - only such are doubted
        origins = fold_with_origins(part.text).origins
        start, end = origins[doubt.start], origins[doubt.end - 1] + 1
        typed.insert(0, part.text[start:end])
        changed[doubt.part] = QueryPart(part.text[:start] + meant + part.text[end:])
    return tuple(changed), tuple(typed)


def _without_units(folded: str, pieces: Sequence[Stretch]) -> Iterator[Stretch]:
    """The pieces without what says of a number before them that it is a year."""
    for piece in pieces:
        if piece.start and folded[piece.start - 1].isdigit() and piece.text[0] in _UNITS:
            yield Stretch(piece.text[1:], piece.start + 1)
        else:
            yield piece


def _latin(text: str, folded: str, number: int, pieces: Sequence[Stretch]) -> Iterator[Doubt]:
    """Latin words; single syllables side by side are one."""
    group: list[Stretch] = []
    for piece in pieces:
        if not (piece.text.isascii() and piece.text.isalpha()):
            continue
        beside = group and not folded[group[-1].end : piece.start].strip()
        if not (beside and piece.text in SYLLABLES and group[-1].text in SYLLABLES):
            yield from _latin_doubt(text, number, group)
            group = []
        group.append(piece)
    yield from _latin_doubt(text, number, group)


def _latin_doubt(text: str, number: int, group: Sequence[Stretch]) -> Iterator[Doubt]:
    if not group:
        return
    run = "".join(piece.text for piece in group)
    if len(group) > 1:
        ways: tuple[tuple[str, ...], ...] = (tuple(piece.text for piece in group),)
    else:
        ways = tuple(way for way in splits(run) if len(way) > 1)
    initials = (
        len(group) == 1 and _LEAST_INITIALS <= len(run) <= _MOST_INITIALS and are_initials(run)
    )
    if ways or initials:
        first = fold_with_origins(text).origins[group[0].start]
        yield Doubt(
            part=number,
            start=group[0].start,
            end=group[-1].end,
            run=run,
            ways=ways,
            initials=initials,
            is_lower=text[first].islower(),
        )


def _han(number: int, pieces: Sequence[Stretch]) -> Iterator[Doubt]:
    """Words, and up to three of them next to each other."""
    for first in range(len(pieces)):
        for last in range(first, min(first + _WIDEST, len(pieces))):
            if last > first and pieces[last].start != pieces[last - 1].end:
                break
            run = "".join(piece.text for piece in pieces[first : last + 1])
            if _HAN.fullmatch(run) and 1 < len(run) <= LONGEST:
                yield Doubt(
                    part=number,
                    start=pieces[first].start,
                    end=pieces[last].end,
                    run=run,
                    pieces=last - first + 1,
                )

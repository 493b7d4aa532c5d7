"""Where two nearly equal texts differ, in time that grows with their length.

Runs that stand once in the second text are looked for in the first and grown as far as both agree;
the longest chain of them in one order is what the texts have in common, and what lies between its
links is where they differ. A recogniser's errors lie some thirty characters apart, so that a link
begins again soon after each of them.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEED: Final = 8
"""Characters of a run: long enough to stand once in most texts."""

_CUT_FINER: Final = 200
"""A difference of up to so many characters on either side is taken apart into its own parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A place where one text has other words than the other.

    Attributes:
        first: What the first text has there, maybe nothing. second: The same of the second.
        at: Where it begins in the first text. there: Where in the second.
    """

    first: str
    second: str
    at: int
    there: int


@dataclass(frozen=True, slots=True)
class _Block:
    """A run that both texts have: where it is in each, and how long."""

    at: int
    there: int
    length: int


def differences(first: str, second: str) -> list[Difference]:
    """Every place where the texts differ, in order."""
    return list(_between(first, second, _Block(0, 0, 0), _Block(len(first), len(second), 0)))


def _blocks(first: str, second: str) -> Iterator[_Block]:
    """Runs of the first text that stand once in the second, from left to right."""
    places: dict[str, int] = {}
    for there in range(len(second) - _SEED + 1):
        seed = second[there : there + _SEED]
        places[seed] = -1 if seed in places else there
    at = reached = 0
    while at <= len(first) - _SEED:
        there = places.get(first[at : at + _SEED], -1)
        if there < 0:
            at += 1
            continue
        back = 0
        while (
            at - back > reached
            and there - back > 0
            and first[at - back - 1] == second[there - back - 1]
        ):
            back += 1
        length = _SEED + _common(first, second, at + _SEED, there + _SEED)
        yield _Block(at - back, there - back, length + back)
        at = reached = at + length


def _common(first: str, second: str, at: int, there: int) -> int:
    """How many characters are the same from there on."""
    length, step = 0, 32
    while True:
        one = first[at + length : at + length + step]
        other = second[there + length : there + length + step]
        if one != other or not one:
            alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
            return length + sum(1 for _ in alike)
        length += len(one)
        step *= 2


def _chain(blocks: Iterator[_Block]) -> list[_Block]:
    """The chain of blocks that goes on in both texts and has the most characters."""
    ordered = list(blocks)
    ends = sorted({block.there for block in ordered})
    best = _Best(len(ends))
    for number, block in enumerate(ordered):
        place = bisect_left(ends, block.there)
        best.add(place, number, block.length)
    return [ordered[number] for number in best.chain()]


class _Best:
    """The heaviest chain up to each place: a tree of prefix maxima.

    Args:
        size: How many places there are.
    """

    def __init__(self, size: int) -> None:
        self._tree: list[tuple[int, int]] = [(0, -1)] * (size + 1)
        self._previous: list[int] = []

    def add(self, place: int, number: int, weight: int) -> None:
        """Let a block go on the heaviest chain that ends before its place."""
        best, previous = 0, -1
        at = place
        while at > 0:
            if self._tree[at][0] > best:
                best, previous = self._tree[at]
            at -= at & -at
        self._previous.append(previous)
        at = place + 1
        while at < len(self._tree):
            if best + weight > self._tree[at][0]:
                self._tree[at] = (best + weight, number)
            at += at & -at

    def chain(self) -> list[int]:
        """The blocks of the heaviest chain, in order."""
        number = max(self._tree)[1]
        chain: list[int] = []
        while number >= 0:
            chain.append(number)
            number = self._previous[number]
        return chain[::-1]


def _between(first: str, second: str, before: _Block, after: _Block) -> Iterator[Difference]:
    """The differences of what lies between two blocks; they may overlap in the second text."""
    at, there = before.at + before.length, before.there + before.length
    one, other = first[at : after.at], second[there : after.there]
    if min(len(one), len(other)) == 0 or len(one) == len(other) == 1:
        if one or other:
            yield Difference(first=one, second=other, at=at, there=there)
    elif max(len(one), len(other)) <= _CUT_FINER:
        codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
        for kind, a, b, c, d in codes:
            if kind != "equal":
                yield Difference(first=one[a:b], second=other[c:d], at=at + a, there=there + c)
    # What stands twice in the whole text may stand once here.
    elif chain := _chain(_blocks(one, other)):
        ends = [_Block(0, 0, 0), *chain, _Block(len(one), len(other), 0)]
        for left, right in pairwise(ends):
            for each in _between(one, other, left, right):
                yield replace(each, at=at + each.at, there=there + each.there)
    else:
        yield Difference(first=one, second=other, at=at, there=there)

"""The stored text of a page, found again among the glyphs of its picture.

Both come from one page and seldom agree: whoever read the text joined and moved lines, dropped what
was printed twice and cleaned it. So they are compared by content: both folded, white space left
out, and the text is taken run by run, each as long as it can be found among glyphs that are free.
What is short and stands in several places is left without a place rather than guessed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Final

from indexer.analysis.fold import fold, fold_with_origins
from indexer.page_words import PageWord

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.rendering import Glyph

_GRAM: Final = 4
"""Characters that tell a place well enough to begin there."""
_TRIED: Final = 8
"""Places on either side of the last one that are tried."""
_COMPARED: Final = 64
_WIDE: Final = 64
_TRUSTED: Final = 0.5
"""Share of the text that must be found: below it, another text stands on the picture."""


def aligned(text: str, glyphs: Sequence[Glyph]) -> tuple[PageWord, ...]:
    """Where the characters of ``text`` stand, in its order; empty where it is another text.

    Args:
        text: The page as the text store has it.
        glyphs: What was drawn, in any order.
    """
    folded = fold_with_origins(text)
    kept = [place for place, each in enumerate(folded.text) if _is_kept(each)]
    written = "".join(folded.text[place] for place in kept)
    drawn = [
        (each, number)
        for number, glyph in enumerate(glyphs)
        for each in fold(glyph.text)
        if _is_kept(each)
    ]
    places = _Matching(written, "".join(each for each, _ in drawn))
    places.match_runs()
    places.match_rest(_line_starts(folded.text, kept))
    found: dict[int, int] = {}
    for index, at in enumerate(places.places):
        if at is not None:
            found.setdefault(folded.origins[kept[index]], drawn[at][1])
    if not written or sum(at is not None for at in places.places) < len(written) * _TRUSTED:
        return ()
    return tuple(_words(found, glyphs))


class _Matching:
    """One text laid on another.

    Attributes:
        places: For each character written, its place among those drawn, or ``None``.
    """

    def __init__(self, written: str, drawn: str) -> None:
        self._written = written
        self._drawn = drawn
        self._is_taken = bytearray(len(drawn))
        self.places: list[int | None] = [None] * len(written)

    def match_runs(self) -> None:
        """Take runs of several characters, each where it goes on longest."""
        starts: dict[str, list[int]] = defaultdict(list)
        for at in range(len(self._drawn) - _GRAM + 1):
            starts[self._drawn[at : at + _GRAM]].append(at)
        index, last = 0, -1
        while index <= len(self._written) - _GRAM:
            candidates = starts.get(self._written[index : index + _GRAM], [])
            middle = bisect_left(candidates, last)
            near = candidates[middle : middle + _TRIED]
            near += candidates[max(0, middle - _TRIED) : middle]
            # The first of equals is the next one on the page.
            best = max(near, key=lambda at: self._length(index, at, _COMPARED), default=None)
            length = 0 if best is None else self._length(index, best, len(self._written))
            if best is None or length < _GRAM:
                index += 1
                continue
            self._take(index, best, length)
            index += length
            last = best + length

    def match_rest(self, line_starts: set[int]) -> None:
        """Take what is left: between neighbours on the page, or where it is the only one."""
        for start, end in tuple(self._unplaced()):
            if not self._match_between(start, end):
                for begin, stop in _pieces(start, end, line_starts):
                    self._match_only(begin, stop)

    def _match_between(self, start: int, end: int) -> bool:
        before = self.places[start - 1] if start else -1
        after = self.places[end] if end < len(self.places) else len(self._drawn)
        if before is None or after is None or not 0 < after - before <= _WIDE:
            return False
        at, found = before, []
        for index in range(start, end):
            at = self._drawn.find(self._written[index], at + 1, after)
            if at < 0 or self._is_taken[at]:
                return False
            found.append(at)
        for index, place in zip(range(start, end), found, strict=True):
            self._take(index, place, 1)
        return True

    def _match_only(self, start: int, end: int) -> None:
        run = self._written[start:end]
        free: list[int] = []
        at = self._drawn.find(run)
        for _ in range(_WIDE):
            if at < 0 or len(free) > 1:
                break
            if not any(self._is_taken[at : at + len(run)]):
                free.append(at)
            at = self._drawn.find(run, at + 1)
        if len(free) == 1 and at < 0:
            self._take(start, free[0], len(run))

    def _unplaced(self) -> Iterator[tuple[int, int]]:
        for is_placed, group in groupby(
            range(len(self.places)), lambda index: self.places[index] is not None
        ):
            if not is_placed:
                indexes = tuple(group)
                yield indexes[0], indexes[-1] + 1

    def _length(self, index: int, at: int, most: int) -> int:
        length = 0
        room = min(most, len(self._written) - index, len(self._drawn) - at)
        while (
            length < room
            and self._written[index + length] == self._drawn[at + length]
            and not self._is_taken[at + length]
        ):
            length += 1
        return length

    def _take(self, index: int, at: int, length: int) -> None:
        for step in range(length):
            self.places[index + step] = at + step
            self._is_taken[at + step] = 1


def _is_kept(character: str) -> bool:
    return character.isprintable() and not character.isspace()


def _line_starts(text: str, kept: Sequence[int]) -> set[int]:
    """Which of the kept characters are the first of their lines."""
    starts: set[int] = set()
    before = 0
    for index, place in enumerate(kept):
        if "\n" in text[before:place]:
            starts.add(index)
        before = place
    return starts


def _pieces(start: int, end: int, line_starts: set[int]) -> Iterator[tuple[int, int]]:
    begin = start
    for index in range(start + 1, end + 1):
        if index == end or index in line_starts:
            yield begin, index
            begin = index


def _words(found: dict[int, int], glyphs: Sequence[Glyph]) -> Iterator[PageWord]:
    """A word for each glyph; one that stands for several characters has them all."""
    for (number, _), group in groupby(
        enumerate(sorted(found)), lambda each: (found[each[1]], each[1] - each[0])
    ):
        origins = [origin for _, origin in group]
        yield PageWord(start=origins[0], end=origins[-1] + 1, box=glyphs[number].box)

"""Marks of a text as boxes on the picture of its page: one for each line that a mark touches."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from indexer.page_words import Box
from search_api.answers import Boxes, MarkedBox
from search_api.highlighting import merged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.page_words import PageWord
    from search_api.highlighting import Mark

# Chinese goes on across the end of a line without a space.
_LINE_BREAK: Final = re.compile(r"(?<=[^\x00-\xff]) (?=[^\x00-\xff])")
# A word this much higher than wide is written from top to bottom.
_UPRIGHT: Final = 1.5
# Share of the smaller of two characters that must lie beside the other to be in one line with it.
_BESIDE: Final = 0.5
# Share of a character's size: two further apart stand in two columns.
_APART: Final = 2.0


def boxes_of(
    text: str, marks: Sequence[Mark], words: Sequence[PageWord], proportion: float
) -> Boxes:
    """Where the marks stand.

    Args:
        text: The page's text.
        marks: In it, in any order; those that touch are one hit.
        words: Where it stands, in any order.
        proportion: Width of the picture by its height.
    """
    ordered = sorted(words, key=lambda word: word.start)
    found: list[MarkedBox] = []
    unplaced = 0
    for number, (start, end) in enumerate(merged(marks), start=1):
        hit = _LINE_BREAK.sub("", " ".join(text[start:end].split()))
        lines = _lines(_characters(ordered, text, (start, end), proportion), proportion)
        found += [MarkedBox(number=number, text=hit, box=line) for line in lines]
        unplaced += not lines
    return Boxes(boxes=tuple(found), unplaced=unplaced)


def _characters(
    words: Sequence[PageWord], text: str, hit: tuple[int, int], proportion: float
) -> Iterator[Box]:
    """The boxes of the characters in a range, as far as they are known."""
    start, end = hit
    at = max(0, bisect_right(words, start, key=lambda word: word.start) - 1)
    while at < len(words) and words[at].start < end:
        word = words[at]
        at += 1
        first, last = max(start, word.start), min(end, word.end)
        if first < last:
            yield _part(word, text, (first, last), proportion)


def _part(word: PageWord, text: str, part: tuple[int, int], proportion: float) -> Box:
    """The part of a word's box that some of its characters take; Latin ones are half as wide."""
    start, end = part
    box = word.box
    widths = [_width(each) for each in text[word.start : word.end]] or [1]
    whole = sum(widths)
    begin = sum(widths[: start - word.start]) / whole
    stop = sum(widths[: end - word.start]) / whole
    across, down = box.right - box.left, box.bottom - box.top
    if down > across * proportion * _UPRIGHT and len(widths) > 1:
        return Box(
            left=box.left, right=box.right, top=box.top + down * begin, bottom=box.top + down * stop
        )
    return Box(
        left=box.left + across * begin,
        right=box.left + across * stop,
        top=box.top,
        bottom=box.bottom,
    )


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def _lines(characters: Iterator[Box], proportion: float) -> list[Box]:
    """Boxes of characters put together as long as each stands next to the one before."""
    lines: list[Box] = []
    last: Box | None = None
    for box in characters:
        if last is not None and _is_next(last, box, proportion):
            lines[-1] = _around(lines[-1], box)
        else:
            lines.append(box)
        last = box
    return lines


def _is_next(last: Box, box: Box, proportion: float) -> bool:
    """Whether a character stands beside another or, in vertical text, under it."""
    size = min(last.bottom - last.top, box.bottom - box.top)
    beside = min(last.bottom, box.bottom) - max(last.top, box.top)
    # Gaps are measured in heights of the page, along both directions.
    gap = (box.left - last.right) * proportion
    if beside > size * _BESIDE and -size < gap < size * _APART:
        return True
    width = min(last.right - last.left, box.right - box.left) * proportion
    over = (min(last.right, box.right) - max(last.left, box.left)) * proportion
    fall = box.top - last.bottom
    return over > width * _BESIDE and -width < fall < width * _APART and box.top > last.top


def _around(first: Box, second: Box) -> Box:
    return Box(
        left=min(first.left, second.left),
        top=min(first.top, second.top),
        right=max(first.right, second.right),
        bottom=max(first.bottom, second.bottom),
    )

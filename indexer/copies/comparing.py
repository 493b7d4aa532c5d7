"""Whether two texts are one, read in full.

The sketch only says whom to compare. What is shown to people as a copy has passed here: it is
nearly equal as a whole, and what differs is nothing that sets documents apart. Reading errors of a
scan may hit figures and names too; they are told from other figures and names by their number,
for they hit everything alike.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from indexer.copies.alignment import differences
from indexer.copies.particulars import (
    figure_pair,
    figures_against,
    is_figure_put_in,
    is_name,
    is_version,
    numerals_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SHINGLE: Final = 4
"""Characters of a shingle."""

MIN_RATIO: Final = 0.8
"""The shorter text is at least so long, measured by the longer one."""

MIN_LIKENESS: Final = 0.88
"""Share of the characters that both texts have in the same order, or of shingles that both have."""

MIN_LIKENESS_OF_SCANS: Final = 0.8
"""The same, where reading errors account for the difference."""

MAX_REPLACED: Final = 0.03
"""Share of the characters that may be replaced by others, reading errors not counted."""

_FEWEST_ERRORS: Final = 4
_SHARE_OF_ERRORS: Final = 0.7
_PARTS: Final = 8
_SHORT: Final = 40
_FIGURES_EVERY: Final = 400
_DEVIATIONS: Final = 2
_SYSTEMATIC: Final = 3


class Contrast(StrEnum):
    """What sets two texts apart."""

    LENGTH = "length"  # one is much longer
    WORDING = "wording"  # too much of the words differs
    FIGURES = "figures"  # other figures in the same places
    FILLED_IN = "filled_in"  # one alone has figures in many places
    NAMES = "names"
    SUBJECT = "subject"  # one word is another one throughout
    VERSION = "version"  # amended on another day


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a comparison found.

    Attributes:
        similarity: Per mille of the characters that both texts have in the same order.
        contrast: What sets them apart, or ``None`` where they are copies of one text.
    """

    similarity: int
    contrast: Contrast | None


def compare(first: str, second: str) -> Comparison:
    """Whether two bodies (:func:`~indexer.copies.body.body_of`) are copies of one text."""
    if first == second:
        return Comparison(similarity=1000, contrast=None)
    longer = max(len(first), len(second))
    if min(len(first), len(second)) < longer * MIN_RATIO:
        return Comparison(similarity=0, contrast=Contrast.LENGTH)
    reading = _Reading(first, second)
    contrast = next((each for each, is_so in _CONTRASTS.items() if is_so(reading)), None)
    return Comparison(similarity=min(999, round(reading.similarity * 1000)), contrast=contrast)


class _Reading:
    """Two texts with their differences, and what reading errors explain of them.

    Args:
        first: A body. second: Another.
    """

    def __init__(self, first: str, second: str) -> None:
        self.first = first
        self.second = second
        self.found = found = differences(first, second)
        same = len(first) - sum(len(each.first) for each in found)
        self.similarity = 2 * same / (len(first) + len(second))
        self.replaced = [
            each
            for each in found
            if each.first and each.second and max(len(each.first), len(each.second)) <= _SHORT
        ]
        self.errors = [
            each
            for each in self.replaced
            if len(each.first) == len(each.second) == 1 and not each.first.isdigit()
        ]
        self.error_rate = len(self.errors) / len(first) if self._is_misread() else 0.0

    def _is_misread(self) -> bool:
        """Whether single characters were replaced here and there: nobody writes so."""
        words = [each for each in self.replaced if not each.first.isdigit()]
        ways = {(each.first, each.second) for each in self.errors}
        parts = {each.at * _PARTS // len(self.first) for each in self.errors}
        return (
            len(self.errors) >= _FEWEST_ERRORS
            and len(self.errors) >= _SHARE_OF_ERRORS * len(words)
            and len(ways) >= _SHARE_OF_ERRORS * len(self.errors)
            and len(parts) > min(_PARTS, len(self.errors)) // 2
        )

    def explains(self, count: int, among: int) -> bool:
        """Whether reading errors alone would hit so many of ``among`` characters."""
        expected = among * self.error_rate * 1.5
        return count <= expected + _DEVIATIONS * math.sqrt(expected)


def _has_other_version(reading: _Reading) -> bool:
    return any(is_version(each, reading.first, reading.second) for each in reading.found)


def _has_other_figures(reading: _Reading) -> bool:
    first, second = reading.first, reading.second
    against = [each for each in reading.found if figures_against(each, first)]
    # Errors hit a figure now in this way, now in that: 2019 for 2020 in two places is none.
    pairs = {figure_pair(each, first, second) for each in against} - {None}
    places = Counter((each.first, each.second) for each in pairs if each is not None)
    if any(count >= _times_enough(pair[0]) for pair, count in places.items()):
        return True
    digits = sum(figures_against(each, first) for each in against)
    return not reading.explains(digits, among=numerals_in(first))


def _times_enough(figure: str) -> int:
    """In how many places a figure stands for another before it is no accident."""
    return 2 if len(figure) > 1 else _SYSTEMATIC


def _is_filled_in(reading: _Reading) -> bool:
    put_in = sum(map(is_figure_put_in, reading.found))
    return put_in > 1 + len(reading.first) / _FIGURES_EVERY


def _has_other_names(reading: _Reading) -> bool:
    names = [each for each in reading.found if is_name(each, reading.first)]
    if reading.error_rate:
        # A single character may be misread in a name; two in a row hardly ever are.
        names = [each for each in names if min(len(each.first), len(each.second)) > 1]
    return bool(names)


def _has_other_subject(reading: _Reading) -> bool:
    words = Counter(
        (each.first, each.second)
        for each in reading.replaced
        if max(len(each.first), len(each.second)) > (1 if reading.error_rate else 0)
    )
    return bool(words) and max(words.values()) >= _SYSTEMATIC


def _has_other_words(reading: _Reading) -> bool:
    if reading.error_rate:
        return reading.similarity < MIN_LIKENESS_OF_SCANS
    replaced = sum(max(len(each.first), len(each.second)) for each in reading.replaced)
    if replaced > len(reading.first) * MAX_REPLACED:
        return True
    # Columns and boxes may be read in another order: then the shingles are the same.
    return max(reading.similarity, _jaccard(reading.first, reading.second)) < MIN_LIKENESS


def _jaccard(first: str, second: str) -> float:
    one, other = _shingles(first), _shingles(second)
    return len(one & other) / max(1, len(one | other))


def _shingles(body: str) -> set[str]:
    return {body[at : at + SHINGLE] for at in range(len(body) - SHINGLE + 1)}


# In this order: what is said of a pair is the first that is so.
_CONTRASTS: Final[Mapping[Contrast, Callable[[_Reading], bool]]] = {
    Contrast.VERSION: _has_other_version,
    Contrast.FIGURES: _has_other_figures,
    Contrast.FILLED_IN: _is_filled_in,
    Contrast.NAMES: _has_other_names,
    Contrast.SUBJECT: _has_other_subject,
    Contrast.WORDING: _has_other_words,
}

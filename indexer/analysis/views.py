"""A folded text as the index stores it: three views, each one string of tokens."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from indexer.analysis.mongolian import mongolian_words
from indexer.engine.port import BOUNDARY, Views

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer.analysis.words import Segmenter

_RUN: Final = re.compile(r"[^\W_]+")
"""Letters, digits and Han characters; everything else separates and is not indexed."""

EMPTY: Final = Views(words="", bigrams="", chars="")


def runs(folded: str) -> list[str]:
    """The unbroken runs of letters, digits and Han characters, in order."""
    return _RUN.findall(folded)


def run_spans(folded: str) -> list[tuple[int, int]]:
    """Where the unbroken runs begin and end."""
    return [match.span() for match in _RUN.finditer(folded)]


def views_of(folded: str, segmenter: Segmenter) -> Views:
    """The three views of one folded text; Mongolian words stand among the words by their shape."""
    parts = runs(folded)
    stream = "".join(parts)
    if not stream:
        return EMPTY
    shapes = [key for word in mongolian_words(folded) for key in word.keys]
    return Views(
        words=" ".join([*segmenter.for_index(" ".join(parts)), *shapes]),
        bigrams=" ".join(bigrams_of(stream)),
        chars=" ".join(stream),
    )


def bigrams_of(stream: str) -> Iterable[str]:
    """Neighbouring pairs of a stream without separators; one character yields none."""
    return map("".join, pairwise(stream))


def joined(parts: Iterable[Views]) -> Views:
    """Consecutive pieces of one text as one text: runs reach across the seams."""
    kept = [part for part in parts if part.chars]
    if not kept:
        return EMPTY
    bigrams = [kept[0].bigrams]
    for before, after in pairwise(kept):
        bigrams.append(before.chars[-1] + after.chars[0])
        bigrams.append(after.bigrams)
    return Views(
        words=" ".join(part.words for part in kept),
        bigrams=" ".join(filter(None, bigrams)),
        chars=" ".join(part.chars for part in kept),
    )


def apart(parts: Iterable[Views]) -> Views:
    """Different texts side by side: no run reaches from one into the next."""
    kept = [part for part in parts if part.chars]
    return Views(
        words=" ".join(part.words for part in kept),
        bigrams=" ".join(part.bigrams for part in kept if part.bigrams),
        chars=f" {BOUNDARY} ".join(part.chars for part in kept),
    )

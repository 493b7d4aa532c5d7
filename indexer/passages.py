"""Pages into passages: pieces short enough to be shown, cut where a sentence ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PASSAGE: Final = 500
"""Code points; a page up to this length stays whole."""

_SENTENCE_END: Final = re.compile(r"[。！？；!?;\n][”’」』）)]*\s*")


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points in a page."""

    start: int
    end: int


def cut(page: str) -> Iterator[Span]:
    """The passages of one page, in order, without gap or overlap; a blank page has none.

    A cut falls after the last sentence end in the second half of the allowed length, and only where
    there is none in mid-sentence.
    """
    start = 0
    while start < len(page):
        end = min(start + MAX_PASSAGE, len(page))
        if end < len(page):
            middle = start + MAX_PASSAGE // 2
            ends = [match.end() for match in _SENTENCE_END.finditer(page, middle, end)]
            end = ends[-1] if ends else end
        if page[start:end].strip():
            yield Span(start, end)
        start = end

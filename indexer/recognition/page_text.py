"""Lines to the text of a page, and where each of its characters stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.extraction.guarded import clean
from indexer.page_words import PageWord
from indexer.recognition.reading_order import in_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.recognition import FoundLine

_BESIDE: Final = "\t"
"""Between what stands in one row apart, as between the cells of a table."""


def text_of(lines: Sequence[FoundLine], aspect: float) -> tuple[str, tuple[PageWord, ...]]:
    """The text of a page as the text store takes it, and its characters with their places.

    Args:
        lines: As they were found, in any order.
        aspect: Height of the page by its width.
    """
    parts: list[str] = []
    words: list[PageWord] = []
    at = 0
    for row in in_rows([line for line in lines if clean(line.text).strip()], aspect):
        for place, line in enumerate(row):
            if parts:
                parts.append(_BESIDE if place else "\n")
                at += 1
            written = clean(line.text).strip().replace("\n", " ")
            words += _words(line, written, at)
            parts.append(written)
            at += len(written)
    return "".join(parts), tuple(words)


def _words(line: FoundLine, written: str, start: int) -> Iterator[PageWord]:
    at = 0
    for character in line.characters:
        found = written.find(character.text, at)
        if found < 0:
            continue  # a character that means nothing was left out
        at = found + len(character.text)
        yield PageWord(
            start=start + found,
            end=start + at,
            box=character.box,
            confidence=character.confidence,
        )

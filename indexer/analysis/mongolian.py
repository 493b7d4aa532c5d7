"""Words in traditional Mongolian script (Hudum), told by their shape.

One word as it is seen has many spellings: A and E, O and U, T and D look alike, and variation
selectors choose the form that a letter would have taken anyway. Two spellings of one shape have one
key here, whoever typed them. Source of the shapes: Unicode Technical Note 57, version 4, as
``mongol-norm`` implements it.

A suffix is written apart from its stem, behind U+202F or U+180E. A word with suffixes has two keys,
its own and that of its stem, so that a stem is found in all its cases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mongol_norm import MongolianShaper

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTER: Final = "\u1820-\u1842"
_JOINED: Final = r"\u180a-\u180f\u200d"
_WORD: Final = re.compile(rf"[{_LETTER}][{_LETTER}{_JOINED}]*(?:\u202f[{_LETTER}{_JOINED}]+)*")
_BLOCK: Final = range(0x1800, 0x18B0)
_SEAM: Final = "+Mvs+"
_FINAL_VOWEL: Final = re.compile(r"\+Mvs\+Aa(?=\+Mvs\+|$)")
_MAX_WORD: Final = 100
"""Letters of a longer run are no word: it has no shape, and stays findable letter by letter."""

SHAPED: Final = "mn:"
"""What every key begins with; no other token of the words view has a colon."""


@dataclass(frozen=True, slots=True)
class MongolianWord:
    """One word of a text.

    Attributes:
        start: Its first code point. end: One past its last.
        keys: The key of the whole word, then that of its stem if it has a suffix; none for a run
            that has no shape.
    """

    start: int
    end: int
    keys: tuple[str, ...]


def mongolian_words(folded: str) -> Iterator[MongolianWord]:
    """The Mongolian words of a folded text, in order."""
    if not has_mongolian(folded):
        return
    for found in _WORD.finditer(folded):
        yield MongolianWord(found.start(), found.end(), _keys(found[0]))


def has_mongolian(text: str) -> bool:
    """Whether a text has a letter of the script; most have none, and this is how they are told."""
    return _ANY.search(text) is not None


def is_mongolian(text: str) -> bool:
    """Whether more of a text's letters are Mongolian than are not."""
    letters = [character for character in text if character.isalpha()]
    return sum(ord(each) in _BLOCK for each in letters) * 2 > len(letters)


_ANY: Final = re.compile(f"[{_LETTER}]")


@lru_cache(maxsize=1)
def _shaper() -> MongolianShaper:
    return MongolianShaper(locale="MNG")


@lru_cache(maxsize=50_000)
def _keys(word: str) -> tuple[str, ...]:
    if len(word) > _MAX_WORD:
        return ()
    try:
        shape = _shaper().shape_str(word)
    except ValueError:
        return ()
    if not shape:
        return ()
    # A vowel that stands apart at the end belongs to the stem; what follows another seam does not.
    stem = _FINAL_VOWEL.sub("+mvs+Aa", shape).split(_SEAM)[0].replace("+mvs+", _SEAM)
    return tuple(dict.fromkeys(SHAPED + each for each in (shape, stem) if each))

"""One form for everything that looks or means the same, with the way back to the original.

The fold is a map of single code points: ``fold(a + b) == fold(a) + fold(b)``. That is what makes
literal search exact (a run taken from anywhere in a text folds to a run of the folded text) and
offsets trivial (each original character knows how many folded ones it became). Composed forms that
a whole-text NFKC would join are therefore folded apart: Latin marks are dropped.

Order per character: NFKC → CJK radicals → traditional to simplified → lower case, until nothing
changes. Traditional folds to simplified on both sides and never the other way: one simplified
character stands for several traditional ones.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from opencc import OpenCC

from indexer.analysis.radicals import RADICALS

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROUNDS: Final = 4

# Variants that the traditional-to-simplified table leaves alone. A ring is the zero of a date: GB
# 2312 has no other, and 二○○八年 is how most papers were typed.
_VARIANTS: Final = dict(zip("著甦濛妳乾瞭○◯", "着苏蒙你干了〇〇", strict=True))

# Stands before a Mongolian suffix and belongs to its word. NFKC makes a space of it.
_SUFFIX_SPACE: Final = "\u202f"


class _FoldTable(dict[int, str | int]):
    """Code point to folded text, filled as characters are met."""

    def __init__(self) -> None:
        super().__init__()
        self._converter = OpenCC("t2s")
        self.uneven: set[str] = set()  # characters met that fold to none or to several

    def __missing__(self, code: int) -> str | int:
        character = chr(code)
        folded = self._fold(character)
        # `str.translate` is quicker with a code point than with a one-character string.
        value: str | int = ord(folded) if len(folded) == 1 else folded
        if len(folded) != 1:
            self.uneven.add(character)
        self[code] = value
        return value

    def _fold(self, character: str) -> str:
        if character == _SUFFIX_SPACE:
            return character
        folded = character
        for _ in range(_ROUNDS):
            before = folded
            folded = "".join(
                self._fold_once(part) for part in unicodedata.normalize("NFKC", folded)
            )
            if folded == before:
                break
        return folded

    def _fold_once(self, character: str) -> str:
        if "\ud800" <= character <= "\udfff":
            return "\ufffd"  # half a character: no engine takes it, and it means nothing
        if "LATIN" in unicodedata.name(character, ""):
            bare = unicodedata.normalize("NFD", character)
            return "".join(part for part in bare if not unicodedata.combining(part)).lower()
        character = RADICALS.get(character, character)
        character = _VARIANTS.get(character, character)
        return str(self._converter.convert(character)).lower()


_TABLE: Final = _FoldTable()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text with its way back.

    Attributes:
        text: The folded text.
        origins: For each folded character, the index of the original code point it came from.
    """

    text: str
    origins: Sequence[int]


def fold(text: str) -> str:
    """The one form of ``text``; folding it again changes nothing."""
    return text.translate(_TABLE)


def fold_with_origins(text: str) -> Folded:
    """The one form of ``text``, each character with the original offset it came from."""
    folded = text.translate(_TABLE)
    # Nearly every text folds one to one; then a character's place is its origin.
    if _TABLE.uneven.isdisjoint(text):
        return Folded(folded, range(len(folded)))
    origins: list[int] = []
    for index, character in enumerate(text):
        origins.extend([index] * len(character.translate(_TABLE)))
    return Folded(folded, origins)

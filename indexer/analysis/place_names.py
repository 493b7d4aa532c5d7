"""Names of places, told by how they end.

Where a name begins cannot be told without a gazetteer. In running text it may have a character too
many in front, which does no harm where it is only looked into; where it is shown, it begins with a
word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.analysis.stopwords import STOPWORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST: Final = 200
"""Places of each kind that are kept of a record."""

VILLAGES: Final = ("自然村", "生产队", "嘎查", "大队", "村", "屯", "庄", "营子")
TOWNS: Final = ("公社", "苏木", "街道", "区", "县", "旗", "市", "镇", "乡")
SUFFIXES: Final = (*VILLAGES, *TOWNS)

_LAST: Final = frozenset(each[-1] for each in TOWNS)
_SUFFIX: Final = re.compile("|".join(SUFFIXES))
_LOOKED_BACK: Final = 4
_SHORTEST_STEM: Final = 2
_LONGEST_STEM: Final = 3
# What stands before a name and is no part of it.
_BEFORE: Final = frozenset("的在和与及对由向从到至是为将了各本该全某同意原现属把被或两个")


@dataclass(frozen=True, slots=True)
class Places:
    """Names of places, each once, in order.

    Attributes:
        towns: Towns, districts and what is larger. villages: What is smaller.
    """

    towns: tuple[str, ...]
    villages: tuple[str, ...]


def places_in(texts: Iterable[str]) -> Places:
    """The places that folded texts name."""
    towns: dict[str, None] = {}
    villages: dict[str, None] = {}
    for text in texts:
        before = 0
        for match in _SUFFIX.finditer(text):
            start, end = match.span()
            first, least = start, max(before, start - _LOOKED_BACK)
            while first > least and _may_name(text[first - 1]):
                first -= 1
            before = end
            if start - first < _SHORTEST_STEM:
                continue
            kept = villages if match[0] in VILLAGES else towns
            if len(kept) < MOST:
                kept[text[first:end]] = None
    return Places(tuple(towns), tuple(villages))


def _may_name(character: str) -> bool:
    return "一" <= character <= "鿿" and character not in _BEFORE


def towns_of(words: Sequence[str]) -> tuple[str, ...]:
    """The towns and what is larger that a title or an agency names, each once.

    Args:
        words: As the segmenter cuts a folded run: a name that no dictionary knows falls into single
            characters.
    """
    towns: dict[str, None] = {}
    for at, word in enumerate(words):
        if word[-1] not in _LAST:
            continue
        ending = next((each for each in TOWNS if word.endswith(each)), "")
        if not ending:
            continue
        name, before = word, at - 1
        if name == ending and before >= 0 and 1 < len(words[before]) <= _LONGEST_STEM:
            name = words[before] + name
        while before >= 0 and len(words[before]) == 1 and len(name) - len(ending) < _LONGEST_STEM:
            if words[before] in STOPWORDS or words[before] in TOWNS:
                break
            name = words[before] + name
            before -= 1
        if len(name) - len(ending) >= _SHORTEST_STEM:
            towns[name] = None
    return tuple(towns)


def looks_like_a_place(characters: str) -> bool:
    """Whether a few characters may be the whole name of a place."""
    return any(characters.endswith(each) and characters != each for each in SUFFIXES)

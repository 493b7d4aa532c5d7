"""The words that everybody knows, apart from names of persons: what a misspelt word may have been.

A fixed list, the same for every archive: what is taken from it says nothing of any record.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import Final, NamedTuple

from indexer.analysis.sounds import by_reading, syllables_of
from indexer.analysis.syllables import roughly
from indexer.analysis.words import builtin_dictionary

LONGEST: Final = 4
"""Characters of the longest word that is looked up by its sound."""

_LEAST_FREQUENCY: Final = 5
_RARE: Final = 20
# The rows of Han characters in GB 2312, and the places of a row.
_HIGH: Final = (0xB0, 0xF8)
_LOW: Final = (0xA1, 0xFF)
_PERSONS: Final = "nr"


def load() -> None:
    """Read the lists now: the first who mistypes a word would wait a second for them."""
    _by_sound()
    _characters()
    by_reading()


def is_word(text: str) -> bool:
    """Whether everybody knows the word; names of persons are not among them."""
    return text in _read().words


def is_personal(text: str) -> bool:
    """Whether the dictionary has the word as the name of a person."""
    return text in _read().personal


def is_rare(text: str) -> bool:
    """Whether the dictionary has the word, and hardly ever met it; many a given name is such."""
    return text in _read().rare


def words_sounding(characters: str) -> tuple[str, ...]:
    """The words that sound roughly like a run of characters, in order; itself, if it is one."""
    if not 1 < len(characters) <= LONGEST:
        return ()
    key = f"{_sound(characters)}\t"
    listed = _by_sound()
    at = bisect_left(listed, key)
    found = []
    while at < len(listed) and listed[at].startswith(key):
        found.append(listed[at].removeprefix(key))
        at += 1
    return tuple(found)


def characters_sounding(character: str) -> str:
    """The characters of the standard set that sound roughly like one, without itself."""
    return _characters().get(_sound(character), "").replace(character, "")


def _sound(characters: str) -> str:
    # Character by character: of words their dictionary would have to be asked a hundred thousand
    # times, and whoever writes the wrong character writes no word.
    return " ".join(roughly(syllables_of(characters)))


class _Lists(NamedTuple):
    words: frozenset[str]
    personal: frozenset[str]
    rare: frozenset[str]
    common: tuple[str, ...]


@cache
def _read() -> _Lists:
    words, personal, rare, common = [], [], [], []
    for line in builtin_dictionary().read_text("utf-8").splitlines():
        word, frequency, kind = line.split(" ")
        if len(word) == 1 or word.isascii():
            continue
        if kind.startswith(_PERSONS):
            personal.append(word)
            continue
        words.append(word)
        if int(frequency) < _RARE:
            rare.append(word)
        if len(word) <= LONGEST and int(frequency) >= _LEAST_FREQUENCY:
            common.append(word)
    return _Lists(frozenset(words), frozenset(personal), frozenset(rare), tuple(common))


@cache
def _characters() -> dict[str, str]:
    alike: dict[str, str] = {}
    for high in range(*_HIGH):
        for low in range(*_LOW):
            for character in bytes([high, low]).decode("gb2312", "ignore"):
                alike[_sound(character)] = alike.get(_sound(character), "") + character
    return alike


@cache
def _by_sound() -> list[str]:
    return sorted(f"{_sound(word)}\t{word}" for word in _read().common)

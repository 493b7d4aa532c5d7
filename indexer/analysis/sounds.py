"""How Chinese is read aloud: one syllable of pinyin, without tone, for each character.

The only module that knows the pronouncing dictionary. Words are read as words (重庆 is chong qing);
what a character is called as a surname or in an old place name is a reading besides.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from itertools import chain
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING, Final

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_CACHED_WORDS: Final = 65_536

OTHER_READINGS: Final = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "盖": "ge",
    "朴": "piao", "卜": "bu", "薄": "bo", "尉": "yu", "缪": "miao", "召": "shao", "覃": "qin",
    "翟": "zhai", "乜": "nie", "员": "yun", "黑": "he", "繁": "po", "折": "she", "乐": "yue",
    "牟": "mu", "重": "chong", "长": "chang", "都": "du", "厦": "xia", "番": "pan", "蔚": "yu",
    "堡": "pu", "洞": "tong", "铅": "yan", "六": "lu", "什": "shi", "阿": "e",
}  # fmt: skip
"""A reading besides the one that the dictionary gives: of surnames and of places."""


def syllables_of(words: Iterable[str]) -> tuple[str, ...]:
    """One syllable for each character of the words, in order; what is none stands for itself.

    Args:
        words: Folded, without white space, as the segmenter cuts them.
    """
    return tuple(syllable for word in words for syllable in _read(word))


def ways_of(words: Iterable[str]) -> list[tuple[str, ...]]:
    """What each character of the words may be called, in order; the usual reading first."""
    return list(chain.from_iterable(map(_ways, words)))


def characters_read(fits: Callable[[str], bool]) -> frozenset[str]:
    """The characters that in some word, or by themselves, have a reading that fits."""
    return frozenset().union(*(each for read, each in by_reading().items() if fits(read)))


@cache
def by_reading() -> dict[str, frozenset[str]]:
    """Whatever a character is called in any word of the dictionary, with those called so."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for code, marked in PINYIN_DICT.items():
        for each in marked.split(","):
            found[each].add(chr(code))
    for word, of_word in PHRASES_DICT.items():
        for character, ways in zip(word, of_word, strict=False):
            found[ways[0]].add(character)
    plain: defaultdict[str, set[str]] = defaultdict(set)
    for marked, characters in found.items():
        plain[to_normal(marked)] |= characters
    for character, read in OTHER_READINGS.items():
        plain[read].add(character)
    for character in ascii_lowercase + digits:
        plain[character].add(character)
    return {read: frozenset(each) for read, each in plain.items()}


@lru_cache(maxsize=_CACHED_WORDS)
def _ways(word: str) -> tuple[tuple[str, ...], ...]:
    return tuple(map(_readings, word, _read(word)))


@lru_cache(maxsize=_CACHED_WORDS)
def _read(word: str) -> tuple[str, ...]:
    if word.isascii():
        return tuple(word)
    read = tuple(lazy_pinyin(word))
    if len(read) == len(word):
        return read
    return tuple(lazy_pinyin(each)[0] for each in word)


def _readings(character: str, read: str) -> tuple[str, ...]:
    other = OTHER_READINGS.get(character)
    return (read,) if other is None else (read, other)

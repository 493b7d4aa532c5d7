"""Chinese word segmentation. jieba defines the tokens; rjieba computes the same ones faster.

With HMM off both cut identically (a test compares them over a corpus), and rjieba does it some
fifteen times faster. HMM stays off at both ends: it invents words from context, so the same name
would be cut differently in a document and in a question.
"""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import rjieba

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD_FREQUENCY: Final = 1_000_000
"""Given to every word of an office's own dictionary, so that it is kept whole."""


class Segmenter:
    """Cuts folded text into words.

    Args:
        user_words: Words of the office's own dictionary, folded.
    """

    def __init__(self, user_words: Sequence[str] = ()) -> None:
        self._jieba = rjieba.Jieba()
        for word in user_words:
            self._jieba.add_word(word, _WORD_FREQUENCY, "nz")
        self.dictionary: Final = dictionary_of(user_words)

    def for_index(self, text: str) -> list[str]:
        """Every word and every dictionary word inside it, for indexing."""
        words: list[str] = self._jieba.cut_for_search(text, False)
        return words

    def for_query(self, text: str) -> list[str]:
        """The words alone, each once, in order, for questions."""
        words: list[str] = self._jieba.cut(text, False)
        return words


def dictionary_of(user_words: Sequence[str] = ()) -> str:
    """Checksum of every word list that decides how text is cut, with these words of the office."""
    digest = hashlib.sha256(_builtin_dictionary_digest().encode())
    for word in sorted(user_words):
        digest.update(b"\0" + word.encode())
    return digest.hexdigest()


@lru_cache(maxsize=4)
def segmenter_for(user_words: tuple[str, ...] = ()) -> Segmenter:
    """One segmenter per dictionary and process: loading a dictionary takes a while.

    Args:
        user_words: Folded and sorted.
    """
    return Segmenter(user_words)


def builtin_dictionary() -> Path:
    """The word list of jieba: a word, its frequency and its kind on each line.

    rjieba embeds it; the distribution's file names its version. Found without importing jieba,
    which is slow to import and not needed.
    """
    spec = find_spec("jieba")
    assert spec is not None  # noqa: S101 - a locked dependency
    assert spec.origin is not None  # noqa: S101
    return Path(spec.origin).with_name("dict.txt")


@cache
def _builtin_dictionary_digest() -> str:
    digest = hashlib.sha256(builtin_dictionary().read_bytes())
    digest.update(version("mongol-norm").encode())  # another one may give words other shapes
    return digest.hexdigest()

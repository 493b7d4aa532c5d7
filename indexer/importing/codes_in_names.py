"""档号 in the names of files and folders, in whatever way they are written there.

A code in a name is spelled with other dashes and dots, spread over folders, or without its leading
zeros; behind it stand a page number (``…-0001-003.tif``), a title, or nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from indexer.storage.names import shown

if TYPE_CHECKING:
    from collections.abc import Collection

Tokens = tuple[str, ...]

_RUNS: Final = re.compile(r"[0-9A-Z]+|[㐀-鿿]+")
_MIN_TOKENS: Final = 3
"""A shorter code stands in too many names that mean something else."""

IMAGES: Final = frozenset({".tif", ".tiff", ".jpg", ".jpeg", ".png", ".bmp", ".jp2", ".heic"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A code met in a path.

    Attributes:
        tokens: The code. page: The number behind it, of a page image; 0 without one.
    """

    tokens: Tokens
    page: int = 0


def tokens_of(text: str) -> Tokens:
    """The runs of letters, digits and Chinese characters of a code; numbers without zeros."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return tuple(_number(run) for run in _RUNS.findall(plain))


def is_long_enough(tokens: Tokens) -> bool:
    """Whether a code is looked for inside names."""
    return len(tokens) >= _MIN_TOKENS


def code_in(path: str, codes: Collection[Tokens]) -> Found | None:
    """The longest of the codes that a path bears, in its name or its folders."""
    parts = PurePosixPath(shown(path)).parts
    if not parts:
        return None
    *folders, name = parts
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix.lower()
    runs = [tokens_of(part) for part in folders] + [tokens_of(stem)]
    best: Found | None = None
    for start in range(len(runs)):
        found = _from(runs[start:], codes, is_image=suffix in IMAGES)
        if found is not None and (best is None or len(found.tokens) >= len(best.tokens)):
            best = found
    return best


def _from(runs: list[Tokens], codes: Collection[Tokens], *, is_image: bool) -> Found | None:
    """The longest code that begins with a folder or name and ends where its words may end."""
    tokens: Tokens = ()
    ends: list[tuple[Tokens, Tokens, bool]] = []  # code, rest of the same part, in the name itself
    for at, run in enumerate(runs):
        is_name = at == len(runs) - 1
        ends += [
            (tokens + run[:length], run[length:], is_name) for length in range(1, len(run) + 1)
        ]
        tokens += run
    for code, rest, is_name in reversed(ends):
        if code not in codes:
            continue
        if not rest or not rest[0][0].isdecimal():
            return Found(tokens=code)
        if is_name and is_image and len(rest) == 1 and rest[0].isdecimal():
            return Found(tokens=code, page=int(rest[0]))
        # Another number behind it makes it another code, that no row has.
        return None
    return None


def _number(run: str) -> str:
    return run.lstrip("0") or "0" if run.isdecimal() else run

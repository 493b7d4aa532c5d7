"""The question as typed, taken apart: quoted runs and the rest.

What is not valid syntax is searched literally, and the answer says so; nothing typed here is an
error of the asker's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from indexer.analysis.analyzer import QueryPart

_PAIRED_QUOTES: Final = {"“": "”", "「": "」", "『": "』"}
_PLAIN_QUOTES: Final = frozenset('"＂')


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedQuestion:
    """The parts of a question.

    Attributes:
        parts: In order; blank ones are left out.
        literal_because: ``unbalanced_quote`` where a quotation never ends, or ``""``.
    """

    parts: tuple[QueryPart, ...]
    literal_because: str = ""


def parse(text: str) -> ParsedQuestion:
    """The parts of ``text``; a quotation that never ends makes the whole text one plain part."""
    parts: list[QueryPart] = []
    rest = text
    while rest:
        start = next((i for i, character in enumerate(rest) if _closing(character)), None)
        if start is None:
            parts.append(QueryPart(rest))
            break
        end = rest.find(_closing(rest[start]), start + 1)
        if rest[start] in _PLAIN_QUOTES:
            end = next((i for i in range(start + 1, len(rest)) if rest[i] in _PLAIN_QUOTES), -1)
        if end < 0:
            return ParsedQuestion(parts=(QueryPart(text),), literal_because="unbalanced_quote")
        parts.append(QueryPart(rest[:start]))
        parts.append(QueryPart(rest[start + 1 : end], is_phrase=True))
        rest = rest[end + 1 :]
    return ParsedQuestion(parts=tuple(part for part in parts if part.text.strip()))


def _closing(character: str) -> str:
    return character if character in _PLAIN_QUOTES else _PAIRED_QUOTES.get(character, "")

"""A question cut into words, quotations and signs, each with its place in what was typed.

Full-width signs count as half-width ones. Signs that may as well be punctuation are signs only
where punctuation does not stand: a minus with a space before and none after, a bracket that begins
a word and whose partner ends one, a field's name at the beginning of a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from indexer.engine.conditions import MAX_NEAR, Part

DEFAULT_NEAR: Final = 10
"""Characters that may lie between two words where nobody says how many."""

FIELDS: Final[dict[Part, tuple[str, ...]]] = {
    Part.TITLE: ("标题", "題名", "题名", "標題", "title"),
    Part.NUMBER: ("文号", "文號", "发文字号", "發文字號", "number"),
    Part.AGENCY: ("机关", "機關", "发文机关", "發文機關", "责任者", "agency"),
    Part.CODE: ("档号", "檔號", "code"),
    Part.PERSONS: ("人名", "姓名", "person"),
}
"""The names of each field; the first is the one that is written back."""

_PARTS: Final = {name: part for part, names in FIELDS.items() for name in names}
_FIELD: Final = re.compile(r"(\w{2,8}):(?![\s:|])")
_NEAR: Final = re.compile(r"NEAR(?:/(\d{1,3}))?")
_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_PAIRED_QUOTES: Final = {"“": "”", "「": "」", "『": "』"}


class Problem(Exception):  # noqa: N818 - never leaves this package
    """The text is no valid question of the language; ``args[0]`` says why, as a code."""


class Sign(Enum):
    """What a token is."""

    WORD = auto()
    PHRASE = auto()
    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    AND = auto()
    NOT = auto()
    NEAR = auto()
    FIELD = auto()


_OPERATORS: Final = {"OR": Sign.OR, "AND": Sign.AND, "NOT": Sign.NOT}


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    Attributes:
        start: Its first code point in what was typed. end: One past its last.
        text: Of a word or quotation, without the quotation marks.
        distance: Of NEAR. part: Of a field.
    """

    sign: Sign
    start: int
    end: int
    text: str = ""
    distance: int = 0
    part: Part = Part.BODY


def tokens_of(text: str) -> list[Token]:
    """The tokens of a question.

    Raises:
        Problem: A quotation never ends, or NEAR asks for too much.
    """
    return _Cutter(text).tokens()


class _Cutter:
    def __init__(self, text: str) -> None:
        self._text = text
        self._plain = text.translate(_WIDTH)
        self._quotes = _quotations(self._plain)
        self._partners = _bracket_pairs(self._plain, self._quotes)
        self._closers: set[int] = set()
        self._tokens: list[Token] = []

    def tokens(self) -> list[Token]:
        at = 0
        while at < len(self._text):
            at = at + 1 if self._plain[at].isspace() else self._take(at)
        return self._tokens

    def _take(self, at: int) -> int:  # noqa: PLR0911 - one for each kind of token
        """Take the token that begins at ``at``; where the next one may begin."""
        if at in self._quotes:
            end = self._quotes[at]
            inner = self._text[at + 1 : end - 1]
            # A quotation of nothing asks for nothing.
            return self._add(Sign.PHRASE, at, end, text=inner) if inner.strip() else end
        if at in self._closers:
            return self._add(Sign.CLOSE, at, at + 1)
        if self._opens_group(at):
            self._closers.add(self._partners[at])
            return self._add(Sign.OPEN, at, at + 1)
        if self._plain[at] == "|":
            return self._add(Sign.OR, at, at + 1)
        if self._plain[at] == "-" and self._follows(Sign.PHRASE, at):
            return at + 1
        if self._is_minus(at):
            return self._add(Sign.NOT, at, at + 1)
        field = self._field(at)
        if field is not None:
            return self._add(Sign.FIELD, at, field.end(), part=_PARTS[field[1].lower()])
        return self._take_word(at)

    def _take_word(self, at: int) -> int:
        end = at + 1
        while end < len(self._plain) and not self._ends_word(end):
            end += 1
        word = self._plain[at:end]
        if self._begins(at):
            if word in _OPERATORS:
                return self._add(_OPERATORS[word], at, end)
            near = _NEAR.fullmatch(word)
            if near:
                distance = int(near[1] or DEFAULT_NEAR)
                if distance > MAX_NEAR:
                    raise Problem("near_too_far")
                return self._add(Sign.NEAR, at, end, distance=distance)
        return self._add(Sign.WORD, at, end, text=self._text[at:end])

    def _add(
        self,
        sign: Sign,
        start: int,
        end: int,
        *,
        text: str = "",
        distance: int = 0,
        part: Part = Part.BODY,
    ) -> int:
        self._tokens.append(Token(sign, start, end, text, distance, part))
        return end

    def _ends_word(self, at: int) -> bool:
        character = self._plain[at]
        return character.isspace() or character == "|" or at in self._quotes or at in self._closers

    def _begins(self, at: int) -> bool:
        """Whether a sign may stand here: after white space or another sign, or a quotation."""
        return (
            at == 0
            or self._plain[at - 1].isspace()
            or any(self._follows(sign, at) for sign in (Sign.OPEN, Sign.OR, Sign.PHRASE))
        )

    def _follows(self, sign: Sign, at: int) -> bool:
        return bool(self._tokens) and self._tokens[-1].sign is sign and self._tokens[-1].end == at

    def _is_minus(self, at: int) -> bool:
        after = at + 1
        return (
            self._plain[at] == "-"
            and self._begins(at)
            and after < len(self._plain)
            and self._plain[after] != "-"
            and (after in self._quotes or not self._ends_word(after))
        )

    def _opens_group(self, at: int) -> bool:
        """Whether a bracket begins a word and its partner ends one: 办法（试行） has no group."""
        partner = self._partners.get(at)
        if partner is None:
            return False
        begins = self._begins(at) or self._follows(Sign.NOT, at) or self._follows(Sign.FIELD, at)
        after = self._plain[partner + 1 : partner + 2]
        return begins and (not after or after.isspace() or after in ")|")

    def _field(self, at: int) -> re.Match[str] | None:
        if not (self._begins(at) or self._follows(Sign.NOT, at)):
            return None
        found = _FIELD.match(self._plain, at)
        if found is None or found[1].lower() not in _PARTS:
            return None
        end = found.end()
        return found if end < len(self._plain) and end not in self._closers else None


def _quotations(plain: str) -> dict[int, int]:
    """Where each quotation begins, and one past where it ends."""
    quotations: dict[int, int] = {}
    at = 0
    while at < len(plain):
        closing = '"' if plain[at] == '"' else _PAIRED_QUOTES.get(plain[at])
        if closing is None:
            at += 1
            continue
        end = plain.find(closing, at + 1)
        if end < 0:
            raise Problem("unbalanced_quote")
        quotations[at] = end + 1
        at = end + 1
    return quotations


def _bracket_pairs(plain: str, quotations: dict[int, int]) -> dict[int, int]:
    """Each opening bracket that has a partner, with its partner; quotations left out."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    at = 0
    while at < len(plain):
        if at in quotations:
            at = quotations[at]
            continue
        if plain[at] == "(":
            waiting.append(at)
        elif plain[at] == ")" and waiting:
            pairs[waiting.pop()] = at
        at += 1
    return pairs

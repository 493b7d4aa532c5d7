"""The secrecy guard: does page 1 carry a marking of state secrecy?

A marking stands alone on its line near the top: the level, at most with star, period, copy number,
urgency or, in a letter, the document number. Published law is full of the same words in prose
(商业秘密, 保守秘密), so anything else on the line means that it is none; only a starred marking
that a wide gap sets off in a column of its own needs no line of its own.

Source: GB/T 9704-2012 7.2.2, 10.1; 保守国家秘密法 (2024) art. 14, 22.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING, Final

from indexer.official.document_numbers import parse as parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator

TOP_LINES: Final = 30
"""Lines of page 1 that are looked at, blank ones not counted."""

# Nothing a reader sees: zero-width characters, soft hyphens, direction marks.
_UNSEEN: Final = re.compile(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08]")
_MAX_LINE: Final = 120
_MAX_HEAD: Final = 100_000
_WIDE_GAP: Final = re.compile(r"[^\S\t]{4,}")
_HALF: Final = frozenset("绝絕机機秘")
_G: Final = r"\s*"
_STAR: Final = r"[★☆✩✪✫✬✭✮✯⋆*]"
_NUMERAL: Final = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_LEVEL: Final = rf"(?:[绝絕]{_G}密|[机機]{_G}密|秘{_G}密)(?:{_G}级|{_G}級)?"
_PERIOD: Final = (
    rf"(?:(?:保{_G}密)?{_G}期{_G}限{_G}[:]?{_G})?"
    rf"(?:{_NUMERAL}{_G}(?:年|个{_G}月|個{_G}月|月|天|日)|长{_G}期|長{_G}期|永{_G}久"
    rf"|[启啟]{_G}[用封]{_G}前|公{_G}[布开開]{_G}前|解{_G}密{_G}前"
    rf"|至?{_G}\d{{4}}{_G}[年.\-/]{_G}\d{{1,2}}{_G}[月.\-/]{_G}\d{{1,2}}{_G}日?{_G}(?:前|止)?)"
)
_MARK: Final = (
    rf"(?:密{_G}[级級]{_G}:?{_G})?(?:国{_G}家{_G}|國{_G}家{_G})?"
    rf"{_STAR}?{_G}{_LEVEL}{_G}(?:(?:{_STAR}|[·.:,;]){_G})?(?:[(]?{_G}{_PERIOD}{_G}[)]?)?{_G}{_STAR}?"
)
_URGENCY: Final = (
    rf"(?:(?:紧急程度|緊急程度){_G}:?{_G})?"
    rf"(?:特{_G}[急提]{_G}件?|加{_G}急{_G}件?|平{_G}急|急{_G}件|紧{_G}急|緊{_G}急|明{_G}电|密{_G}电)"
)
_COPY: Final = (
    r"(?:(?:份\s*号|份\s*號|编\s*号|編\s*號|No\.?)?\s*:?\s*第?\s*\d{1,8}\s*(?:号|號|份)?)"
)
_BESIDE: Final = rf"(?:(?:{_COPY}|{_URGENCY}){_G}){{0,2}}"
_BOX_OPEN: Final = rf"[\[【(〔<《「『|]?{_G}"
_BOX_CLOSE: Final = rf"{_G}[\]】)〕>》」』|]?"
_LINE: Final = re.compile(rf"{_G}{_BESIDE}{_BOX_OPEN}(?P<mark>{_MARK}){_BOX_CLOSE}{_G}{_BESIDE}")
_COLUMNS: Final = re.compile(r"\s{3,}|\t|\|")
_STARRED: Final = re.compile(_STAR)
_INTERNAL: Final = re.compile(
    rf"{_G}{_STAR}?{_BOX_OPEN}(?P<word>工{_G}作{_G}秘{_G}密|内{_G}部)(?:{_G}(?:资{_G}料|文{_G}件|材{_G}料|刊{_G}物|使{_G}用|参{_G}考|公{_G}开|电{_G}报|事{_G}项))?"
    rf"(?:{_G}{_STAR}?{_G}(?P<period>{_PERIOD}))?(?:{_G}[,;]?{_G}(?:注意保存|妥善保管|不得外传|严禁外传)){{0,2}}{_BOX_CLOSE}{_STAR}?{_G}"
)


def find_marking(first_page: str) -> str | None:
    """The marking on page 1 without spaces, e.g. ``机密★10年``, or ``None``."""
    for line in _top(first_page):
        mark = _marking_of(line)
        if mark:
            return mark
    return None


def is_marked_internal(first_page: str) -> bool:
    """Whether 内部 or 工作秘密 stands on page 1 as a marking of its own."""
    return bool(internal_marking(first_page))


def internal_marking(first_page: str) -> str:
    """What marks page 1 as kept in the house, e.g. ``内部★5年``, or ``""``."""
    for line in _top(first_page):
        # In a column of its own only a starred one: a table may have a cell that says 内部.
        columns = filter(_STARRED.search, _COLUMNS.split(line.strip()))
        for part in (line, *columns):
            match = _INTERNAL.fullmatch(part)
            if match:
                word, period = ("".join((match[name] or "").split()) for name in ("word", "period"))
                return f"{word}★{period}" if period else word
    return ""


def _marking_of(line: str) -> str:
    whole = _LINE.fullmatch(line)
    if whole:
        return "".join(whole["mark"].split())
    columns = [column for column in _COLUMNS.split(line.strip()) if column.strip()]
    for column in columns:
        match = _LINE.fullmatch(column)
        # A bare word in a column is a cell of a table, unless its neighbour is the letter's number.
        if match and (
            _STARRED.search(match["mark"])
            or all(each is column or parse_number(each) for each in columns)
        ):
            return "".join(match["mark"].split())
    return ""


def _top(page: str) -> Iterator[str]:
    lines = (_UNSEEN.sub("", line).strip() for line in page[:_MAX_HEAD].splitlines())
    half = ""
    for line in islice(filter(None, lines), TOP_LINES):
        # A narrow box breaks 机密 after its first character.
        whole, half = half + line, line if line in _HALF else ""
        # A marking is short, though the spaces inside it may be many.
        if not half and len("".join(whole.split())) <= _MAX_LINE:
            yield _WIDE_GAP.sub("   ", unicodedata.normalize("NFKC", whole))

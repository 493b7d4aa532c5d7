"""成文日期: the date a document was made, in Arabic or Chinese numerals.

Source: GB/T 9704-2012 7.3.5.4; before 2012 dates were written in Chinese numerals.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from indexer.dates import PartialDate

_DIGITS: Final = {c: str(v) for v, cs in enumerate(
    ("〇○◯零OoＯ", "一", "二", "三", "四", "五", "六", "七", "八", "九")) for c in cs}  # fmt: skip
_ZERO: Final = "〇○◯零OoО0"
_ARABIC: Final = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"
)
_DOTTED: Final = re.compile(r"(?P<y>(?:19|20)\d\d)[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})")
_CHINESE: Final = re.compile(
    rf"(?P<y>[一二][{_ZERO}一二三四五六七八九]{{3}})\s*年\s*(?P<m>元|正|十?[一二三四五六七八九十])\s*月\s*"
    r"(?P<d>(?:二十|三十|十|廿|卅)?[一二三四五六七八九十]?)\s*日"
)
_TAIL_LINES: Final = 25
_TOP_LINES: Final = 8
_EIGHT: Final = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)")
_UNITS: Final = {"十": 10, "廿": 20, "卅": 30}


def document_date_of(pages: tuple[str, ...]) -> PartialDate | None:
    """The date that stands alone on a line: near the end of the text, else under the title."""
    lines = [line.strip() for page in pages for line in page.splitlines() if line.strip()]
    tail = lines[-_TAIL_LINES:]
    for line in (*reversed(tail), *lines[:_TOP_LINES]):
        date = parse_date(line.strip("()（） 　"))
        if date is not None:
            return date
    return None


def parse_date(text: str) -> PartialDate | None:
    """The date that ``text`` is, with its precision; ``None`` if it is none.

    Takes 2008年3月15日, 2008-03-15, 2008.3, 20080315, 20110300 (a month), 1968, 二〇〇八年三月.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    for pattern in (_ARABIC, _DOTTED, _EIGHT):
        match = pattern.fullmatch(plain)
        if match:
            return _date(int(match["y"]), int(match["m"]), int(match["d"]))
    match = _CHINESE.fullmatch(plain)
    if match:
        return _date(_year(match["y"]), _number(match["m"]), _number(match["d"]))
    return _month_or_year(plain)


def _month_or_year(plain: str) -> PartialDate | None:
    match = re.fullmatch(r"((?:19|20)\d\d)(?:年|[-./])(\d{1,2})月?", plain)
    if match:
        return _date(int(match[1]), int(match[2]), 0)
    match = re.fullmatch(r"((?:18|19|20)\d\d)年?", plain)
    if match:
        return _date(int(match[1]), 0, 0)
    chinese = re.fullmatch(
        rf"([一二][{_ZERO}一二三四五六七八九]{{3}})年(?:(元|正|十?[一二三四五六七八九十])月)?",
        plain,
    )
    if chinese:
        return _date(_year(chinese[1]), _number(chinese[2]) if chinese[2] else 0, 0)
    return None


def _date(year: int, month: int, day: int) -> PartialDate | None:
    try:
        return PartialDate(year, month or None, day or None)
    except ValueError:
        return None


def _year(text: str) -> int:
    return int("".join(_DIGITS.get(character, character) for character in text))


def _number(text: str) -> int:
    if text in {"元", "正"}:
        return 1
    total = 0
    digit = 0
    for character in text:
        if character in _UNITS:
            total += _UNITS[character] if character != "十" else (digit or 1) * 10
            digit = 0
        else:
            digit = int(_DIGITS[character])
    return total + digit

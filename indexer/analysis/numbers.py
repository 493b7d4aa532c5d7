"""Document numbers and orders as people type them, reduced to the key a record bears.

The key is ``prefix|year|number``. Forms as they stand in documents are read by
:mod:`indexer.official.document_numbers`; this module adds what only questions have: lost brackets
and 号, year first, Chinese numerals, the word order of 第485号国务院令.
"""

from __future__ import annotations

import re
from typing import Final

from indexer.analysis.numerals import NUMERALS, chinese_number
from indexer.analysis.views import runs

_HAN: Final = r"[㐀-鿿]"
_OPEN: Final = r"[\[（(【〖〔﹝{〈《]"
_CLOSE: Final = r"[\]）)】〗〕﹞}〉》]"
_YEAR: Final = r"(?:19|20)\d\d"
_SERIAL: Final = rf"(?:\d{{1,5}}|[{NUMERALS}]{{1,9}})"

# 国办发〔2018〕12号, 国办函 2005 57号, 国发 2019 第5号
_PREFIX_FIRST: Final = re.compile(
    rf"(?P<prefix>{_HAN}{{2,12}}?)字?\s*{_OPEN}?\s*(?P<year>{_YEAR})\s*年?\s*{_CLOSE}?\s*第?\s*"
    rf"(?P<serial>{_SERIAL})\s*号"
)
# 国发[2018]39: without 号 it takes the brackets, or a prefix such as numbers have, to be a number
_NO_HAO: Final = re.compile(
    rf"(?:(?P<prefix>{_HAN}{{2,12}}?)字?\s*{_OPEN}\s*(?P<year>{_YEAR})\s*{_CLOSE}"
    rf"|(?P<prefix2>{_HAN}{{1,11}}[发函办字通令])\s*(?P<year2>{_YEAR})\s)\s*第?\s*(?P<serial>\d{{1,5}})"
)
# 2004年国办函36号
_YEAR_FIRST: Final = re.compile(
    rf"{_OPEN}?\s*(?P<year>{_YEAR})\s*年?\s*{_CLOSE}?\s*(?P<prefix>{_HAN}{{2,12}}?)字?\s*第?\s*"
    rf"(?P<serial>{_SERIAL})\s*号"
)
# 国务院令第711号, 国务院令 533, 国务院第424号令
_ORDER: Final = re.compile(
    rf"(?P<prefix>{_HAN}{{2,20}}?令)\s*{_OPEN}?\s*第?\s*(?P<serial>{_SERIAL})\s*号?"
)
_ORDER_SPLIT: Final = re.compile(rf"(?P<prefix>{_HAN}{{2,20}}?)第\s*(?P<serial>{_SERIAL})\s*号令")
_ORDER_LAST: Final = re.compile(rf"第\s*(?P<serial>{_SERIAL})\s*号\s*(?P<prefix>{_HAN}{{2,20}}?令)")

# (58)岚民字第12号, 58岚民字12号: until the sixties two digits of the year stood first
_SHORT_YEAR_FIRST: Final = re.compile(
    rf"{_OPEN}?\s*(?P<short>[4-7]\d)\s*年?\s*{_CLOSE}?\s*(?P<prefix>{_HAN}{{1,12}}?)字\s*第?\s*"
    rf"(?P<serial>{_SERIAL})\s*号"
)
# 岚民字第七号: older still, without a year
_NO_YEAR: Final = re.compile(rf"(?P<prefix>{_HAN}{{1,12}}?)字\s*第?\s*(?P<serial>{_SERIAL})\s*号")

_STATE: Final = "中华人民共和国"
_MAX_CODE: Final = 80


def number_key(folded: str) -> str:
    """The key of the document number that a folded text *is*, or ``""`` where it is none.

    The whole text must be the number, apart from white space at its ends.
    """
    text = folded.strip()
    for pattern, suffix in (
        (_ORDER_SPLIT, "令"),
        (_ORDER_LAST, ""),
        (_ORDER, ""),
        (_PREFIX_FIRST, ""),
        (_NO_HAO, ""),
        (_YEAR_FIRST, ""),
        (_SHORT_YEAR_FIRST, ""),
        (_NO_YEAR, ""),
    ):
        match = pattern.fullmatch(text)
        if match:
            return _key(match, suffix)
    return ""


def leading_number(folded: str) -> tuple[str, str]:
    """A number at the beginning of a question and what follows it; ``("", folded)`` if none.

    What follows must be set off by white space: ``国办函〔1996〕14号 函``.
    """
    text = folded.strip()
    for end in [match.start() for match in re.finditer(r"\s", text)][::-1]:
        key = number_key(text[:end])
        if key:
            return key, text[end:].strip()
    return "", folded


def exact_key(folded: str) -> str:
    """The key of any reference code (档号, 索引号, number of an unknown form), or ``""``.

    Two codes with the same letters, digits and Han characters are the same code, however they are
    punctuated.
    """
    stream = "".join(runs(folded))
    return f"={stream}" if stream and len(stream) <= _MAX_CODE else ""


def number_keys(folded: str) -> tuple[str, ...]:
    """Every key that a text which is a number or a code goes by."""
    return tuple(filter(None, (number_key(folded), exact_key(folded))))


def _key(match: re.Match[str], suffix: str) -> str:
    groups = match.groupdict()
    serial = groups["serial"]
    number = int(serial) if serial.isdigit() else chinese_number(serial)
    prefix = groups["prefix"] or groups["prefix2"]
    year = groups.get("year") or groups.get("year2") or ""
    if short := groups.get("short"):
        year = f"19{short}"
    return f"{(prefix + suffix).removeprefix(_STATE)}|{year}|{number}"

"""The secrecy guard: does page 1 carry a marking of state secrecy?

A marking stands alone on its line near the top: the level, at most with star, period, copy number or
urgency. Published law is full of the same words in prose (商业秘密, 保守秘密), so anything else on
the line means that it is none. Source: GB/T 9704-2012 7.2.2; 保守国家秘密法 (2024) art. 14, 22.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

TOP_LINES: Final = 30
"""Lines of page 1 that are looked at, blank ones not counted."""

_GAP: Final = r"[\s　]*"
_LEVEL: Final = rf"(?:绝{_GAP}密|絕{_GAP}密|机{_GAP}密|機{_GAP}密|秘{_GAP}密)"
_PERIOD: Final = rf"(?:\d+{_GAP}(?:年|个月|個月|月|天)|长期|長期|[一二三四五六七八九十]+{_GAP}年)"
_MARK: Final = (
    rf"(?:密级|密級)?{_GAP}[:：]?{_GAP}{_LEVEL}{_GAP}(?:[★☆*·]{_GAP}(?:{_PERIOD})?|{_PERIOD})?"
)
_URGENCY: Final = rf"(?:特{_GAP}[急提]|加{_GAP}急|平{_GAP}急|急{_GAP}件|特{_GAP}急{_GAP}件)"
_COPY: Final = r"(?:(?:份号|份號|编号|編號|No\.?)?\s*[:：]?\s*第?\s*\d{1,8}\s*(?:号|號|份)?)"
_LINE: Final = re.compile(
    rf"{_GAP}(?:{_COPY}{_GAP})?(?:{_URGENCY}{_GAP})?[\[【(（〔]?{_GAP}(?P<mark>{_MARK}){_GAP}"
    rf"[\]】)）〕]?{_GAP}(?:{_URGENCY}{_GAP})?(?:{_COPY}{_GAP})?"
)
_INTERNAL: Final = re.compile(
    rf"{_GAP}[\[【(（〔]?{_GAP}内{_GAP}部(?:{_GAP}(?:资料|文件|使用|公开))?"
    rf"(?:{_GAP}[，,]?{_GAP}(?:注意保存|不得外传))?{_GAP}[\]】)）〕]?{_GAP}"
)


def find_marking(first_page: str) -> str | None:
    """The marking on page 1 without spaces, e.g. ``机密★10年``, or ``None``."""
    for line in _top(first_page):
        match = _LINE.fullmatch(line)
        if match:
            return "".join(match["mark"].split())
    return None


def is_marked_internal(first_page: str) -> bool:
    """Whether 内部 stands on page 1 as a marking of its own."""
    return any(_INTERNAL.fullmatch(line) for line in _top(first_page))


def _top(page: str) -> list[str]:
    lines = (unicodedata.normalize("NFKC", line) for line in page.splitlines())
    return [line for line in lines if line.strip()][:TOP_LINES]

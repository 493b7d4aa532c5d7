"""档号: a record's reference code, and the parts it is built of.

Sources: DA/T 22-2015 (by item), DA/T 13-2022 (by volume), DA/T 13-1994 (legacy). The string is
always kept as written; a code of no known form has no parts and is still compared by its key.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_DASHES: Final = str.maketrans(dict.fromkeys("－—–‐‑‒―−﹣ー", "-"))
_DOTS: Final = str.maketrans(dict.fromkeys(".•・‧∙⋅●", "·"))
_MAX: Final = 64

_FONDS: Final = r"(?P<fonds>(?=[A-Z0-9]*\d)[A-Z0-9]{3,5})"
_CATEGORY: Final = r"(?P<category>[A-Z]{2}(?:·[A-Z0-9]{2})?)"
_YEAR: Final = r"(?P<year>(?:18|19|20)\d\d)"
_RETENTION: Final = r"(?P<retention>Y|D\d{2}|C|D|永久|长期|短期)"
# Three digits are a volume: organs are abbreviated, seldom numbered.
_ORGAN: Final = r"(?!\d{3}-)(?P<organ>[A-Z0-9一-鿿]{2,6})"
_ITEM: Final = r"(?P<item>\d{4})"
_PAGE: Final = r"(?:[-/](?P<page>\d{1,4}))?"
# Z109-WS·2011-Y-BGS-0001
_BY_ITEM: Final = rf"{_FONDS}-{_CATEGORY}·{_YEAR}-{_RETENTION}-(?:{_ORGAN}-)?{_ITEM}{_PAGE}"
# Z109-KJ·2011-Y-001-0003, 0012-WS-045-012
_BY_VOLUME: Final = (
    rf"{_FONDS}-{_CATEGORY}(?:·{_YEAR})?-(?:{_RETENTION}-)?(?P<volume>\d{{1,4}})"
    rf"(?:[-/](?P<item>\d{{1,4}}))?{_PAGE}"
)
# 12-3-45-7, 0012-003-0045-012/3
_BY_CATALOGUE: Final = (
    r"(?P<fonds>\d{1,5})-(?P<catalogue>\d{1,4})-(?P<volume>\d{1,5})"
    rf"(?:[-/](?P<item>\d{{1,4}}))?{_PAGE}"
)
_FORMS: Final = tuple(re.compile(form) for form in (_BY_ITEM, _BY_VOLUME, _BY_CATALOGUE))
_RETENTIONS: Final = {
    "Y": "永久",
    "永久": "永久",
    "C": "长期",
    "长期": "长期",
    "D": "短期",
    "短期": "短期",
}
_LABEL: Final = re.compile(r"档\s*号\s*[:：]\s*(?P<code>[A-Za-z0-9][^\s，。；、]{3,63})")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivalCode:
    """A 档号 with its parts; unknown parts are ``""``.

    Attributes:
        key: Upper case, one kind of dash and dot: equal for all spellings of one code.
        fonds: 全宗号. category: 门类代码. catalogue: 案卷目录号 of legacy codes.
        retention: 保管期限 in words (永久, 30年). organ: 机构（问题）代码.
        volume: 案卷号. item: 件号. page: 页号.
        year: 年度, or ``None``.
    """

    key: str
    fonds: str
    category: str = ""
    catalogue: str = ""
    year: int | None = None
    retention: str = ""
    organ: str = ""
    volume: str = ""
    item: str = ""
    page: str = ""


def parse_archival_code(text: str) -> ArchivalCode | None:
    """The parts of a 档号 in any of the known forms; ``None`` if it is of none of them."""
    key = archival_key(text)
    if len(key) > _MAX:
        return None
    for form in _FORMS:
        match = form.fullmatch(key)
        if match:
            parts = {name: value or "" for name, value in match.groupdict().items()}
            year = parts.pop("year", "")
            retention = _retention(parts.pop("retention", ""))
            return ArchivalCode(
                key=key, year=int(year) if year else None, retention=retention, **parts
            )
    return None


def archival_key(text: str) -> str:
    """The one spelling of a code: no white space, half width, upper case, ``-`` and ``·``."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    return plain.translate(_DASHES).translate(_DOTS)


def archival_code_of(first_page: str) -> str:
    """The code after the label 档号 on the page as written, if it is one of a known form."""
    for match in _LABEL.finditer(first_page):
        if parse_archival_code(match["code"]):
            return match["code"]
    return ""


def _retention(code: str) -> str:
    if len(code) == 3 and code.startswith("D"):  # noqa: PLR2004 - D30, D10
        return f"{int(code[1:])}年"
    return _RETENTIONS.get(code, "")

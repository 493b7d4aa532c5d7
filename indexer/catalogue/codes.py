"""档号 built from the parts that a catalogue gives in columns of their own.

Sources: DA/T 22-2015 (全宗号-门类代码·年度-保管期限代码-机构（问题）代码-件号), DA/T 13-1994
(全宗号-目录号-案卷号-件号).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from indexer.catalogue.profiles import CodeRule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer.catalogue import Place

_RETENTIONS: Final = {"永久": "Y", "长期": "C", "短期": "D", "定期": "D"}
_YEARS: Final = re.compile(r"(?:定期)?[D]?(?P<years>\d{1,2})年?")
_ITEM_DIGITS: Final = 4
_VOLUME_DIGITS: Final = 3


def retention_code(retention: str) -> str:
    """Y, D30, D10 … for a 保管期限 in words; as it stands where it is neither."""
    plain = "".join(retention.split()).upper().strip("()（）")
    if plain in _RETENTIONS:
        return _RETENTIONS[plain]
    match = _YEARS.fullmatch(plain)
    return f"D{int(match['years'])}" if match else plain


def built_code(place: Place, rule: CodeRule) -> str:
    """The 档号 of a place by a rule; ``""`` where a part that it needs is missing."""
    match rule:
        case CodeRule.BY_ITEM:
            if not (place.fonds and place.year and place.retention and place.item):
                return ""
            parts = [
                place.fonds,
                f"{place.category or 'WS'}·{place.year}",
                retention_code(place.retention),
                place.organ,
                _digits(place.item, _ITEM_DIGITS),
            ]
        case CodeRule.BY_VOLUME:
            if not (place.fonds and place.catalogue and place.volume):
                return ""
            item = _digits(place.item, _VOLUME_DIGITS) if place.item else ""
            parts = [place.fonds, place.catalogue, _digits(place.volume, _VOLUME_DIGITS), item]
        case CodeRule.NONE:
            return ""
    return "-".join(part for part in parts if part)


def proposed_rule(places: Iterable[Place]) -> CodeRule:
    """The rule that would give every row its code; to be shown, never applied by itself."""
    some = list(places)
    if not some:
        return CodeRule.NONE
    for rule in (CodeRule.BY_ITEM, CodeRule.BY_VOLUME):
        if all(built_code(place, rule) for place in some):
            return rule
    return CodeRule.NONE


def _digits(number: str, width: int) -> str:
    return number.rjust(width, "0") if number.isdecimal() else number

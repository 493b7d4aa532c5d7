"""Chinese numerals as numbers: 二百七十三 is 273, 二〇〇八 is 2008."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = {
    character: value
    for value, characters in enumerate(
        ("〇零○◯", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for character in characters
}
_UNITS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SHORT: Final = {"廿": 20, "卅": 30}

NUMERALS: Final = "".join([*_DIGITS, *_UNITS, *_SHORT])
"""Every character of a Chinese numeral, simplified, for use in a character class."""


def chinese_number(text: str) -> int | None:
    """The number a Chinese numeral means, positional or with units; ``None`` if it is neither."""
    if not text or any(character not in NUMERALS for character in text):
        return None
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, digit = 0, None
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _SHORT:
            total += _SHORT[character]
            digit = None
        else:
            # 十五 has no digit before its unit: one ten.
            total += (1 if digit is None else digit) * _UNITS[character]
            digit = None
    return total + (digit or 0)

"""Numbers of a worksheet as people see them: dates, percents, leading zeros.

What a format says that cannot be told in one line of text (fractions, colours, conditions) is left
out; the number then stands as it is stored.

Source: ECMA-376 part 1, 18.8.30 (number formats, with those of Chinese) and 18.17.4 (dates).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

GENERAL: Final = "General"

BUILT_IN: Final[dict[int, str]] = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: 'AM/PMh"时"mm"分"', 35: 'AM/PMh"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: 'AM/PMh"时"mm"分"', 56: 'AM/PMh"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""By number, as a Chinese Excel shows them."""

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<space>_.)|\*.'
    r"|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]|\[(?P<elapsed>h+|m+|s+)\]|(?P<bracket>\[[^\]]*\])"
    r"|(?P<exponent>E[+-])|(?P<half>AM/PM|A/P|上午/下午)|(?P<date>e+|y+|m+|d+|h+|s+(?:\.0+)?|a{3,4})"
    r"|(?P<number>[0#?]+(?:,[0#?]+)*(?P<thousandths>,*)(?:\.(?P<decimals>[0#?]*))?|\.[0#?]+)"
    r"|(?P<percent>%)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTIONS: Final = re.compile(r'(?:^|;)(?P<section>(?:"[^"]*"|\\.|[^;"\\])*)', re.DOTALL)
_MAX_FORMAT: Final = 255  # Excel takes no longer one
_MAX_DECIMALS: Final = 30
_DAYS: Final = "一二三四五六日"
_MONTHS: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
_DIGITS: Final = "〇一二三四五六七八九"
_DAY_S: Final = 86_400
_LEAP_BUG: Final = 60  # 29 February 1900, which Excel believes in


def plain(value: float) -> str:
    """A number without a format: all its digits, and no noise of binary fractions."""
    if value == int(value) and abs(value) < 1e15:  # noqa: PLR2004 - exact up to here
        return str(int(value))
    return f"{value:.15g}"


def shown(value: float, number_format: str, *, from_1904: bool = False) -> str:
    """A finite number in its format.

    Args:
        value: As stored; days since the beginning of 1900 where the format is one of dates.
        number_format: Its code, e.g. ``yyyy"年"m"月"``.
        from_1904: Days count from 1904 in this workbook, as on old Macintoshes.
    """
    if len(number_format) > _MAX_FORMAT:
        return plain(value)
    section, rest = _section(number_format, value)
    tokens = list(_TOKEN.finditer(section))
    kinds = {each.lastgroup for each in tokens}
    if any(_is_condition(each) for each in tokens) or "general" in section.lower():
        return plain(value)
    if "date" in kinds or "elapsed" in kinds:
        return _date(tokens, value, from_1904=from_1904, chinese="[dbnum1]" in section.lower())
    return _number(tokens, rest)


def shows_date(number_format: str) -> bool:
    """Whether a format shows the year or the day of a date."""
    if len(number_format) > _MAX_FORMAT:
        return False
    section = _section(number_format, 1)[0]
    if GENERAL.lower() in section.lower():
        return False
    dates = (each["date"] for each in _TOKEN.finditer(section))
    return any(code and code[0].lower() in "yed" for code in dates)


def _is_condition(token: re.Match[str]) -> bool:
    return bool(token["bracket"]) and token["bracket"][1] in "<>="


def _section(code: str, value: float) -> tuple[str, float]:
    """The part of a format for positive, negative or zero numbers; and the number it is given."""
    sections = [each["section"] for each in _SECTIONS.finditer(code)] or [code]
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:  # noqa: PLR2004 - the third is for zero
        return sections[2], value
    return sections[0], value


def _number(tokens: list[re.Match[str]], value: float) -> str:
    numbers = [each for each in tokens if each.lastgroup == "number"]
    others = {each["other"] for each in tokens if each["other"]}
    if not numbers and "@" not in others:
        return "".join(map(_literal, tokens)).strip()
    if len(numbers) != 1 or others & {"/", "@"}:
        return plain(value)
    shape = numbers[0]
    decimals = shape["decimals"] or (shape[0][1:] if shape[0].startswith(".") else "")
    percents = sum(1 for each in tokens if each["percent"])
    scaled = value * 100**percents / 1000 ** len(shape["thousandths"] or "")
    digits = f"{abs(scaled):.{min(len(decimals), _MAX_DECIMALS)}f}"
    whole, _, fraction = digits.partition(".")
    while fraction and decimals[len(fraction) - 1] != "0" and fraction.endswith("0"):
        fraction = fraction[:-1]
    before = shape[0].partition(".")[0]
    whole = whole.rjust(before.count("0"), "0")
    if "," in before.rstrip(","):
        whole = f"{int(whole):,}"
    amount = whole + (f".{fraction}" if fraction else "")
    sign = "-" if scaled < 0 else ""
    return (sign + "".join(amount if each is shape else _literal(each) for each in tokens)).strip()


def _literal(token: re.Match[str]) -> str:
    if token["space"]:
        return " "
    return next(
        (
            text
            for text in token.group("quoted", "escaped", "currency", "percent", "other")
            if text is not None
        ),
        "",
    )


def _date(tokens: list[re.Match[str]], value: float, *, from_1904: bool, chinese: bool) -> str:
    try:
        moment = moment_of(value, from_1904=from_1904)
    except (OverflowError, ValueError):
        return plain(value)
    has_halves = any(each["half"] for each in tokens)
    texts: list[str] = []
    for number, token in enumerate(tokens):
        code = (token["date"] or "").lower()
        if token["half"]:
            texts.append("上午" if moment.hour < 12 else "下午")  # noqa: PLR2004 - noon
        elif token["elapsed"]:
            unit = {"h": 3600, "m": 60, "s": 1}[token["elapsed"][0].lower()]
            texts.append(str(int(value * _DAY_S + 0.5) // unit))
        elif not code:
            texts.append(_literal(token) if token.lastgroup != "number" else token[0])
        elif code.startswith("m") and _is_minute(tokens, number):
            texts.append(str(moment.minute).rjust(min(len(code), 2), "0"))
        else:
            texts.append(_part(code, moment, chinese=chinese, has_halves=has_halves))
    return "".join(texts).strip()


def moment_of(value: float, *, from_1904: bool) -> datetime:
    """The moment that a number of days means.

    Raises:
        ValueError, OverflowError: It means none.
    """
    if value < 0:
        raise ValueError
    days = value if from_1904 or value >= _LEAP_BUG else value + 1
    epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - no zone
    return epoch + timedelta(seconds=round(days * _DAY_S))


def _is_minute(tokens: list[re.Match[str]], at: int) -> bool:
    """The letter m is a minute after hours and before seconds."""
    times = [each for each in tokens if each["date"] or each["elapsed"]]
    here = times.index(tokens[at])
    before = times[here - 1][0].lower() if here else ""
    after = times[here + 1][0].lower() if here + 1 < len(times) else ""
    return before.startswith(("h", "[h")) or after.startswith(("s", "[s"))


def _part(code: str, moment: datetime, *, chinese: bool, has_halves: bool) -> str:
    match code[0]:
        case "y" | "e":
            year = str(moment.year)
            if chinese:
                year = "".join(_DIGITS[int(digit)] for digit in year)
            return year[-2:] if code in {"y", "yy"} else year
        case "m" if len(code) > 2:  # noqa: PLR2004 - mm is a number, mmm a name
            return _MONTHS[moment.month - 1]
        case "a":
            return ("星期" if len(code) > 3 else "") + _DAYS[moment.weekday()]  # noqa: PLR2004
        case "d" if len(code) > 2:  # noqa: PLR2004 - same
            return "星期" + _DAYS[moment.weekday()]
        case "h":
            number = (moment.hour - 1) % 12 + 1 if has_halves else moment.hour
        case "m":
            number = moment.month
        case "d":
            number = moment.day
        case _:
            number = moment.second
    if chinese:
        return _spoken(number)
    return str(number).rjust(min(len(code.partition(".")[0]), 2), "0")


def _spoken(number: int) -> str:
    """A number below 60 as a Chinese date says it: 二十八."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")

"""Days as offices wrote them: ``2008-3-5``, ``20080305``, ``二〇〇八年三月五日``."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Final

_DIGITS: Final = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "Ο": "0",
    "O": "0",
    "两": "2",
}
_PARTED: Final = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(?: ?\d{1,2}:\d{2}.*)?")
_TOGETHER: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH: Final = re.compile(r"(\d{4})[-./年](\d{1,2})月?")
_CHINESE: Final = re.compile(r"[〇○零ΟO一二三四五六七八九两]{4}年([一二三四五六七八九十]{1,3})月")
_EPOCH: Final = dt.date(1899, 12, 30)
_FIRST_SERIAL: Final = 18264  # 1950-01-01
_LAST_SERIAL: Final = 73050  # 2099-12-31


def read_day(value: object) -> dt.date | None:
    """The day that a cell says, or ``None`` where it says none.

    Numbers of eight digits are days written together; others count from 1899-12-30, as Excel does.
    """
    match value:
        case bool():
            return None
        case dt.datetime():
            return value.date()
        case dt.date():
            return value
        case int() | float():
            return _of_number(value)
        case str():
            return _of_text(_plain(value))
    return None


def read_month(value: object) -> dt.date | None:
    """The first day of the month that a cell says, or ``None``."""
    if isinstance(value, str):
        found = _MONTH.fullmatch(_plain(value))
        if found is not None:
            return _day(found[1], found[2], "1")
    day = read_day(value)
    return None if day is None else day.replace(day=1)


def _of_number(value: float) -> dt.date | None:
    if value != value or abs(value) > 10**8:  # noqa: PLR0124 - not a number
        return None
    whole = int(value)
    return _of_serial(whole) or _of_text(str(whole))


def _of_serial(number: int) -> dt.date | None:
    is_day = _FIRST_SERIAL <= number <= _LAST_SERIAL
    return _EPOCH + dt.timedelta(days=number) if is_day else None


def _of_text(text: str) -> dt.date | None:
    found = _PARTED.fullmatch(text) or _TOGETHER.fullmatch(text)
    if found is not None:
        return _day(*found.groups())
    return _of_serial(int(text)) if re.fullmatch(r"\d{5}", text) else None


def _plain(text: str) -> str:
    """Digits in one form, space folded; Chinese numerals only where a whole date stands in them."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if _CHINESE.match(folded):
        year, _, rest = folded.partition("年")
        month, _, day = rest.partition("月")
        numbers = "".join(_DIGITS[sign] for sign in year), _of_numeral(month)
        tail = _of_numeral(day.removesuffix("日")) if day else ""
        folded = f"{numbers[0]}年{numbers[1]}月{tail}" + ("日" if tail else "")
    return re.sub(r"(?<=\D) +| +(?=[^\d ])", "", re.sub(r"\s+", " ", folded))


def _of_numeral(text: str) -> str:
    """``三十一`` as ``31``; what is no numeral stays and will not be read."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return "".join(_DIGITS.get(sign, sign) for sign in text)
    return f"{_DIGITS.get(tens, tens or '1')}{_DIGITS.get(ones, ones or '0')}"


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None

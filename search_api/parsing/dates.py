"""Words of a question that are dates: 六八年, 二〇〇八年三月, 民国三十五年, 1968-1972, 五十年代.

``2007..2010`` asks for the date of the record. Every other date asks for the date of the record or
for the date in its text, in whatever form it is written there: nobody who types 六八年 knows which
of the two the record has. A number alone (``2008``) is a word like others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from indexer.analysis.fold import fold
from indexer.analysis.numerals import NUMERALS, chinese_number
from indexer.analysis.question import DatePart
from indexer.dates import PartialDate
from indexer.official.document_dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_WORD: Final = 40
_YEARS: Final = range(1800, 2100)
_REPUBLIC: Final = 1911
_CENTURY_TURNS: Final = 30
"""六八年 is 1968, 〇八年 is 2008: two digits below this belong to this century."""

_POSITIONAL: Final = "〇零一二三四五六七八九"
_MARKED: Final = re.compile(r"年|^\d{4}[-./]\d{1,2}")
_SHORT_YEAR: Final = re.compile(rf"([{_POSITIONAL}]{{2}}|[5-9][0-9])年(.*)")
_REPUBLIC_YEAR: Final = re.compile(rf"民国(元|\d{{1,2}}|[{NUMERALS}]{{1,3}})年(.*)")
_SPAN: Final = re.compile(r"(\d{4})年?(?:-|－|—+|–|~|～|至|到)(\d{4})年?")
_DECADE: Final = re.compile(r"(?:上世纪|20世纪|二十世纪|19)?(?:([3-9])0|([三四五六七八九])十)年代")
_LEADING: Final = re.compile(
    rf"(?:(?:[{_POSITIONAL}]{{2}}|[5-9][0-9]|民国(?:元|\d{{1,2}}|[{NUMERALS}]{{1,3}}))年"
    rf"(?:[{NUMERALS}\d]{{1,3}}月(?:[{NUMERALS}\d]{{1,3}}日)?)?|{_DECADE.pattern})(?=[㐀-鿿]{{2}})"
)
"""A short date that begins a word: 六八年红旗公社. A full year is left where it stands, because it
begins titles (2009年政府工作报告)."""
_GOES_ON: Final = frozenset("代以的之前后内间来底末初中级度龄份左多")
"""What follows a year that is no date by itself: 五十年以后, 三十年以内, 九八级."""
_CHINESE: Final = str.maketrans("0123456789", "〇一二三四五六七八九")


def date_word(word: str) -> DatePart | None:
    """The date or range that a whole word is, or ``None``."""
    if len(word) > _MAX_WORD:
        return None
    plain = fold(word)
    if ".." in plain:
        return _range(word, *plain.split("..", 1))
    span = _SPAN.fullmatch(plain)
    if span:
        return _span(word, int(span[1]), int(span[2]))
    decade = _DECADE.fullmatch(plain)
    if decade:
        return _of_decade(word, plain, int(decade[1] or chinese_number(decade[2]) or 0))
    date = _written(plain)
    if date is None or date.year not in _YEARS:
        return None
    forms = dict.fromkeys((plain, *_forms(date, is_short=_SHORT_YEAR.fullmatch(plain) is not None)))
    return DatePart(text=word, first=date.first_day, last=date.last_day, written=tuple(forms))


def leading_date(word: str) -> tuple[DatePart, str] | None:
    """A short date at the beginning of a word and the rest of it, or ``None``."""
    plain = fold(word)
    found = _LEADING.match(plain) if len(plain) == len(word) else None
    if found is None or plain[found.end()] in _GOES_ON:
        return None
    date = date_word(word[: found.end()])
    return None if date is None else (date, word[found.end() :])


def _range(word: str, begin: str, end: str) -> DatePart | None:
    first, last = (_end(each) for each in (begin, end))
    if (begin and first is None) or (end and last is None) or first is last:
        return None
    if first and last and first.first_day > last.last_day:
        return None
    return DatePart(
        text=word,
        first=first.first_day if first else None,
        last=last.last_day if last else None,
    )


def _end(text: str) -> PartialDate | None:
    date = parse_date(text) or _written(text)
    return date if date is not None and date.year in _YEARS else None


def _span(word: str, first: int, last: int) -> DatePart | None:
    if not (first in _YEARS and last in _YEARS and first <= last):
        return None
    chinese = f"{_chinese_year(first)}至{_chinese_year(last)}"
    written = (word, f"{first}年至{last}年", f"{first}至{last}年", f"{first}年到{last}年", chinese)
    return DatePart(
        text=word,
        first=PartialDate(first).first_day,
        last=PartialDate(last).last_day,
        written=written,
    )


def _of_decade(word: str, plain: str, tens: int) -> DatePart:
    """五十年代, 20世纪50年代: the years of its records, or the same said in a text."""
    first = 1900 + tens * 10
    written = (plain, f"{tens}0年代", f"{str(tens).translate(_CHINESE)}十年代")
    return DatePart(
        text=word,
        first=PartialDate(first).first_day,
        last=PartialDate(first + 9).last_day,
        written=tuple(dict.fromkeys(written)),
    )


def _written(plain: str) -> PartialDate | None:
    short = _SHORT_YEAR.fullmatch(plain)
    if short:
        digits = chinese_number(short[1]) if short[1][0] in _POSITIONAL else int(short[1])
        assert digits is not None  # noqa: S101 - the pattern has found digits
        return parse_date(f"{digits + (1900 if digits >= _CENTURY_TURNS else 2000)}年{short[2]}")
    republic = _REPUBLIC_YEAR.fullmatch(plain)
    if republic:
        said = republic[1]
        number = 1 if said == "元" else int(said) if said.isdigit() else chinese_number(said)
        return parse_date(f"{_REPUBLIC + (number or 0)}年{republic[2]}") if number else None
    return parse_date(plain) if _MARKED.search(plain) else None


def _forms(date: PartialDate, *, is_short: bool) -> Iterator[str]:
    """How the date may be written in a text; what comes after it there may say more."""
    years = [f"{date.year}年"]
    chinese = [_chinese_year(date.year), _chinese_year(date.year).replace("〇", "零")]
    if is_short:
        years.append(f"{date.year % 100:02}年")
        chinese.append(_chinese_year(date.year)[2:])
    if date.month is None:
        yield from (*years, *chinese)
        return
    for month in dict.fromkeys((f"{date.month}月", f"{date.month:02}月")):
        yield from (f"{year}{month}{day}" for year in years for day in _days(date))
    day = "" if date.day is None else f"{_chinese_number(date.day)}日"
    yield from (f"{year}{_chinese_number(date.month)}月{day}" for year in chinese)
    if date.day is not None:
        yield f"{date.year}{date.month:02}{date.day:02}"


def _days(date: PartialDate) -> tuple[str, ...]:
    if date.day is None:
        return ("",)
    return tuple(dict.fromkeys((f"{date.day}日", f"{date.day:02}日")))


def _chinese_year(year: int) -> str:
    return f"{str(year).translate(_CHINESE)}年"


def _chinese_number(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{str(tens).translate(_CHINESE)}十"
    return ten + (str(ones).translate(_CHINESE) if ones else "")

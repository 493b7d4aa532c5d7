"""Dates of a catalogue, as archivists and spreadsheets write them.

Sources: DA/T 22-2015 writes eight digits, zeros for what is not known (``20110300``). Spreadsheets
keep a date as days since 1900, and show a year that was typed into a cell of dates as a day of
1905: 2011 is the 2,011th day.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.analysis.numerals import NUMERALS, chinese_number
from indexer.catalogue.grids import DateCell
from indexer.catalogue.values import text_of
from indexer.dates import PartialDate
from indexer.official.document_dates import parse_date

if TYPE_CHECKING:
    from indexer.catalogue.grids import Cell

_NO_DATE: Final = frozenset({"", "无", "無", "不详", "不詳", "无日期", "未知", "-", "—", "/", "0"})
_NOTHING: Final = re.compile(r"0{8}|[.\-/年月日]+")
_TIME: Final = re.compile(r"[ T]\d{1,2}:\d\d.*$")
# From 1957 to 2064; 20191 may as well be meant for January 2019.
_SERIAL: Final = re.compile(r"(?:2[1-9]|[345]\d)\d{3}(?:\.\d+)?")
_EPOCH: Final = dt.date(1899, 12, 30)
_YEARS: Final = range(1850, 2100)
_YEAR_OF_TRAPS: Final = 1905
_SIX_DIGITS: Final = re.compile(r"(?P<y>(?:18|19|20)\d\d)(?P<m>0[1-9]|1[0-2])")
_REPUBLIC: Final = re.compile(
    rf"(?:中华)?民国(?P<y>元|\d{{1,2}}|[{NUMERALS}]{{1,3}})年"
    rf"(?:(?P<m>元|正|\d{{1,2}}|[{NUMERALS}]{{1,3}})月(?:(?P<d>\d{{1,2}}|[{NUMERALS}]{{1,3}})[日号]?)?)?"
)
_BEFORE_REPUBLIC: Final = 1911
_SPAN: Final = re.compile(r"\s*(?:~|～|至|到|--+|—+|－－|(?<=[\d年月日])-(?=(?:18|19|20)\d\d))\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRead:
    """A date as it was read.

    Attributes:
        date: ``None`` where the catalogue says that it is not known.
        doubt: Why it is worth a look, e.g. ``date_span``; ``""`` where it is plain.
    """

    date: PartialDate | None
    doubt: str = ""


def read_date(cell: Cell, *, six_digits_are_months: bool = False) -> DateRead:
    """What a cell of a column of dates says.

    Args:
        cell: The cell.
        six_digits_are_months: 201103 is March 2011; without that word it may as well be 2020-11-03.

    Raises:
        ValueError: It is no date, or may be one of several.
    """
    if isinstance(cell, DateCell):
        return _of_date_cell(cell)
    text = unicodedata.normalize("NFKC", text_of(cell)).strip()
    plain = _TIME.sub("", text)
    if plain in _NO_DATE or _NOTHING.fullmatch(plain):
        return DateRead(date=None)
    if _SERIAL.fullmatch(plain):
        day = _EPOCH + dt.timedelta(days=int(float(plain)))
        return DateRead(date=PartialDate(day.year, day.month, day.day), doubt="date_from_serial")
    six = _SIX_DIGITS.fullmatch(plain)
    if six and six_digits_are_months:
        return DateRead(date=PartialDate(int(six["y"]), int(six["m"])))
    date = _one(plain)
    if date is not None:
        # A spreadsheet saved as text writes a year in a cell of dates as a day of 1905.
        is_trap = date.year == _YEAR_OF_TRAPS and date.day is not None
        return DateRead(date=date, doubt="perhaps_a_year" if is_trap else "")
    first, *rest = _SPAN.split(plain)
    if rest:
        date = _one(first.strip())
        if date is not None:
            return DateRead(date=date, doubt="date_span")
    raise ValueError(text)


def read_parts(year: Cell, month: Cell, day: Cell) -> DateRead:
    """A date whose year, month and day stand in columns of their own.

    Raises:
        ValueError: There is no such date.
    """
    parts = [text_of(cell).strip().rstrip("年月日") for cell in (year, month, day)]
    while parts and (not parts[-1] or not parts[-1].strip("0")):
        parts.pop()
    if not parts:
        return DateRead(date=None)
    numbers = [
        int(part) if part.isascii() and part.isdecimal() else chinese_number(part) or 0
        for part in parts
    ]
    try:
        if numbers[0] in _YEARS and all(0 < number < _YEARS.stop for number in numbers):
            return DateRead(date=PartialDate(*numbers))
    except ValueError:
        pass
    raise ValueError(".".join(parts))


def _of_date_cell(cell: DateCell) -> DateRead:
    if cell.serial == int(cell.serial) and int(cell.serial) in _YEARS:
        return DateRead(date=PartialDate(int(cell.serial)), doubt="year_shown_as_day")
    return DateRead(date=PartialDate.fromisoformat(cell.shown))


def _one(text: str) -> PartialDate | None:
    date = parse_date(text.rstrip(".-/"))
    if date is not None:
        return date
    match = _REPUBLIC.fullmatch("".join(text.split()))
    if match is None:
        return None
    year, month, day = (_number(match[part]) for part in "ymd")
    if year is None:
        return None
    try:
        return PartialDate(year + _BEFORE_REPUBLIC, month, day)
    except ValueError:
        return None


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if text in {"元", "正"}:
        return 1
    return int(text) if text.isascii() and text.isdecimal() else chinese_number(text)

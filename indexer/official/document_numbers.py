"""发文字号 wherever they stand: 青政办发〔2008〕15号, (87)青政字第12号, 国务院令第711号.

Read as written, compared by :attr:`DocumentNumber.key`: brackets, widths, 第, 號 and traditional
characters make no difference. Source: GB/T 9704-2012 7.2.5; the damaged forms (a lost 〕) are those
met on government sites.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from indexer.analysis.fold import fold
from indexer.analysis.numerals import NUMERALS, chinese_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Radicals stand for whole characters in text from PDF files: ⻘政发, ⾏政.
_HAN: Final = r"[㐀-鿿豈-﫿⺀-⿕〇]"
# Bounded: pages of spaces must not make the patterns crawl.
_GAP: Final = r"[ \t　]{0,4}"
_OPEN: Final = r"[〔﹝\[［（(【〖｛{]"
_CLOSE: Final = r"[〕﹞\]］）)】〗｝}]"
_YEAR: Final = r"(?:[1１][9９]|[2２][0０])\d\d"
_HAO: Final = r"[号號]"
_CHINESE: Final = rf"[{NUMERALS}]{{1,9}}"
_DI: Final = rf"(?:第{_GAP})?"
_ZI: Final = rf"(?:字{_GAP})?"

_MODERN: Final = (
    rf"(?P<prefix>{_HAN}{{1,16}}?){_GAP}{_ZI}{_OPEN}{_GAP}(?P<year>{_YEAR}){_GAP}年?{_GAP}"
    rf"{_CLOSE}?{_GAP}{_DI}(?P<serial>\d{{1,5}}){_GAP}{_HAO}"
)
_OLD: Final = (
    rf"{_OPEN}{_GAP}(?P<old_year>(?:[1１][9９]|[2２][0０])?\d\d){_GAP}{_CLOSE}{_GAP}"
    rf"(?P<old_prefix>{_HAN}{{2,12}}?){_ZI}{_DI}(?P<old_serial>\d{{1,5}}){_GAP}{_HAO}"
)
_ORDER: Final = (
    rf"(?P<order>{_HAN}{{2,24}}?(?:令|公告|通告)){_GAP}{_OPEN}?{_GAP}"
    rf"(?:(?P<order_year>{_YEAR}){_GAP}年{_GAP})?{_CLOSE}?{_GAP}"
    rf"第{_GAP}(?P<order_serial>\d{{1,5}}|{_CHINESE}){_GAP}{_HAO}{_GAP}{_CLOSE}?"
)
_ORDER_LAST: Final = (
    rf"(?P<issuer>{_HAN}{{2,24}}?)第{_GAP}(?P<last_serial>\d{{1,5}}|{_CHINESE}){_GAP}{_HAO}{_GAP}令"
)
_ANY: Final = re.compile(f"{_MODERN}|{_OLD}|{_ORDER}|{_ORDER_LAST}")

# Running text runs into the prefix: 根据国办发〔2021〕30号, 转发省政府令第3号.
_BEFORE: Final = re.compile(
    r".*(?:根据|依据|依照|按照|遵照|参照|关于|印发|转发|批转|贯彻|落实|执行|详见|参见|收到|收悉"
    r"|附件|文件|通知|转来|现将|以及|日期|中华人民共和国|适用|废止|同时|包括|其中|发布的|公布的|下发|颁布)"
)
# Single characters that also begin place names (和政县) are cut only if a whole prefix remains.
_JOINT: Final = re.compile(r".*[和与及或以在由对经按是为的了见日](?=.{3})")
_STATE: Final = "中华人民共和国"
_CENTURY_TURN: Final = 49

_TOP_LINES: Final = 25
_PROMULGATED: Final = re.compile(
    r"^(?:.{0,12}日)?[ \t　]*(?P<number>\S{2,30}令第.{1,8}?[号號])[ \t　]*(?:发布|公布|發布)$"
)
_LABEL: Final = re.compile(
    r"(?:发\s*文\s*字\s*号|發\s*文\s*字\s*號|文\s*[号號])\s*[:：]\s*(?P<number>\S.{2,40})"
)
_KIND_ALONE: Final = re.compile(r"^[㐀-鿿]{2,20}(?:令|公告|通告|纪要|紀要)$")
_COLUMNS: Final = re.compile(r"[ \t　]{2,}|\t|　|签\s*发\s*人|簽\s*發\s*人")
_WRAPPING: Final = "()（）"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumber:
    """One document's number.

    Attributes:
        prefix: 机关代字 in simplified characters (青政办发), or the kind with its agency where
            there is none (国务院令).
        year: Four digits, or ``None`` where the number bears none.
        number: The serial.
        written: As it stands in the text; two spellings of one number are equal.
    """

    prefix: str
    year: int | None
    number: int
    written: str = field(compare=False)

    @property
    def key(self) -> str:
        """``青政办发|2008|15``; ``国务院令||711`` where there is no year. Searches use the same."""
        return f"{self.prefix}|{self.year or ''}|{self.number}"


def parse(text: str) -> DocumentNumber | None:
    """The number that ``text`` is as a whole; ``None`` if it is none."""
    match = _ANY.fullmatch(text.strip())
    return _read(match, is_alone=True) if match else None


def find_all(text: str) -> tuple[DocumentNumber, ...]:
    """Every number cited in running text, in its order, repetitions included."""
    return tuple(_cited(text))


def find_first(text: str) -> DocumentNumber | None:
    """The first number in running text."""
    return next(_cited(text), None)


def document_number_of(first_lines: Sequence[str]) -> str:
    """The document's own number as written, or ``""``.

    It is its own where it stands alone on a line near the top, beside a signer or a marking, below
    the name of the order or the minutes that it numbers, after a label, or where the line below the
    title says that this order promulgated the text. A number inside a sentence is another
    document's.
    """
    lines = first_lines[:_TOP_LINES]
    for line, below in zip_longest(lines, lines[1:], fillvalue=""):
        label = _LABEL.search(line)
        parts = [label["number"].strip()] if label else _COLUMNS.split(line)
        for part in (line, *parts):
            if parse(part.strip(_WRAPPING)):
                return _tidy(_unwrapped(part))
        number = below.strip(_WRAPPING)
        # 岚政告〔2019〕2号 is whole without the name of the notice above it; 第711号 is not.
        if _KIND_ALONE.search(line) and not parse(number) and parse(both := f"{line}{number}"):
            return _tidy(both)
    promulgated = [match["number"] for match in map(_PROMULGATED.match, lines) if match]
    orders = [number for number in promulgated if parse(number)]
    # Several are the history of a text that was amended.
    return _tidy(orders[0]) if len(orders) == 1 else ""


def _cited(text: str) -> Iterator[DocumentNumber]:
    for match in _ANY.finditer(text):
        number = _read(match, is_alone=False)
        if number is not None:
            yield number


def _read(match: re.Match[str], *, is_alone: bool) -> DocumentNumber | None:
    parts = match.groupdict()
    issuer = f"{parts['issuer']}令" if parts["issuer"] else None
    raw = parts["prefix"] or parts["old_prefix"] or parts["order"] or issuer or ""
    prefix = fold(raw)
    cut = 0
    if not is_alone:
        kept = _JOINT.sub("", _BEFORE.sub("", prefix))
        if not kept:
            return None
        cut = len(prefix) - len(kept)
        prefix = kept
    prefix = prefix.removeprefix(_STATE)
    year = parts["year"] or parts["old_year"] or parts["order_year"]
    serial = parts["serial"] or parts["old_serial"] or parts["order_serial"] or parts["last_serial"]
    number = int(serial) if serial.isdecimal() else chinese_number(fold(serial))
    if not number or not prefix or prefix in {"令", "公告", "通告"}:
        return None
    return DocumentNumber(
        prefix=prefix,
        year=_full_year(int(year)) if year else None,
        number=number,
        # An old number begins with its bracket; the others with the prefix, which may be cut.
        written=match[0] if parts["old_prefix"] else match[0][min(cut, len(raw)) :],
    )


def _full_year(year: int) -> int:
    if year > 99:  # noqa: PLR2004 - written in full
        return year
    return 1900 + year if year >= _CENTURY_TURN else 2000 + year


def _unwrapped(part: str) -> str:
    text = part.strip()
    return text if parse(text) else text.strip(_WRAPPING)


def _tidy(number: str) -> str:
    return "".join(number.split())

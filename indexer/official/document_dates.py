"""成文日期: the date a document was made, in Arabic or Chinese numerals.

The dates on which a document was promulgated (公布), printed (印发) or came into force (施行) are
others. Source: GB/T 9704-2012 7.3.5.4; before 2012 dates were written in Chinese numerals.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.dates import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Typists take many rings for a zero: a letter, a circle, the Chinese zero.
_ZEROS: Final = "〇○◯零OoОо0"
_DIGITS: Final = dict.fromkeys(_ZEROS, "0") | dict(
    zip("一二三四五六七八九", "123456789", strict=True)
)
_YEAR: Final = r"(?:18|19|20)\d\d"
_CHINESE_YEAR: Final = rf"[一二12][{_ZEROS}一二三四五六七八九]{{3}}"
_CHINESE_MONTH: Final = r"元|正|十?[一二三四五六七八九十]"
_CHINESE_DAY: Final = r"(?:(?:二|三)?十|廿|卅)?[一二三四五六七八九]?"
_FORMS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<y>{_YEAR})年(?:(?P<m>\d{{1,2}})月(?:(?P<d>\d{{1,2}})[日号]?)?)?",
        rf"(?P<y>{_YEAR})([-./])(?P<m>\d{{1,2}})(?:\2(?P<d>\d{{1,2}}))?",
        rf"(?P<y>{_YEAR})(?P<m>\d\d)(?P<d>\d\d)",
        rf"(?P<y>{_YEAR})",
        rf"(?P<y>{_CHINESE_YEAR})年(?:(?P<m>{_CHINESE_MONTH})月(?:(?P<d>{_CHINESE_DAY})日)?)?",
    )
)
_UNITS: Final = {"十": 10, "廿": 20, "卅": 30}

AGENCY_END: Final = (
    r"(?:政府|国务院|军委|人大|政协|法院|检察院|委员会|常委会|组织部|宣传部|部|厅|局|署|总署|办公室|办公厅|办"
    r"|委|会|院|社|行|处|所|站|中心|公司|领导小组|指挥部|党组|支队|大队|大学|学校|中学|小学|集团|街道办|馆|台"
    r"|學校|辦公室|辦公廳|辦|廳|會|處|總署|檢察院|國務院)"
)
"""How the names of agencies end: what tells a signature from a sentence."""

_AGENCY: Final = re.compile(rf"[㐀-鿿（）()、 　]{{1,40}}?{AGENCY_END}(?:[（(].{{1,10}}[)）])?")
_SIGNER: Final = re.compile(
    r"(?:代)?(?:总\s*理|主\s*席|省\s*长|市\s*长|区\s*长|县\s*长|旗\s*长|盟\s*长|州\s*长|部\s*长|厅\s*长|局\s*长"
    r"|主\s*任|行\s*长|署\s*长|院\s*长|检察长|审计长|会\s*长)[\s:：]*[㐀-鿿·]{1,4}(?:[\s]*[㐀-鿿·]{1,8})?"
)
_LABEL: Final = re.compile(r"(?:成\s*文|生\s*成)\s*日\s*期\s*[:：]?\s*(?P<date>\S.*)")
_LABELLED_LINES: Final = 40
_SIGNATURE_LINES: Final = 4
_TOP_LINES: Final = 8
_END_LINES: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The block that closes a document: who made it (发文机关署名) and when.

    Attributes:
        agency: As written, without white space; ``""`` where a person signs for it.
        date: 成文日期.
    """

    agency: str
    date: PartialDate


def document_date_of(pages: Sequence[str], agency: str = "") -> PartialDate | None:
    """The date the document was made, or ``None`` where it is not certain.

    Args:
        pages: Its pages.
        agency: 发文机关 if known: a document may hold others, signed by others.
    """
    lines = _lines(pages)
    for line in lines[:_LABELLED_LINES]:
        label = _LABEL.match(line)
        date = _first_date(label["date"]) if label else None
        if date is not None:
            return date
    signed = tuple(_signatures(lines))
    if signed:
        signature = _own(signed, agency)
        return signature.date if signature else None
    return _under_the_title(lines) or _alone_at_the_end(lines)


def signature_of(pages: Sequence[str]) -> Signature | None:
    """The first signature with a date under it; annexes and forwarded papers come after it."""
    return next(_signatures(_lines(pages)), None)


def parse_date(text: str) -> PartialDate | None:
    """The date that ``text`` is, with its precision; ``None`` if it is none.

    Takes 2008年3月15日, 2008-03-15, 2008.3, 20080315, 20110300 (a month), 1968, 二〇〇八年三月.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    for form in _FORMS:
        match = form.fullmatch(plain)
        if match:
            year, month, day = match["y"], *(match.groupdict().get(part) for part in "md")
            return _date(_digits(year), _number(month), _number(day))
    return None


def _lines(pages: Sequence[str]) -> list[str]:
    return [line.strip() for page in pages for line in page.splitlines() if line.strip()]


def _signatures(lines: list[str]) -> Iterator[Signature]:
    for at, line in enumerate(lines):
        if not line.endswith(("日", "年", "月")) and not line[-1].isdecimal():
            continue  # most lines: spare them the patterns
        date = _whole_date(line)
        if date is not None:
            above = lines[max(0, at - _SIGNATURE_LINES) : at]
            agency = _agency_in(above)
            if agency or (above and _SIGNER.fullmatch(above[-1])):
                yield Signature(agency=agency, date=date)
            continue
        name, date = _name_and_date(line)
        if date is not None:
            yield Signature(agency=name, date=date)


def _agency_in(above: list[str]) -> str:
    """The agency right above a date; with several signing jointly, the first of them."""
    names: list[str] = []
    for line in reversed(above):
        if not _AGENCY.fullmatch(line):
            break
        names.append("".join(line.split()))
    return names[-1] if names else ""


def _name_and_date(line: str) -> tuple[str, PartialDate | None]:
    """``青山区人民政府办公室　　二〇〇八年三月十五日`` on one line."""
    name, _, rest = line.replace("　", " ").partition(" ")
    if _AGENCY.fullmatch(name) and rest:
        return name, _whole_date(rest.strip())
    return "", None


def _own(signed: tuple[Signature, ...], agency: str) -> Signature | None:
    if not agency:
        # With two signers and no name to tell by, either may be the one forwarded.
        return signed[0] if len({each.agency for each in signed}) == 1 else None
    for each in signed:
        if not each.agency or _are_one(each.agency, agency):
            return each
    return None


def _are_one(signed: str, named: str) -> bool:
    """国务院 and 中华人民共和国国务院 are one; 国务院 and 国务院办公厅 are two."""
    first = re.split(r"[、\s]", named)[0]
    return signed.endswith(first) or first.endswith(signed)


def _under_the_title(lines: list[str]) -> PartialDate | None:
    for line in lines[1:_TOP_LINES]:
        if line[0] in "（(" and line[-1] in "）)":
            date = _whole_date(line)
            if date is not None:
                return date
    return None


def _alone_at_the_end(lines: list[str]) -> PartialDate | None:
    dates = [date for date in map(_whole_date, lines[-_END_LINES:]) if date is not None]
    return dates[0] if len(dates) == 1 and len(lines) > _END_LINES else None


def _whole_date(line: str) -> PartialDate | None:
    """A line that is a date to the day or month; a bare number is none."""
    text = line.strip("()（） 　")
    if not any(mark in text for mark in "年-./") or len(text) > 30:  # noqa: PLR2004 - spaced out
        return None
    date = parse_date(text)
    return date if date is not None and date.month is not None else None


def _first_date(text: str) -> PartialDate | None:
    """The date a labelled value begins with; other columns may follow."""
    return parse_date(text) or parse_date(re.split(r"\s", text.strip())[0])


def _date(year: int, month: int, day: int) -> PartialDate | None:
    try:
        return PartialDate(year, month or None, day or None)
    except ValueError:
        return None


def _digits(text: str) -> int:
    return int("".join(_DIGITS.get(character, character) for character in text))


def _number(text: str | None) -> int:
    if not text:
        return 0
    if text in {"元", "正"}:
        return 1
    if text.isdecimal():
        return int(text)
    total = 0
    digit = 0
    for character in text:
        if character in _UNITS:
            total += _UNITS[character] if character != "十" else (digit or 1) * 10
            digit = 0
        else:
            digit = int(_DIGITS[character])
    return total + digit

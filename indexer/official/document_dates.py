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
from indexer.official.agencies import split_agencies

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
        # Typed: 2009年九月; before machines all of it was written.
        rf"(?P<y>{_YEAR}|{_CHINESE_YEAR})年(?:(?P<m>{_CHINESE_MONTH})月(?:(?P<d>{_CHINESE_DAY})日)?)?",
    )
)
_UNITS: Final = {"十": 10, "廿": 20, "卅": 30}

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
        agencies: As written, without white space, the leading one first; none where a person
            signs.
        date: 成文日期.
    """

    agencies: tuple[str, ...]
    date: PartialDate

    @property
    def agency(self) -> str:
        """The leading agency, or ``""``."""
        return self.agencies[0] if self.agencies else ""


def document_date_of(
    lines: Sequence[str], agency: str = "", *, tail: int = 0
) -> PartialDate | None:
    """The date the document was made, or ``None`` where it is not certain.

    Args:
        lines: Its lines, from :func:`~indexer.official.lines.lines_of`.
        agency: 发文机关 if known: a document may hold others, signed by others.
        tail: How many of the last lines are its tail (版记), where the day of printing stands.
    """
    for line in lines[:_LABELLED_LINES]:
        label = _LABEL.match(line)
        date = _first_date(label["date"]) if label else None
        if date is not None:
            return date
    body = lines[: len(lines) - tail]
    signed = tuple(_signatures(body))
    if signed:
        signature = _own(signed, agency)
        return signature.date if signature else None
    return _under_the_title(body) or _alone_at_the_end(body)


def signature_of(lines: Sequence[str]) -> Signature | None:
    """The first signature with a date under it; annexes and forwarded papers come after it."""
    return next(_signatures(lines), None)


def parse_date(text: str) -> PartialDate | None:
    """The date that ``text`` is, with its precision; ``None`` if it is none.

    Takes 2008年3月15日, 2008-03-15, 2008.3, 20080315, 20110300 (a month), 1968, 二〇〇八年三月,
    2009年九月.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    for form in _FORMS:
        match = form.fullmatch(plain)
        if match:
            year, month, day = match["y"], *(match.groupdict().get(part) for part in "md")
            return _date(_digits(year), _number(month), _number(day))
    return None


def _signatures(lines: Sequence[str]) -> Iterator[Signature]:
    for at, line in enumerate(lines):
        if not line.endswith(("日", "年", "月")) and not line[-1].isdecimal():
            continue  # most lines: spare them the patterns
        date = _whole_date(line)
        if date is not None:
            above = lines[max(0, at - _SIGNATURE_LINES) : at]
            agencies = _agencies_in(above)
            if agencies or (above and _SIGNER.fullmatch(above[-1])):
                yield Signature(agencies=agencies, date=date)
            continue
        names, date = _names_and_date(line)
        if date is not None:
            yield Signature(agencies=names, date=date)


def _agencies_in(above: Sequence[str]) -> tuple[str, ...]:
    """The agencies right above a date; several where they sign jointly."""
    names: tuple[str, ...] = ()
    for line in reversed(above):
        found = split_agencies(line)
        if not found:
            break
        names = found + names
    return names


def _names_and_date(line: str) -> tuple[tuple[str, ...], PartialDate | None]:
    """``青山区人民政府办公室　　二〇〇八年三月十五日`` on one line."""
    name, _, rest = line.replace("　", " ").partition(" ")
    names = split_agencies(name) if rest else ()
    return (names, _whole_date(rest.strip())) if names else ((), None)


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


def _under_the_title(lines: Sequence[str]) -> PartialDate | None:
    for line in lines[1:_TOP_LINES]:
        if line[0] in "（(" and line[-1] in "）)":
            date = _whole_date(line)
            if date is not None:
                return date
    return None


def _alone_at_the_end(lines: Sequence[str]) -> PartialDate | None:
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

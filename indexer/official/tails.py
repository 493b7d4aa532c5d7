"""What stands below the text: 抄送, 主题词, 印发机关 and 印发日期 (版记), and the notes (附注).

The day of printing is never the day of the document. Headings of subjects (主题词) ended in 2012.
Source: GB/T 9704-2012 7.3.7, 7.4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.official.agencies import is_agency
from indexer.official.document_dates import parse_date
from indexer.official.lines import closed_up, tail_of
from indexer.official.recipients import split_recipients

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.dates import PartialDate

_COPIES: Final = re.compile(r"(?:抄\s{0,4}[送报報]|分\s{0,4}送)\s{0,4}[:：]\s{0,4}(?P<names>.*)$")
_SUBJECTS: Final = re.compile(r"主\s{0,4}[题題]\s{0,4}[词詞]\s{0,4}[:：]\s{0,4}(?P<words>.*)$")
_PRINTED: Final = re.compile(
    r"(?P<agency>[㐀-鿿（）()]{0,40}?)(?P<day>[\d〇○◯零OoＯО一二三四五六七八九十元正廿卅年月日]{6,14})印[发發制製]"
)
_COUNTED: Final = re.compile(r"[（(]?共?印\d{1,6}份[）)]?$")
_RUN_OF_COPIES: Final = 8
_FULL: Final = 20
"""Characters of a first line of copies below which the list does not go on."""
_MAX_SUBJECTS: Final = 16
_SUBJECT: Final = re.compile(r"[㐀-鿿A-Za-z]{2,12}")
_NOTE: Final = re.compile(
    r"[（(]?(?P<note>此件[^（）()]{2,30}|(?:信息)?公开(?:方式|属性|选项|形式|类别)\s?[:：]\s?(?:主动公开|依申请公开|不予公开))[）)]?"
)
_SEPARATORS: Final = re.compile(r"[ \t　、，,;；]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """The tail of a paper.

    Attributes:
        copies: 抄送机关. subject_words: 主题词. notes: 附注 on disclosure.
        printed_by: 印发机关. printed_on: 印发日期.
        length: How many of the last lines belong to it; 0 without a tail.
    """

    copies: tuple[str, ...] = ()
    subject_words: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: PartialDate | None = None
    length: int = 0


def read_tail(lines: Sequence[str]) -> Tail:
    """The tail of the paper with these lines."""
    tail = tail_of(lines)
    copies: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: PartialDate | None = None
    first = len(tail)
    for at, line in enumerate(tail):
        if match := _COPIES.match(line):
            copies += _copies([match["names"], *tail[at + 1 : at + _RUN_OF_COPIES]])
            first = min(first, at)
        elif match := _SUBJECTS.match(line):
            subjects = subjects or _words(match["words"])
            first = min(first, at) if subjects else first
        elif printing := _printing(tail, at):
            printed_by, printed_on = printing
            first = min(first, at)
    return Tail(
        copies=tuple(dict.fromkeys(copies)),
        subject_words=subjects,
        notes=_notes(tail),
        printed_by=printed_by,
        printed_on=printed_on,
        length=len(tail) - first,
    )


def _copies(lines: Sequence[str]) -> tuple[str, ...]:
    """Agencies from the label on: to the full stop, or to the line that is something else."""
    written = closed_up(lines[0])
    for line in lines[1:]:
        is_full = len(lines[0]) >= _FULL or written.endswith(
            ("，", "、", "；", ",", ";", "：", ":")
        )
        if written.endswith(("。", ".")) or (written and not is_full):
            break
        if _COPIES.match(line) or _SUBJECTS.match(line) or _printed(line):
            break
        written += closed_up(line)
    return split_recipients(written.rstrip("。."))


def _words(text: str) -> tuple[str, ...]:
    words = [word for word in _SEPARATORS.split(text.strip()) if word]
    is_list = 0 < len(words) <= _MAX_SUBJECTS and all(map(_SUBJECT.fullmatch, words))
    return tuple(words) if is_list else ()


def _printing(tail: Sequence[str], at: int) -> tuple[str, PartialDate] | None:
    """Who had it printed, and when; the agency may stand on the line above."""
    match = _printed(tail[at])
    day = parse_date(match["day"]) if match else None
    if match is None or day is None or day.month is None:
        return None
    agency = match["agency"]
    if not agency and at:
        above = closed_up(tail[at - 1])
        agency = above if is_agency(above) else ""
    return agency, day


def _printed(line: str) -> re.Match[str] | None:
    """A line that says when it was printed, without the number of copies: （共印100份）."""
    return _PRINTED.fullmatch(_COUNTED.sub("", closed_up(line)))


def _notes(tail: Sequence[str]) -> tuple[str, ...]:
    found = (_NOTE.fullmatch(line) for line in tail)
    return tuple(dict.fromkeys(closed_up(match["note"]) for match in found if match))

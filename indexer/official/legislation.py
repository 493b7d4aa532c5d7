"""The history below the title of laws and orders (题注): who passed it, when, by which order.

``2000年9月25日 中华人民共和国国务院令第293号公布`` on lines of their own, or all of it in brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.official.document_dates import parse_date
from indexer.official.lines import closed_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.dates import PartialDate

_TOP_LINES: Final = 14
_MAX_LINES: Final = 24
_EVENT: Final = re.compile(
    r"(?P<day>(?:18|19|20)\d\d年\d{1,2}月\d{1,2}日)(?P<act>[^年]{0,80}?|[^年]{0,60}《[^《》]{1,80}》[^年]{0,20}?)"
    r"(?P<word>修订通过|修正|修订|通过|公布|发布|批准)"
)
_BEGINS: Final = re.compile(r"[（(]?\s{0,4}(?:18|19|20)\d\d\s{0,4}年\s{0,4}\d{1,2}\s{0,4}月")
_TEXT_BEGINS: Final = re.compile(
    r"第\s{0,4}[一1]\s{0,4}[章条編编]|目\s{0,4}[录次]$|[一1]\s{0,4}、|总\s{0,4}则$"
)
_CONGRESS: Final = re.compile(
    r"^(?P<place>[㐀-鿿]{0,14}?)第[一二三四五六七八九十]{1,3}届(?P<body>(?:全国)?人民代表大会(?:常务委员会)?)第"
)
_COURT: Final = re.compile(
    r"^(?P<court>最高人民(?:法院|检察院))(?:审判委员会|(?:第[一二三四五六七八九十]{1,3}届)?检察委员会)"
)
_ORDERED: Final = re.compile(
    r"^(?:中华人民共和国)?(?P<agency>国务院|[㐀-鿿]{2,12}(?:部|委员会|总局|署|人民政府))(?:令第\S{1,8}?号)?$"
)
_NATIONAL: Final = re.compile(r"第[一二三四五六七八九十]{1,3}届全国人民代表大会")
_ADOPTED: Final = frozenset({"通过", "修订", "修正", "修订通过"})


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What the history says of the text in its present form.

    Attributes:
        agency: Who passed or issued it first, or ``""``.
        date: When it was last passed or amended, or ``None``.
    """

    agency: str = ""
    date: PartialDate | None = None


def history_of(lines: Sequence[str]) -> History:
    """The history near the top, or an empty one."""
    for at, line in enumerate(lines[:_TOP_LINES]):
        if _TEXT_BEGINS.match(line):
            break
        if at and _BEGINS.match(line):
            return _read(closed_up("".join(_block(lines[at : at + _MAX_LINES]))))
    return History()


def _block(lines: Sequence[str]) -> list[str]:
    """Lines to where the text begins; a bracket ends with its bracket."""
    taken: list[str] = []
    for line in lines:
        if _TEXT_BEGINS.match(line):
            break
        taken.append(line)
        if lines[0][0] in "（(" and line[-1] in "）)":
            break
        is_open = "".join(taken[:-1]).count("《") > "".join(taken[:-1]).count("》")
        if lines[0][0] not in "（(" and not _BEGINS.match(line) and not is_open:
            taken.pop()
            break
    return taken


def _read(text: str) -> History:
    events = list(_EVENT.finditer(text))
    if not events:
        return History()
    agency = next(filter(None, (_agency(each["act"]) for each in events)), "")
    return History(agency=agency, date=_date(events))


def _date(events: Sequence[re.Match[str]]) -> PartialDate | None:
    """The day on which a law was last passed or amended by the National People's Congress.

    Its president signs it that day. Elsewhere a text is passed on one day and issued on another,
    and neither is the day of the paper.
    """
    last = [each for each in events if each["word"] in _ADOPTED][-1:]
    is_law = bool(last) and _NATIONAL.match(last[0]["act"]) is not None
    return parse_date(last[0]["day"]) if is_law else None


def _agency(act: str) -> str:
    if match := _CONGRESS.match(act):
        return f"{match['place']}{match['body']}"
    if match := _COURT.match(act):
        return match["court"]
    if match := _ORDERED.match(act):
        return match["agency"]
    return ""

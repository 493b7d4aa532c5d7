"""主送机关: to whom a paper goes, on the line after the title that ends in a colon.

Source: GB/T 9704-2012 7.3.2. Agencies of one kind are parted by 、, kinds by ，.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from indexer.official.agencies import AGENCY_END
from indexer.official.lines import closed_up

if TYPE_CHECKING:
    from collections.abc import Sequence

_BEFORE: Final = 25
"""Lines above which the addressees stand; a long title and a red head take some."""
_MAX_LINES: Final = 5
_MAX_LIST: Final = 400
_MAX_NAME: Final = 60
_MOST: Final = 60
_KINDS: Final = re.compile(r"[，,；;]")
_NAMED: Final = re.compile(
    rf"(?:各|有关|全体|所属)?[㐀-鿿（）()0-9·—-]{{1,{_MAX_NAME}}}?(?:{AGENCY_END}|单位|部门|机构|企业|部委|科室|乡镇|苏木|镇|乡|街道"
    r"|办事处|工作组|专班|人民团体|团体|有关方面|工委|党委|支部|总队|队|室|团|军|省|区|市|县|旗|盟|州|村|园区|行业协会|协会|学会)"
    r"(?:[（(][^（）()]{1,30}[）)])?"
)
_EACH: Final = re.compile(rf"(?:各|有关)[㐀-鿿（）()·]{{1,{_MAX_NAME}}}")
# What also ends in a colon: greetings, and sentences that lead to a list.
_NO_ADDRESS: Final = re.compile(
    r"如下|以下|下列|事项|同志|代表|委员[们會会]?$|各位|如何|通知|批复|请示|办法|规定|意见|方案|附件|标准|原则|要求|职责|联系人|电话|地址|时间"
    r"|年\d|通过|施行|第\d|地点|为了?|是$|包括|即$|指$|标题|日期|主题|[。！？!?“”\"]"
)


def recipients_of(lines: Sequence[str], title: str) -> tuple[str, ...]:
    """The addressees, or none where no line is surely theirs."""
    top = lines[: _BEFORE + _MAX_LINES]
    start = _after_title(top, title)
    for at in range(start, min(len(top), _BEFORE)):
        if not top[at].endswith(("：", ":")):
            continue
        # The list may have begun on lines above: join as many as still make one.
        for first in range(max(start, at - _MAX_LINES + 1), at + 1):
            found = split_recipients("".join(map(closed_up, top[first : at + 1]))[:-1])
            if found:
                return found
        return ()
    return ()


def split_recipients(text: str) -> tuple[str, ...]:
    """The agencies in a list, or none if anything in it is no agency.

    What belongs together stays so: 各省、自治区、直辖市人民政府 is one addressee.
    """
    if not text or len(text) > _MAX_LIST or _NO_ADDRESS.search(text):
        return ()
    names: list[str] = []
    for part in filter(None, _KINDS.split(text)):
        single = part.split("、")
        if all(map(_NAMED.fullmatch, single)) and not _shares_its_end(single):
            names += single
        elif _NAMED.fullmatch(part.replace("、", "")) or _EACH.fullmatch(part.replace("、", "")):
            names.append(part)
        else:
            return ()
    return tuple(names[:_MOST])


def _shares_its_end(names: Sequence[str]) -> bool:
    """各省、自治区、直辖市人民政府: the last word is meant for all of them."""
    return len(names) > 1 and names[0].startswith("各") and not names[1].startswith("各")


def _after_title(lines: Sequence[str], title: str) -> int:
    """The line below the title; the first line where there is none."""
    wanted = closed_up(title)
    if not wanted:
        return 0
    for at in range(len(lines)):
        joined = ""
        for count, line in enumerate(lines[at:]):
            joined += closed_up(line)
            if joined == wanted:
                return at + count + 1
            if not wanted.startswith(joined):
                break
    return 0

"""标题, 发文机关 and 文种 from the head of a document.

A title reads agency + 关于 + matter + 的 + genre.
Source: 党政机关公文处理工作条例 (2012) art. 8, 9(7).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from indexer.official.agencies import AGENCY_END
from indexer.official.document_numbers import parse as parse_number
from indexer.official.markings import find_marking, is_marked_internal

if TYPE_CHECKING:
    from collections.abc import Sequence

# The fifteen of art. 8.
_STATUTORY: Final = "决议 决定 命令 令 公报 公告 通告 意见 通知 通报 报告 请示 批复 议案 函 纪要"
# What else official texts call themselves.
_OTHER: Final = (
    "复函 办法 规定 细则 条例 方案 规划 计划 要点 预案 名册 名单 目录 总结 解释 答复 规则 章程 "
    "规程 规范 标准 准则 守则 制度 安排 协定 公约 说明 讲话 简报 公示 登记表 合同 协议书 "
    "证明 申请书 纲要 修正案 解答 编制表"
)
_TRADITIONAL: Final = (
    "決議 決定 報告 請示 批覆 議案 紀要 辦法 規定 細則 條例 規則 規程 標準 準則 要點 綱要 解釋"
)
GENRES: Final = tuple(f"{_STATUTORY} {_OTHER} {_TRADITIONAL}".split())
"""文种: how titles end."""

_TOP_LINES: Final = 20
_MAX_TITLE: Final = 120
# 公告 is a title where it comes first; further down 要点 is a heading of the text.
_MIN_TITLE: Final = 5
_MAX_TITLE_LINES: Final = 4
_REMARK: Final = r"(?:[(（〔][^()（）〔〕]{1,16}[)）〕])*"
_GENRE_END: Final = re.compile(
    rf"(?P<genre>{'|'.join(sorted(set(GENRES), key=len, reverse=True))}){_REMARK}$"
)
_LAW: Final = re.compile(rf"^[㐀-鿿、《》〈〉]{{2,40}}法{_REMARK}$")
_HEAD_MARK: Final = re.compile(rf"^(?P<agency>[㐀-鿿、（）()\s]{{2,60}}?{AGENCY_END})\s*文\s*件$")
_AGENCY: Final = re.compile(
    rf"^(?P<agency>[㐀-鿿、（）()\s]{{1,60}}?{AGENCY_END})(?:关于|關於|转发|轉發|批转|批轉|印发|印發)"
)
_ITEM: Final = re.compile(
    r"第\s*[\d一二三四五六七八九十百]+\s*[章节節条條编編]|[一二三四五六七八九十]{1,3}\s*[、.．]|\d{1,3}\s*[.．、)）]"
    r"|[（(]\s*[\d一二三四五六七八九十]{1,3}\s*[)）]"
)
_NO_TITLE: Final = re.compile(
    r".*(?:中華民國|\d+\s*[号號]\s*[令函公]|年\s*[\d一二三四五六七八九十]{1,3}\s*月|[。：:；;！？!?]|印发$|^(?:根据|为了?|依据|按照)"
    r"|^附(?:件|录|表|则)|^(?:抄送|主送|目\s*录$))"
)
# What stands right under a title: a remark in brackets, a date, a number, the first chapter.
_UNDER_A_TITLE: Final = re.compile(
    r"[（(]|\d{4}\s*年\s*\d|\d{1,2}\s*[.．]\s*中華民國|中華民國|第\s*[一1]\s*[章条條编編]"
    r"|[一二][〇○零一二三四五六七八九]{3}年|\d{4}-\d\d-\d\d"
)
_AGENCY_TAIL: Final = re.compile(rf"{AGENCY_END}$")
_GIVER_TAIL: Final = re.compile(rf"{AGENCY_END}(?:[㐀-鿿]{{0,6}}会议)?$")


def title_of(lines: Sequence[str]) -> str:
    """The title near the top of page 1, given by its lines, or ``""`` where it is not certain.

    It is the first run of up to four lines that together end in a genre, or the first line of all
    where what stands under titles stands under it.
    """
    top = lines[:_TOP_LINES]
    body = [line for line in top if not _is_above_a_title(line)]
    heads = _letterheads(top)
    return _first_title([line for line in body if line not in heads]) or _first_title(body)


def _first_title(body: Sequence[str]) -> str:
    for start, line in enumerate(body):
        if _ITEM.match(line) or (start and _UNDER_A_TITLE.match(line)):
            break  # the text has begun
        if not _begins_title(line):
            continue
        for count in range(1, _MAX_TITLE_LINES + 1):
            title = _joined(body[start : start + count])
            if len(title) > _MAX_TITLE or _NO_TITLE.match(title):
                break
            is_long_enough = len(title) >= _MIN_TITLE or not start
            if is_long_enough and _ends_title(body, start + count, title):
                return title
    return ""


def genre_of(title: str) -> str:
    """文种 at the end of a title, remarks such as （试行） aside; ``""`` if none."""
    match = _GENRE_END.search(title.strip())
    return match["genre"] if match else ""


def agency_of(title: str) -> str:
    """The agency before 关于, 转发 or 印发 in a title, or ``""``."""
    match = _AGENCY.match(title)
    return match["agency"].strip() if match else ""


def _is_above_a_title(line: str) -> bool:
    return bool(
        _HEAD_MARK.match(line)
        or find_marking(line)
        or is_marked_internal(line)
        or parse_number(re.split(r"\s{2,}|签发人", line)[0].strip("()（） "))
        or not re.search(r"[㐀-鿿]", line)
    )


def _letterheads(lines: Sequence[str]) -> set[str]:
    """Lines that only say who gives notice (某区人民政府通告), with the number below them.

    A title that names the matter comes further down; where none does, this is the title.
    """
    return {
        line
        for line, below in pairwise(lines)
        if (genre := _GENRE_END.search(line))
        and _GIVER_TAIL.search(line[: genre.start()].rstrip())
        and parse_number(below.strip("()（） "))
    }


def _begins_title(line: str) -> bool:
    # Either the whole head of a title, or its agency on a line of its own.
    return (
        "关于" in line
        or "關於" in line
        or bool(_GENRE_END.search(line))
        or bool(_LAW.match(line))
        or bool(_AGENCY_TAIL.search(line))
    )


def _ends_title(body: Sequence[str], after: int, title: str) -> bool:
    if _GENRE_END.search(title):
        # 关于印发…办法 goes on: 的通知.
        return not (
            after < len(body) and re.match(r"的?[㐀-鿿]{0,20}的?(?:通知|通報)$", body[after])
        )
    below = body[after] if after < len(body) else ""
    # Web pages give the title and then, broken into lines, the title.
    repeated = bool(below) and title.startswith(below)
    return bool(_LAW.match(title) and (repeated or _UNDER_A_TITLE.match(below)))


def _joined(lines: Sequence[str]) -> str:
    """Lines as one title: spaces go, but for one between two agencies that act jointly.

    The name of the agency above a title that begins with it is no second agency.
    """
    title = ""
    for part in (part for line in lines for part in line.split()):
        if title and part.startswith(title):
            title = part
            continue
        joint = _AGENCY_TAIL.search(title) and _AGENCY.match(part)
        title += f" {part}" if joint else part
    return title

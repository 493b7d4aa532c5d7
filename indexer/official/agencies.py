"""Names of agencies: where one ends, and several of them in a row.

Joint papers (联合行文) name the leading agency first. Source: GB/T 9704-2012 7.2.4, 7.3.5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from indexer.official.lines import closed_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

AGENCY_END: Final = (
    r"(?:政府|国务院|军委|人大|政协|法院|检察院|委员会|常委会|组织部|宣传部|部|厅|局|署|总署|办公室|办公厅|办"
    r"|委|会|院|社|行|处|所|站|中心|公司|领导小组|指挥部|党组|支队|大队|大学|学校|中学|小学|集团|街道办|馆|台"
    r"|學校|辦公室|辦公廳|辦|廳|會|處|總署|檢察院|國務院)"
)
"""How the names of agencies end: what tells a signature from a sentence."""

_NAME: Final = re.compile(rf"[㐀-鿿（）()]{{1,40}}?{AGENCY_END}(?:[（(][^（）()]{{1,10}}[)）])?")
_SHORT: Final = 2
_SHORT_ENDS: Final = ("委", "办", "人大", "政协")
_WIDE: Final = re.compile(r"[ \t　]{2,}|\t|[、，,]")
_SINGLES: Final = re.compile(r"(?:\S[ 　]{1,4}){2,40}\S")
_HEAD_LINES: Final = 20
_MOST: Final = 12
"""Agencies of one paper."""
_FILE_MARK: Final = re.compile(r"文\s{0,4}件$")


@dataclass(frozen=True, slots=True, kw_only=True)
class RedHead:
    """The head of a paper.

    Attributes:
        agencies: Whose paper it is, the leading one first. length: Lines down to its end.
    """

    agencies: tuple[str, ...] = ()
    length: int = 0


def is_agency(text: str) -> bool:
    """Whether the whole text is the name of one agency."""
    is_long_enough = len(text) > _SHORT or text.endswith(_SHORT_ENDS)  # 内部 is none, 区委 is one
    return is_long_enough and bool(_NAME.fullmatch(text))


def split_agencies(text: str) -> tuple[str, ...]:
    """The agencies that a line names, or none where anything else stands on it.

    ``青山区民政局  青山区财政局`` are two, ``青 山 区 民 政 局`` is one.
    """
    line = text.strip()
    parts = [line] if _SINGLES.fullmatch(line) else _WIDE.split(line)
    names = [closed_up(part) for part in parts if part.strip()]
    if len(names) == 1 and " " in line and not _SINGLES.fullmatch(line):
        apart = line.split()
        if all(map(is_agency, apart)):
            names = apart
    return tuple(names) if names and all(map(is_agency, names)) else ()


def red_head_of(lines: Sequence[str]) -> RedHead:
    """The 发文机关标志 that ends in 文件, or an empty one.

    A joint head names one agency to a line; 文件 stands beside any of them or on a line of its own.
    """
    top = lines[:_HEAD_LINES]
    for at, line in enumerate(top):
        mark = _FILE_MARK.search(line)
        if mark is None:
            continue
        beside = split_agencies(line[: mark.start()])
        if not beside and mark.start():
            continue
        above = _run(reversed(top[:at]))
        below = _run(top[at + 1 :])
        rows = (*reversed(above), beside, *below)
        found = tuple(dict.fromkeys(name for row in rows for name in row))
        if found:
            return RedHead(agencies=found[:_MOST], length=at + 1 + len(below))
    return RedHead()


def _run(lines: Iterable[str]) -> list[tuple[str, ...]]:
    """The agencies line by line, as far as lines name nothing else."""
    return list(takewhile(bool, map(split_agencies, lines)))

"""标题, 发文机关 and 文种 from the head of a document.

A title reads agency + 关于 + matter + 的 + genre (党政机关公文处理工作条例 2012, art. 9(7)).
"""

from __future__ import annotations

import re
from typing import Final

GENRES: Final = (
    "决议", "决定", "命令", "令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示",
    "批复", "议案", "复函", "函", "纪要", "办法", "规定", "细则", "条例", "方案", "规划", "名册", "工作总结",
)  # fmt: skip
_TOP_LINES: Final = 20
_MAX_TITLE: Final = 100
_MAX_TITLE_LINES: Final = 4
_GENRE_END: Final = re.compile(
    rf"(?P<genre>{'|'.join(sorted(GENRES, key=len, reverse=True))})(?:[(（][^()（）]{{1,12}}[)）])?$"
)
_AGENCY: Final = re.compile(r"^(?P<agency>[㐀-鿿、 　]{3,60}?)关于")


def title_of(first_page: str) -> str:
    """The title near the top of page 1: the first lines that together end in a genre, or ``""``."""
    lines = [line.strip() for line in first_page.splitlines() if line.strip()][:_TOP_LINES]
    for start, line in enumerate(lines):
        if line.endswith((":", "：", "。", "；")) or not _begins_title(line):
            continue
        for count in range(1, _MAX_TITLE_LINES + 1):
            title = "".join("".join(each.split()) for each in lines[start : start + count])
            if len(title) > _MAX_TITLE or "。" in title or "：" in title:
                break
            if _GENRE_END.search(title):
                return title
    return ""


def genre_of(title: str) -> str:
    """文种 at the end of a title, remarks such as （试行） aside; ``""`` if none."""
    match = _GENRE_END.search(title.strip())
    return match["genre"] if match else ""


def agency_of(title: str) -> str:
    """The agency before 关于 in a title, or ``""``."""
    match = _AGENCY.match(title)
    return match["agency"].strip() if match else ""


def _begins_title(line: str) -> bool:
    # Either the whole head of a title, or its agency on a line of its own.
    return (
        "关于" in line
        or bool(_GENRE_END.search(line))
        or line.endswith(("人民政府", "办公室", "局", "委员会"))
    )

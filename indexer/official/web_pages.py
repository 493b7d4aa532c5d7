"""The metadata block of government web pages, from 索引号 to 有效性.

It is a table or a list of labels with their values, on lines of their own or several to a line.
Source: 政府网站发展指引 (国办发〔2017〕47号).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.official.document_dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.dates import PartialDate

_LINES: Final = 80
_LEAST: Final = 3
"""Labels that make a block; one or two may stand in any form."""
_MAX_VALUE: Final = 200
_ABOVE: Final = 4
"""Lines that may stand above a block which stands above its paper; it may stand below as well."""
_NAMES: Final = {
    "索引号": "index_number",
    "索引號": "index_number",
    "主题分类": "topic",
    "发文机关": "agency",
    "发布机构": "agency",
    "发布机关": "agency",
    "制发机关": "agency",
    "成文日期": "date",
    "生成日期": "date",
    "标题": "title",
    "信息名称": "title",
    "名称": "title",
    "发文字号": "document_number",
    "文号": "document_number",
    "发布日期": "published_on",
    "公开日期": "published_on",
    "公布日期": "published_on",
    "有效性": "validity",
    "时效性": "validity",
    "效力状态": "validity",
    "主题词": "subject_words",
}
_SPACED: Final = "|".join(r"\s{0,4}".join(name) for name in sorted(_NAMES, key=len, reverse=True))
_LABEL: Final = re.compile(
    rf"(?:^|(?<=[\s|【\[]))(?P<label>{_SPACED})\s{{0,4}}[】\]]?\s{{0,4}}[:：|]"
)
_EDGES: Final = " \t　|【】[]"
_STATES: Final = ("部分失效", "部分有效", "已修改", "已修订", "已废止", "废止", "失效", "有效")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBlock:
    """What the block says; ``""`` or ``None`` where it is silent.

    Attributes:
        length: Lines to the end of a block above the paper; 0 where there is none.
    """

    index_number: str = ""
    topic: str = ""
    agency: str = ""
    date: PartialDate | None = None
    title: str = ""
    document_number: str = ""
    published_on: PartialDate | None = None
    validity: str = ""
    length: int = 0


def page_block_of(lines: Sequence[str]) -> PageBlock:
    """The block among the first lines; an empty one where there is none."""
    values: dict[str, str] = {}
    first = length = 0
    waiting = ""
    for at, line in enumerate(lines[:_LINES]):
        labels = list(_LABEL.finditer(line))
        if not labels:
            if waiting:
                values.setdefault(waiting, line.strip(_EDGES)[:_MAX_VALUE])
                length = at + 1
            waiting = ""
            continue
        waiting = ""
        first = first if values else at
        length = at + 1
        ends = [match.start() for match in labels[1:]] + [len(line)]
        for match, end in zip(labels, ends, strict=True):
            name = _NAMES["".join(match["label"].split())]
            value = line[match.end() : end].strip(_EDGES)[:_MAX_VALUE]
            if value:
                values.setdefault(name, value)
            # Only the last of a line goes on below it; before another label, nothing is nothing.
            waiting = "" if value else name
    if len(values) < _LEAST or "index_number" not in values:
        return PageBlock()
    return _block(values, length if first <= _ABOVE else 0)


def _block(values: Mapping[str, str], length: int) -> PageBlock:
    texts = {
        name: values.get(name, "")
        for name in ("index_number", "topic", "agency", "title", "document_number")
    }
    return PageBlock(
        **texts,
        date=_date(values.get("date", "")),
        published_on=_date(values.get("published_on", "")),
        validity=next((state for state in _STATES if state in values.get("validity", "")), ""),
        length=length,
    )


def _date(text: str) -> PartialDate | None:
    return parse_date(text) or parse_date(text.split(" ", maxsplit=1)[0]) if text else None

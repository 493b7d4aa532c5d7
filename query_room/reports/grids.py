"""The three tables as they are laid out on paper: cells that span, for screen, sheet and page.

Source: annex of 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from itertools import groupby
from typing import TYPE_CHECKING, Final

from query_room.reports.layout import (
    ALL_DONE,
    AMOUNT,
    CARRIED_IN,
    CARRIED_ON,
    FEN_PER_WAN,
    RECEIVED,
    columns,
    rows,
)
from query_room.reports.model import CellKey, TableName

if TYPE_CHECKING:
    from query_room.reports.layout import LayoutRow

TITLES: Final = {
    TableName.PROACTIVE: "二、主动公开政府信息情况",
    TableName.REQUESTS: "三、收到和处理政府信息公开申请情况",
    TableName.CASES: "四、政府信息公开行政复议、行政诉讼情况",
}
_BALANCE_NOTE: Final = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_DONE: Final = "三、本年度办理结果"
_LABELS: Final = 3


class Part(Enum):
    """What a cell is."""

    HEAD = auto()
    LABEL = auto()
    NUMBER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell on paper.

    Attributes:
        key: The number that stands in it, or ``None``.
    """

    part: Part
    text: str = ""
    wide: int = 1
    high: int = 1
    key: CellKey | None = None


GridRow = tuple[GridCell, ...]


def grid(table: TableName) -> tuple[GridRow, ...]:
    """A table row by row; a cell that spans rows stands in the first of them alone."""
    return _GRIDS[table]


def width(table: TableName) -> int:
    """How many columns a table has on paper."""
    return sum(cell.wide for cell in grid(table)[0])


def shown(key: CellKey, count: int) -> str:
    """A number as the form shows it: money in 万元, everything else as it is."""
    if key.column == AMOUNT:
        return f"{(Decimal(count) / FEN_PER_WAN).normalize():f}"
    return str(count)


def _head(text: str, *, wide: int = 1, high: int = 1) -> GridCell:
    return GridCell(part=Part.HEAD, text=text, wide=wide, high=high)


def _label(text: str, *, wide: int = 1, high: int = 1) -> GridCell:
    return GridCell(part=Part.LABEL, text=text, wide=wide, high=high)


def _number(key: CellKey, *, wide: int = 1) -> GridCell:
    return GridCell(part=Part.NUMBER, key=key, wide=wide)


def _proactive() -> tuple[GridRow, ...]:
    table = TableName.PROACTIVE
    names = {each.column: each.text for each in columns(table)}
    found: list[GridRow] = []
    for clause, members in groupby(rows(table), key=lambda row: row.group):
        under = list(members)
        wide = _LABELS // len(under[0].columns)
        found.append((_head(clause, wide=1 + _LABELS),))
        heads = (_head(names[column], wide=wide) for column in under[0].columns)
        found.append((_head("信息内容"), *heads))
        found += [
            (
                _label(row.text),
                *(_number(CellKey(table, row.row, column), wide=wide) for column in row.columns),
            )
            for row in under
        ]
    return tuple(found)


def _requests() -> tuple[GridRow, ...]:
    table = TableName.REQUESTS
    natural, *legal, total = columns(table)
    head: list[GridRow] = [
        (_head(_BALANCE_NOTE, wide=_LABELS, high=3), _head("申请人情况", wide=len(legal) + 2)),
        (
            _head(natural.text, high=2),
            _head(legal[0].group, wide=len(legal)),
            _head(total.text, high=2),
        ),
        tuple(_head(column.text) for column in legal),
    ]
    body = rows(table)
    done = [row for row in body if row.row not in {RECEIVED, CARRIED_IN, CARRIED_ON}]
    return (*head, *(_request_row(row, done) for row in body))


def _request_row(row: LayoutRow, done: list[LayoutRow]) -> GridRow:
    numbers = tuple(_number(CellKey(row.table, row.row, column)) for column in row.columns)
    if row not in done:
        return (_label(row.text, wide=_LABELS), *numbers)
    labels: list[GridCell] = []
    if row is done[0]:
        labels.append(_label(_DONE, high=len(done)))
    if not row.group:
        labels.append(_label(row.text, wide=_LABELS - 1))
    else:
        sisters = [each for each in done if each.group == row.group]
        if row is sisters[0]:
            labels.append(_label(row.group, high=len(sisters)))
        labels.append(_label(row.text))
    return (*labels, *numbers)


def _cases() -> tuple[GridRow, ...]:
    table = TableName.CASES
    results = columns(table)
    review, *suits = rows(table)
    return (
        (
            _head(review.text, wide=len(results), high=2),
            _head(suits[0].group, wide=len(results) * len(suits)),
        ),
        tuple(_head(row.text, wide=len(results)) for row in suits),
        tuple(_head(column.text) for _ in rows(table) for column in results),
        tuple(
            _number(CellKey(table, row.row, column))
            for row in rows(table)
            for column in row.columns
        ),
    )


_GRIDS: Final = {
    TableName.PROACTIVE: _proactive(),
    TableName.REQUESTS: _requests(),
    TableName.CASES: _cases(),
}

SUMMED: Final = frozenset({RECEIVED, CARRIED_IN, ALL_DONE, CARRIED_ON})
"""Rows that stand out in print."""

"""A notice as a table: one line per day that is not what its weekday says."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from typing import Final

from query_room.calendar.errors import BadLine, CalendarImportError
from query_room.calendar.model import DayKind, MarkedDay

_COLUMNS: Final = {
    "day": "day", "date": "day", "日期": "day",
    "kind": "kind", "type": "kind", "类型": "kind",
    "name": "name", "名称": "name", "节日": "name",
}  # fmt: skip
_KINDS: Final = {
    "holiday": DayKind.HOLIDAY, "休": DayKind.HOLIDAY, "放假": DayKind.HOLIDAY,
    "workday": DayKind.WORKDAY, "班": DayKind.WORKDAY, "上班": DayKind.WORKDAY,
}  # fmt: skip
_LIMIT: Final = 64_000
_SATURDAY: Final = 5
_MOST_NEIGHBOURS: Final = 7
"""Days of the years before and after that a notice may set around the turn of the year."""


def read_notice(content: bytes) -> tuple[int, dict[dt.date, MarkedDay]]:
    """The year that a notice is about, and the days that it sets.

    Args:
        content: CSV in UTF-8 or GB18030 with the columns 日期, 类型 (休 or 班) and 名称, or day,
            kind (holiday or workday) and name.

    Raises:
        CalendarImportError: A line cannot be used; every such line is named.
    """
    rows = list(csv.reader(_text(content).splitlines()))
    if not rows:
        raise CalendarImportError([(0, BadLine.EMPTY)])
    header = [_COLUMNS.get(cell.strip().lower(), "") for cell in rows[0]]
    if not {"day", "kind"} <= set(header):
        raise CalendarImportError([(1, BadLine.NO_COLUMNS)])
    days: dict[dt.date, MarkedDay] = {}
    wrong: list[tuple[int, BadLine]] = []
    for line, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
        found = _day(cells)
        if isinstance(found, BadLine):
            wrong.append((line, found))
        elif found[0] in days:
            wrong.append((line, BadLine.TWICE))
        else:
            days[found[0]] = found[1]
    if not days and not wrong:
        wrong.append((0, BadLine.NO_DAYS))
    if wrong:
        raise CalendarImportError(wrong)
    return _year(days), days


def _text(content: bytes) -> str:
    if len(content) > _LIMIT:
        raise CalendarImportError([(0, BadLine.TOO_LONG)])
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CalendarImportError([(0, BadLine.UNREADABLE)])


def _day(cells: dict[str, str]) -> tuple[dt.date, MarkedDay] | BadLine:
    try:
        day = dt.date.fromisoformat(cells.get("day", "").replace("/", "-").replace(".", "-"))
    except ValueError:
        return BadLine.NOT_A_DAY
    kind = _KINDS.get(cells.get("kind", "").lower())
    if kind is None:
        return BadLine.NOT_A_KIND
    if kind is DayKind.WORKDAY and day.weekday() < _SATURDAY:
        return BadLine.WORKED_ANYWAY
    return day, MarkedDay(kind=kind, name=cells.get("name", "")[:40])


def _year(days: dict[dt.date, MarkedDay]) -> int:
    years = Counter(day.year for day in days)
    year, count = years.most_common(1)[0]
    near = sum(n for other, n in years.items() if abs(other - year) == 1)
    if near > _MOST_NEIGHBOURS or near + count < len(days):
        raise CalendarImportError([(0, BadLine.SEVERAL_YEARS)])
    return year

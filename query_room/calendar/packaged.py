"""The calendar that comes with the product; ``SOURCE.md`` says where from."""

from __future__ import annotations

import csv
import datetime as dt
from functools import cache
from importlib.resources import files
from typing import Final

from query_room.calendar.model import DayKind, MarkedDay

VERSION: Final = "2026"
"""The last year whose notice is packaged."""

_NOTICES: Final = "国务院办公厅节假日安排通知"
_STATUTE: Final = "全国年节及纪念日放假办法"


@cache
def packaged_days() -> dict[dt.date, MarkedDay]:
    """Days marked by the notices that are packaged."""
    return {
        dt.date.fromisoformat(row["day"]): MarkedDay(
            kind=DayKind(row["kind"]), name=row["name"], source=_NOTICES
        )
        for row in _rows("days.csv")
    }


@cache
def statutory_days() -> dict[dt.date, MarkedDay]:
    """Statutory days of years whose notice is not packaged."""
    return {
        dt.date.fromisoformat(row["day"]): MarkedDay(
            kind=DayKind.HOLIDAY, name=row["name"], source=_STATUTE
        )
        for row in _rows("statutory.csv")
    }


def _rows(name: str) -> list[dict[str, str]]:
    text = files("query_room.calendar").joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))

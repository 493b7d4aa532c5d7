"""Days as the archive counts them: they begin and end in China, wherever the server stands."""

from __future__ import annotations

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

CHINA: Final = ZoneInfo("Asia/Shanghai")


def day_in_china(at: dt.datetime) -> dt.date:
    """The day that an aware instant belongs to."""
    return at.astimezone(CHINA).date()


def day_bounds(day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """When a day begins, and when the next one does."""
    start = dt.datetime.combine(day, dt.time(), CHINA)
    return start, start + dt.timedelta(days=1)

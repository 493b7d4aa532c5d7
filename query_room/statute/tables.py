"""Reading the law's tables: CSV files beside this module, each row with its dates and source."""

from __future__ import annotations

import csv
import datetime as dt
from importlib.resources import files


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a table of this package."""
    text = files("query_room.statute").joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def is_in_force(row: dict[str, str], day: dt.date) -> bool:
    """Whether a row with ``valid_from`` and ``valid_until`` holds on a day, both included."""
    begins = dt.date.fromisoformat(row["valid_from"])
    ends = row["valid_until"]
    return begins <= day and (not ends or day <= dt.date.fromisoformat(ends))

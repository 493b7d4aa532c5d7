"""The rules: packaged, or the office's own in their place."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from indexer.errors import SettingsError

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

KINDS: Final = ("visit", "request")
"""What is kept for a time: who came to the counter, and who applied."""
FILE: Final = "retention.csv"
"""Name of the office's own rules in the data folder."""

_MAX_YEARS: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """How long one kind is kept after it ended."""

    kind: str
    years: int
    source: str

    def ends_before(self, today: dt.date) -> dt.date:
        """What ended before this day is due."""
        try:
            return today.replace(year=today.year - self.years)
        except ValueError:  # the 29th of February
            return today.replace(year=today.year - self.years, day=28)


def load_rules(data: Path) -> tuple[RetentionRule, ...]:
    """The rules in force: those of ``retention.csv`` in the data folder, or the packaged ones.

    Raises:
        SettingsError: The office's file lacks a kind, or has a number of years that cannot be.
    """
    own = data / FILE
    try:
        text = (
            own.read_text("utf-8-sig")
            if own.is_file()
            else files("query_room.retention").joinpath("rules.csv").read_text("utf-8")
        )
    except (OSError, UnicodeError) as error:
        raise SettingsError(f"{own} cannot be read as UTF-8") from error
    rules = tuple(_rule(row, own) for row in csv.DictReader(text.splitlines()))
    if sorted(rule.kind for rule in rules) != sorted(KINDS):
        raise SettingsError(f"{own} must have one line for each of {', '.join(KINDS)}")
    return rules


def _rule(row: dict[str, str], own: Path) -> RetentionRule:
    years = (row.get("years") or "").strip()
    if not (years.isascii() and years.isdigit() and 0 < int(years) <= _MAX_YEARS):
        raise SettingsError(f"{own}: {years!r} is no number of years from 1 to {_MAX_YEARS}")
    return RetentionRule(
        kind=(row.get("kind") or "").strip(), years=int(years), source=row.get("source") or ""
    )

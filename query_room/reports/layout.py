"""Rows and columns of the three tables, in the words of the official form."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from query_room.reports.model import CellKey, TableName
from query_room.statute.codes import ApplicantCategory, Disposition

if TYPE_CHECKING:
    from collections.abc import Iterator

MADE, REPEALED, VALID, AMOUNT = "made", "repealed", "valid", "amount"
RECEIVED, CARRIED_IN, ALL_DONE, CARRIED_ON = "N1", "N2", "T", "N4"
CATEGORIES: Final = tuple(ApplicantCategory)
OUTCOMES: Final = tuple(Disposition)
FEN_PER_WAN: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutRow:
    """A row of a table.

    Attributes:
        group: The heading it stands under, or ``""``. columns: Those it has.
    """

    table: TableName
    row: str
    group: str
    text: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutColumn:
    """A column of a table."""

    table: TableName
    column: str
    group: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A phrase of part 一 that is followed by a number of the tables."""

    phrase: str
    keys: tuple[CellKey, ...]


def rows(table: TableName) -> tuple[LayoutRow, ...]:
    """The rows of a table, in order."""
    return tuple(each for each in _all_rows() if each.table is table)


def columns(table: TableName) -> tuple[LayoutColumn, ...]:
    """The columns of a table, in order."""
    return tuple(each for each in _all_columns() if each.table is table)


@cache
def quotes() -> tuple[Quote, ...]:
    """Phrases whose numbers must agree with the tables."""
    return tuple(
        Quote(
            phrase=row["phrase"],
            keys=tuple(
                CellKey(TableName(row["table"]), each, row["column"])
                for each in row["rows"].split()
            ),
        )
        for row in _read("quotes.csv")
    )


@cache
def all_keys() -> tuple[CellKey, ...]:
    """Every cell that there is, in the order of the form."""
    return tuple(
        CellKey(each.table, each.row, column) for each in _all_rows() for column in each.columns
    )


@cache
def _all_rows() -> tuple[LayoutRow, ...]:
    return tuple(
        LayoutRow(
            table=TableName(row["table"]),
            row=row["row"],
            group=row["group"],
            text=row["text"],
            columns=tuple(row["columns"].split()),
        )
        for row in _read("layout.csv")
    )


@cache
def _all_columns() -> tuple[LayoutColumn, ...]:
    return tuple(
        LayoutColumn(
            table=TableName(row["table"]),
            column=row["column"],
            group=row["group"],
            text=row["text"],
        )
        for row in _read("columns.csv")
    )


def _read(name: str) -> Iterator[dict[str, str]]:
    text = files("query_room.reports").joinpath(name).read_text("utf-8")
    yield from csv.DictReader(text.splitlines())

"""Tables as they stand in a file, before anything in them has a meaning."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from indexer.extraction.number_formats import plain

MAX_CELLS: Final = 2_000_000
"""Cells that are not empty, over all sheets of a catalogue."""

MAX_TEXT: Final = 32_767
"""Characters of a cell; Excel takes no longer one."""


@dataclass(frozen=True, slots=True)
class DateCell:
    """A cell that its program shows as a date.

    Attributes:
        shown: In ISO form, only as exact as the cell shows it.
        serial: Days since the beginning of 1900, as it is stored.
    """

    shown: str
    serial: float


@dataclass(frozen=True, slots=True)
class UnreadCell:
    """A cell without a value to be read: a formula without its result, an error, endless text."""

    shown: str


Cell = Any
"""``None``, text, a number, a truth, :class:`DateCell`, :class:`UnreadCell`; in JSON also lists."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row with its 1-based number; ``cells`` is ``None`` where the row is broken."""

    number: int
    cells: tuple[Cell, ...] | None
    is_hidden: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return self.cells is not None and all(is_blank(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range: 1-based rows and 0-based columns, both ends included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet or table.

    Attributes:
        name: Of the sheet; ``""`` where the file has but one table.
        rows: In order; empty ones may be left out.
        spans: Merged ranges; their value stands in the first cell.
        is_hidden: The sheet is hidden. hidden_columns: 0-based.
        headings: Names of the columns, where the format gives them apart from the rows.
    """

    name: str
    rows: tuple[GridRow, ...]
    spans: tuple[Span, ...] = ()
    is_hidden: bool = False
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    headings: tuple[str, ...] | None = None


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def bounded(cell: Cell) -> Cell:
    """A cell, or an unread one where its text is longer than any cell's."""
    if isinstance(cell, str) and len(cell) > MAX_TEXT:
        return UnreadCell(cell[:60])
    return cell


def whole_or_plain(number: float) -> int | str:
    """A number as a whole one if it is that, else with all its digits and no noise."""
    is_whole = number == int(number) and abs(number) < 1e15  # noqa: PLR2004 - exact up to here
    return int(number) if is_whole else plain(number)

"""Where the names of the columns stand: one row or two, below titles, among merged cells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.catalogue.columns import field_of, normal
from indexer.catalogue.grids import is_blank

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from indexer.catalogue.grids import Cell, Grid, GridRow

HEADER_ROWS: Final = 30
"""Rows of a sheet in which a header is looked for."""

_MIN_KNOWN: Final = 2  # one name alone may be chance
_MAX_HEADING: Final = 40
_MAX_COLUMNS: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The name of one column.

    Attributes:
        column: 0-based. text: As written; both lines of a two-row header, parted by a space.
        name: In one spelling, see :func:`~indexer.catalogue.columns.normal`.
        field: What it names by itself, or ``None``.
    """

    column: int
    text: str
    name: str
    field: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The names of a table's columns.

    Attributes:
        first_row: 1-based; 0 where the format gives names apart from rows.
        last_row: The same, or the next for a header of two rows.
        headings: Columns with a name, from the left.
    """

    first_row: int
    last_row: int
    headings: tuple[Heading, ...]

    @property
    def known(self) -> int:
        """How many different fields are named."""
        return len({each.field for each in self.headings if each.field})

    @property
    def signature(self) -> frozenset[str]:
        """What tells one office's form from another's."""
        return frozenset(each.name for each in self.headings)


def headers(grid: Grid) -> Iterator[Header]:
    """Everything in the first rows of a sheet that may be its header, from above."""
    if grid.headings is not None:
        yield Header(first_row=0, last_row=0, headings=_headings(dict(enumerate(grid.headings))))
        return
    covered = _across(grid)
    rows = [row for row in grid.rows if row.number <= HEADER_ROWS]
    for at, row in enumerate(rows):
        if row.cells is None:
            continue
        top = _texts(row)
        if not top:
            continue
        spread = _spread(top, covered[row.number])
        yield Header(first_row=row.number, last_row=row.number, headings=_headings(spread))
        below = rows[at + 1] if at + 1 < len(rows) else None
        if below is not None and below.number == row.number + 1 and below.cells is not None:
            both = _two_rows(top, below, covered[row.number])
            if both is not None:
                yield Header(first_row=row.number, last_row=below.number, headings=_headings(both))


def best_header(grid: Grid) -> Header | None:
    """The first row or pair of rows that names the most fields; ``None`` where none names two."""
    best: Header | None = None
    for header in headers(grid):
        if grid.headings is not None:
            return header
        if header.known >= _MIN_KNOWN and (best is None or header.known > best.known):
            best = header
    return best


def header_at(grid: Grid, number: int) -> Header | None:
    """The header in a row that an archivist has named; the longer where it may be two rows."""
    return max(
        (each for each in headers(grid) if each.first_row == number),
        key=lambda header: header.known,
        default=None,
    )


def _headings(texts: Mapping[int, str]) -> tuple[Heading, ...]:
    found = []
    for column, text in sorted(texts.items()):
        name = normal(text)
        if name:
            shown = " ".join(text.split())
            found.append(Heading(column=column, text=shown, name=name, field=_field(text)))
    return tuple(found)


def _field(text: str) -> str | None:
    top, _, sub = text.partition("\n")
    if not sub:
        return field_of(top)
    return field_of(top + sub) or field_of(sub) or field_of(top)


def _texts(row: GridRow) -> dict[int, str]:
    """The texts of a row that may be names; none where numbers and dates outweigh them."""
    cells = (row.cells or ())[:_MAX_COLUMNS]
    texts = {
        column: " ".join(cell.split())
        for column, cell in enumerate(cells)
        if isinstance(cell, str) and not is_blank(cell) and len(cell) <= _MAX_HEADING
    }
    others = sum(1 for cell in cells if not is_blank(cell)) - len(texts)
    return texts if others * 2 <= len(texts) else {}


def _spread(texts: Mapping[int, str], covered: Mapping[int, int]) -> dict[int, str]:
    """A name that is merged over several columns is the name of each."""
    spread = {column: texts[start] for column, start in covered.items() if start in texts}
    return {**spread, **texts}


def _two_rows(
    upper: Mapping[int, str], below: GridRow, covered: Mapping[int, int]
) -> dict[int, str] | None:
    """Names from two rows, where the lower parts columns of the upper; ``None`` where it does not.

    The lower row of a header stands below merged or empty cells alone; a row of data would stand
    below named columns too.
    """
    if len(upper) < _MIN_KNOWN or not any(map(field_of, upper.values())):
        return None  # a title
    lower = _texts(below)
    if not lower or len(lower) != sum(1 for cell in below.cells or () if not is_blank(cell)):
        return None
    parents: dict[int, int] = {}
    for column in lower:
        parent = _parent(column, upper, lower, covered)
        if parent is None:
            return None
        parents[column] = parent
    names = {
        column: text for column, text in _spread(upper, covered).items() if column not in parents
    }
    for column, text in lower.items():
        names[column] = f"{upper.get(parents[column], '')}\n{text}".strip("\n")
    return names


def _parent(
    column: int, upper: Mapping[int, str], lower: Mapping[int, str], covered: Mapping[int, int]
) -> int | None:
    """The upper name that a lower one is part of."""
    if column in covered:
        return covered[column]
    if column not in upper:
        # Without word on merged cells: the nearest name on the left spans what is empty.
        return max((each for each in upper if each < column), default=None)
    # The first of several parts stands below the name itself.
    return column if column + 1 in lower and column + 1 not in upper else None


def _across(grid: Grid) -> Mapping[int, Mapping[int, int]]:
    """For rows of a header: column to the first column of the merged range that covers it."""
    covered: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for span in grid.spans:
        if span.first_row > HEADER_ROWS or span.last_column == span.first_column:
            continue
        for column in range(span.first_column, min(span.last_column, _MAX_COLUMNS) + 1):
            covered[span.first_row][column] = span.first_column
    return covered


def row_texts(cells: Sequence[Cell]) -> dict[int, str]:
    """The texts of a row by column, in one spelling: to compare it with a header."""
    return {
        column: normal(cell)
        for column, cell in enumerate(cells)
        if isinstance(cell, str) and not is_blank(cell)
    }

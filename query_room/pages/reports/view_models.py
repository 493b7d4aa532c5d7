"""What the pages of annual reports show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from query_room.reports.checks import ACCEPTABLE, ADVISORY, CheckKey
from query_room.reports.grids import SUMMED, TITLES, Part, grid, shown
from query_room.reports.layout import columns, rows
from query_room.reports.model import TableName

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from query_room.organs import Organ
    from query_room.reports import AnnualTables, Check
    from query_room.reports.differences import Difference
    from query_room.reports.grids import GridCell
    from query_room.reports.model import CellKey


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    """A cell of a table on the screen.

    Attributes:
        url: What is behind the number, or ``""`` where it is zero.
    """

    cell: GridCell
    text: str
    url: str
    is_number: bool
    is_head: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row of a table. ``is_sum`` rows stand out."""

    cells: tuple[ShownCell, ...]
    is_sum: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTable:
    """A table with its title."""

    name: str
    title: str
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCheck:
    """One of the checks with the places where it does not hold.

    Attributes:
        is_advice: Only a warning. can_be_accepted: Whether the report may go out all the same.
    """

    key: CheckKey
    holds: bool
    is_advice: bool
    can_be_accepted: bool
    broken: tuple[tuple[str, Check], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDifference:
    """A cell that has changed since the report was issued."""

    place: str
    then: str
    now: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganRow:
    """An organ with the years of its reports.

    Attributes:
        depth: How far below the uppermost organ it stands.
    """

    organ: Organ
    depth: int
    issued: frozenset[int]


def tables_view(tables: AnnualTables, address: Callable[[CellKey], str]) -> tuple[ShownTable, ...]:
    """The three tables with a link behind each number that is not zero."""
    return tuple(
        ShownTable(
            name=table.value,
            title=TITLES[table],
            rows=tuple(
                ShownRow(
                    cells=tuple(_cell(cell, tables, address) for cell in row),
                    is_sum=row[-1].key is not None and row[-1].key.row in SUMMED,
                )
                for row in grid(table)
            ),
        )
        for table in TableName
    )


def _cell(cell: GridCell, tables: AnnualTables, address: Callable[[CellKey], str]) -> ShownCell:
    if cell.key is None:
        return ShownCell(
            cell=cell, text=cell.text, url="", is_number=False, is_head=cell.part is Part.HEAD
        )
    count = tables.cells[cell.key].count
    return ShownCell(
        cell=cell,
        text=shown(cell.key, count),
        url=address(cell.key) if count else "",
        is_number=True,
        is_head=False,
    )


def checks_view(found: Sequence[Check]) -> tuple[ShownCheck, ...]:
    """One line per check that was made."""
    lines = []
    for key in CheckKey:
        own = [check for check in found if check.key is key]
        if own:
            broken = tuple((_place(check), check) for check in own if not check.holds)
            lines.append(
                ShownCheck(
                    key=key,
                    holds=not broken,
                    is_advice=key in ADVISORY,
                    can_be_accepted=key in ACCEPTABLE,
                    broken=broken,
                )
            )
    return tuple(lines)


def differences_view(found: Sequence[Difference]) -> tuple[ShownDifference, ...]:
    """Cells that changed, named as the form names them."""
    return tuple(
        ShownDifference(
            place=place_of(each.key),
            then=shown(each.key, each.then),
            now=shown(each.key, each.now),
            gone=each.gone,
            come=each.come,
        )
        for each in found
    )


def place_of(key: CellKey) -> str:
    """Row and column of a cell in the words of the form."""
    return f"{_row_text(key.row)} · {_column_text(key.table, key.column)}"


def organ_rows(organs: Sequence[Organ], issued: Sequence[tuple[str, int]]) -> tuple[OrganRow, ...]:
    """Organs as a tree, those below following the one above them."""
    found: list[OrganRow] = []

    def add(above: str | None, depth: int) -> None:
        for organ in organs:
            if organ.parent == above:
                years = frozenset(year for owner, year in issued if owner == organ.organ_id)
                found.append(OrganRow(organ=organ, depth=depth, issued=years))
                add(organ.organ_id, depth + 1)

    add(None, 0)
    return tuple(found)


def _place(check: Check) -> str:
    words = []
    if check.row:
        words.append(_row_text(check.row))
    if check.column:
        words.append(_column_text(TableName.REQUESTS, check.column))
    return " · ".join(words)


def _row_text(wanted: str) -> str:
    for table in TableName:
        for row in rows(table):
            if row.row == wanted:
                return row.text
    return wanted


def _column_text(table: TableName, wanted: str) -> str:
    return next((each.text for each in columns(table) if each.column == wanted), wanted)

"""Where each cell of a grid lies, counted from the upper left, spans taken into account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from query_room.reports.grids import grid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from query_room.reports.grids import GridCell
    from query_room.reports.model import TableName


def placed(table: TableName) -> Iterator[tuple[int, int, GridCell]]:
    """Row, column and cell, both from 0."""
    taken: set[tuple[int, int]] = set()
    for down, line in enumerate(grid(table)):
        across = 0
        for cell in line:
            while (down, across) in taken:
                across += 1
            yield down, across, cell
            taken.update(
                (down + lower, across + further)
                for lower in range(cell.high)
                for further in range(cell.wide)
            )

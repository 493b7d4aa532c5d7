"""Cells that cannot be taken, as a table for whoever mends the workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from query_room.ledgers.words import BAD_CELLS, VALUE_CLASSES
from query_room.sheets import SheetFormat, sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from query_room.ledgers.model import BadCell

_HEADER: Final = ("工作表", "行", "列", "现为", "问题")


def bad_cells_csv(bad: Iterable[BadCell]) -> bytes:
    """CSV as office programs open it: places and reasons, never a value."""
    rows = [
        (each.sheet, each.row, each.column, VALUE_CLASSES[each.value_class], BAD_CELLS[each.reason])
        for each in bad
    ]
    return sheet(_HEADER, rows, SheetFormat.CSV).data

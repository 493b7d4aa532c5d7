"""Cells that cannot be taken, as a table for whoever mends the workbook."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from query_room.ledgers.words import BAD_CELLS, VALUE_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from query_room.ledgers.model import BadCell

_HEADER: Final = ("工作表", "行", "列", "现为", "问题")
# A cell that begins so is a formula to a spreadsheet: the name of a sheet is anybody's words.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def bad_cells_csv(bad: Iterable[BadCell]) -> bytes:
    """CSV in UTF-8 with a mark, as spreadsheets expect it; places and reasons, never a value."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HEADER)
    for each in bad:
        sheet = f"'{each.sheet}" if each.sheet.startswith(_FORMULA) else each.sheet
        words = VALUE_CLASSES[each.value_class], BAD_CELLS[each.reason]
        writer.writerow((sheet, each.row, each.column, *words))
    return out.getvalue().encode("utf-8-sig")

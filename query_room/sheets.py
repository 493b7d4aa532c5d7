"""A table as a file that office programs open: every cell is text or a number, never a formula."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""With these a text becomes a formula in programs that open CSV."""
_BOM: Final = "\ufeff"


class SheetFormat(StrEnum):
    """A kind of file."""

    XLSX = "xlsx"
    CSV = "csv"


MEDIA_TYPES: Final = {
    SheetFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    SheetFormat.CSV: "text/csv; charset=utf-8",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A file that was made.

    Attributes:
        row_count: Without the line of headings.
        sha256: Of ``data``, in hexadecimal digits.
    """

    sheet_format: SheetFormat
    data: bytes
    row_count: int
    sha256: str


def sheet(
    headings: Sequence[str],
    rows: Sequence[Sequence[str | int]],
    sheet_format: SheetFormat,
    facts: Sequence[tuple[str, str | int]] = (),
) -> Content:
    """The table as a file.

    Args:
        headings: Of the columns.
        rows: Below them.
        sheet_format: Which kind of file.
        facts: What is to be known of the table: a line each above it, and an empty one between.
    """
    above = [*facts, ()] if facts else []
    safe = [[_plain(cell) for cell in row] for row in (*above, headings, *rows)]
    data = _xlsx(safe, len(above) + 1) if sheet_format is SheetFormat.XLSX else _csv(safe)
    return Content(
        sheet_format=sheet_format,
        data=data,
        row_count=len(rows),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _plain(cell: str | int) -> str | int:
    """The cell with an apostrophe before what would be run as a formula."""
    if isinstance(cell, int):
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", cell)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text[:1] in _FORMULA else text


def _csv(rows: Sequence[Sequence[str | int]]) -> bytes:
    content = io.StringIO(newline="")
    # Without the mark Excel takes UTF-8 for the code page of the machine.
    content.write(_BOM)
    csv.writer(content).writerows(rows)
    return content.getvalue().encode()


def _xlsx(rows: Sequence[Sequence[str | int]], heading: int) -> bytes:
    """The workbook, a row at a time; ``heading`` is the 1-based row of the headings."""
    book = Workbook(write_only=True)
    page = book.create_sheet()
    page.freeze_panes = f"A{heading + 1}"
    for down, row in enumerate(rows, start=1):
        page.append([_cell(page, value, is_bold=down == heading) for value in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _cell(page: WriteOnlyWorksheet, value: str | int, *, is_bold: bool) -> Cell:
    cell = WriteOnlyCell(page, value)
    if isinstance(value, str):
        # "#N/A" would be an error and not a text.
        cell.data_type = "s"
    if is_bold:
        cell.font = Font(bold=True)
    return cell

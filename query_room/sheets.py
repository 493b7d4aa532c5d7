"""A table as a file that office programs open: every cell is text or a number, never a formula."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    headings: Sequence[str], rows: Sequence[Sequence[str | int]], sheet_format: SheetFormat
) -> Content:
    """The table as a file."""
    safe = [[_plain(cell) for cell in row] for row in (headings, *rows)]
    data = _xlsx(safe) if sheet_format is SheetFormat.XLSX else _csv(safe)
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


def _xlsx(rows: Sequence[Sequence[str | int]]) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    for down, row in enumerate(rows, start=1):
        for across, value in enumerate(row, start=1):
            cell = page.cell(down, across, value)
            if isinstance(value, str):
                cell.data_type = "s"
            if down == 1:
                cell.font = Font(bold=True)
    page.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()

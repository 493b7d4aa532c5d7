"""The sheets of a workbook as rows of values, merged cells filled.

A workbook is whatever somebody was given: its parts are measured before anything reads them, no
formula is computed, no macro or link is followed, and empty rows without end are not walked.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import openpyxl
from openpyxl.utils import range_boundaries

from indexer.extraction.package import MAX_PART_BYTES
from query_room.ledgers.errors import LedgerRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_FILE_BYTES: Final = 32 << 20
_MAX_PARTS: Final = 500
_MAX_ROWS: Final = 20_000
_MAX_COLUMNS: Final = 60
_MAX_SHEETS: Final = 40
_MAX_MERGED: Final = 20_000
_EMPTY_ROWS_END_IT: Final = 1_000
_MERGED: Final = re.compile(rb'<mergeCell\b[^>]*?\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet. ``rows``: its rows with their 1-based numbers, empty ones left out."""

    name: str
    rows: tuple[tuple[int, Row], ...]


def read_sheets(content: bytes) -> list[Sheet]:
    """Every visible sheet of a workbook.

    Raises:
        LedgerRefusedError: It is no workbook, or larger than any register.
    """
    if len(content) > MAX_FILE_BYTES:
        raise LedgerRefusedError("too_large")
    _guard(content)
    try:
        with warnings.catch_warnings():
            # It warns of every feature it will not keep; nothing is written back.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            try:
                return [_sheet(each, content) for each in book.worksheets[:_MAX_SHEETS]]
            finally:
                book.close()
    except LedgerRefusedError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part makes it raise
        raise LedgerRefusedError("not_a_workbook") from error


def _guard(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _guard_size(package.infolist())
            for member in package.infolist():
                _guard_part(member.filename, package.read(member))
    except LedgerRefusedError:
        raise
    except Exception as error:  # a damaged package raises whatever its parts make it raise
        raise LedgerRefusedError("not_a_workbook") from error


def _guard_size(members: Sequence[zipfile.ZipInfo]) -> None:
    if len(members) > _MAX_PARTS or sum(each.file_size for each in members) > 2 * MAX_PART_BYTES:
        raise LedgerRefusedError("too_large")


def _guard_part(name: str, content: bytes) -> None:
    # Entities of a document type grow without bound, and no office program writes any. A NUL means
    # UTF-16, in which they would not be seen here.
    is_markup = name.endswith((".xml", ".rels"))
    if is_markup and (b"<!DOCTYPE" in content or b"\0" in content):
        raise LedgerRefusedError("not_a_workbook")


def _sheet(sheet: Any, content: bytes) -> Sheet:  # noqa: ANN401 - its class is private
    # Some programs write a size that is not the sheet's; rows beyond it would be lost.
    sheet.reset_dimensions()
    rows = dict(_rows(sheet))
    for first_column, first_row, last_column, last_row in _merged(sheet, content):
        head = rows.get(first_row, ())
        value = head[first_column - 1] if first_column <= len(head) else None
        # A merge across columns is a title; down a column it means the same for each row.
        if value is None or first_column != last_column:
            continue
        for number in range(first_row + 1, min(last_row, first_row + _MAX_ROWS) + 1):
            if number in rows:
                cells = list(rows[number]) + [None] * (first_column - len(rows[number]))
                cells[first_column - 1] = value
                rows[number] = tuple(cells)
    return Sheet(name=sheet.title, rows=tuple(sorted(rows.items())))


def _rows(sheet: Any) -> Iterator[tuple[int, Row]]:  # noqa: ANN401 - its class is private
    empty = 0
    kept = 0
    for number, cells in enumerate(
        sheet.iter_rows(max_col=_MAX_COLUMNS, values_only=True), start=1
    ):
        if all(each is None or (isinstance(each, str) and not each.strip()) for each in cells):
            empty += 1
            if empty > _EMPTY_ROWS_END_IT:
                return
            continue
        empty = 0
        kept += 1
        if kept > _MAX_ROWS:
            raise LedgerRefusedError("too_large")
        width = max(at for at, each in enumerate(cells, 1) if each is not None)
        yield number, tuple(cells[:width])


def _merged(
    sheet: Any,  # noqa: ANN401 - its class is private
    content: bytes,
) -> list[tuple[int, int, int, int]]:
    # Sheets that are read as a stream do not say which cells are merged.
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        markup = package.read(sheet._worksheet_path)  # noqa: SLF001 - known nowhere else
    found = _MERGED.findall(markup)[:_MAX_MERGED]
    return [
        (left, top, right, bottom)
        for left, top, right, bottom in (range_boundaries(each.decode()) for each in found)
        if left and top and right and bottom
    ]

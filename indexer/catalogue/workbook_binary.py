"""Workbooks of Excel 97, Kingsoft ET and XLSB to grids, by the calamine library.

How a cell shows its number is not told: a date is taken to the day. Calamine tells merged cells of
XLS but not of XLSB; they are read here, because a 密级 that is merged over rows must not be missed.
"""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
from typing import TYPE_CHECKING, Final

from python_calamine import CalamineError, PasswordError, SheetVisibleEnum, load_workbook

from indexer.catalogue.grids import (
    MAX_CELLS,
    DateCell,
    Grid,
    GridRow,
    Span,
    bounded,
    whole_or_plain,
)
from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.package import MAX_PART_BYTES, main_part, opened_part, relations
from indexer.extraction.xls import has_password

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from python_calamine import CalamineSheet, CalamineWorkbook

    from indexer.catalogue.grids import Cell

_EPOCH: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - no zone in a workbook
_MERGED: Final = 176  # BrtMergeCell, [MS-XLSB] 2.4.690
_SHEET: Final = 156  # BrtBundleSh, 2.4.306
_FOUR: Final = 16


def read_binary(path: Path) -> list[Grid]:
    """Every sheet, hidden ones too.

    Raises:
        ExtractionError: Not a sound workbook, one with a password, or larger than any catalogue.
    """
    try:
        # By an open file: told a path, calamine believes its suffix.
        with path.open("rb") as file:
            spans = _xlsb_spans(path) if zipfile.is_zipfile(file) else {}
            file.seek(0)
            return list(_grids(load_workbook(file), spans))
    except PasswordError as error:
        raise ExtractionError(Reason.ENCRYPTED, "a password protects the workbook") from error
    except CalamineError as error:
        if has_password(path):
            raise ExtractionError(Reason.ENCRYPTED, "a password protects the workbook") from error
        raise ExtractionError(Reason.DAMAGED, type(error).__name__) from error
    except BaseException as error:
        # Where its own code gives up, calamine raises what is no Exception.
        if type(error).__name__ == "PanicException":
            raise ExtractionError(Reason.DAMAGED, "PanicException") from error
        raise


def _grids(workbook: CalamineWorkbook, spans: dict[str, tuple[Span, ...]]) -> Iterator[Grid]:
    left = MAX_CELLS
    for about in workbook.sheets_metadata:
        sheet = workbook.get_sheet_by_name(about.name)
        rows: list[GridRow] = []
        # With what is empty before the first cell: else places would be counted from there.
        for number, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
            cells = [_cell(value) for value in values]
            left -= sum(1 for cell in cells if cell is not None)
            if left < 0:
                raise ExtractionError(Reason.MEMORY, f"more than {MAX_CELLS} cells")
            if any(cell is not None for cell in cells):
                rows.append(GridRow(number, tuple(cells)))
        yield Grid(
            name=about.name,
            rows=tuple(rows),
            spans=spans.get(about.name) or _spans(sheet),
            is_hidden=about.visible != SheetVisibleEnum.Visible,
        )


def _cell(value: object) -> Cell:
    match value:
        case bool():
            return str(value).upper()
        case int() | float():
            return whole_or_plain(value)
        case dt.datetime():
            return DateCell(f"{value:%Y-%m-%d}", (value - _EPOCH) / dt.timedelta(days=1))
        case dt.date():
            return DateCell(f"{value:%Y-%m-%d}", (value - _EPOCH.date()).days)
    return bounded(str(value)) or None


def _spans(sheet: CalamineSheet) -> tuple[Span, ...]:
    return tuple(
        Span(top + 1, bottom + 1, left, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )


def _xlsb_spans(path: Path) -> dict[str, tuple[Span, ...]]:
    """Merged ranges of the sheets of an XLSB, by name."""
    with zipfile.ZipFile(path) as package:
        main = main_part(package)
        parts = {each.key: each.target for each in relations(package, main)}
        with opened_part(package, main) as stream:
            named = [_sheet_name(body) for kind, body in _records(stream.read()) if kind == _SHEET]
        found: dict[str, tuple[Span, ...]] = {}
        for key, name in named:
            if key in parts:
                with opened_part(package, parts[key], MAX_PART_BYTES) as stream:
                    found[name] = tuple(
                        Span(top + 1, bottom + 1, left, right)
                        for kind, body in _records(stream.read())
                        if kind == _MERGED and len(body) >= _FOUR
                        for top, bottom, left, right in [struct.unpack_from("<4I", body)]
                    )
        return found


def _sheet_name(body: bytes) -> tuple[str, str]:
    """A sheet's relation and its name, each a length and UTF-16."""
    (length,) = struct.unpack_from("<I", body, 8)
    key = body[12 : 12 + 2 * length].decode("utf-16-le", "replace")
    at = 12 + 2 * length
    (length,) = struct.unpack_from("<I", body, at)
    return key, body[at + 4 : at + 4 + 2 * length].decode("utf-16-le", "replace")


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Records of a binary part: a number and a size, both in groups of seven bits."""
    at = 0
    while at < len(content):
        kind, at = _number(content, at, 2)
        size, at = _number(content, at, 4)
        yield kind, content[at : at + size]
        at += size


def _number(content: bytes, at: int, most: int) -> tuple[int, int]:
    # The record's number keeps its marks; 176 is written B0 01.
    value = 0
    for place in range(most):
        if at >= len(content):
            raise ExtractionError(Reason.DAMAGED, "a part is cut short")
        byte = content[at]
        at += 1
        value |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            break
    return value, at

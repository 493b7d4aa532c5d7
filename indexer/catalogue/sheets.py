"""A catalogue file to numbered rows of named cells, whatever its format."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from indexer.catalogue.columns import field_of
from indexer.errors import ExtractionError, ManifestError
from indexer.extraction.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Cells = dict[str, list[Any]]
"""The cells of one row that are not empty, by field; several columns may name one field."""

NumberedRow = tuple[int, Cells | None]
"""A row with its 1-based number, header and blank rows counted; ``None`` where it is broken."""

NumberedCells = tuple[int, Sequence[Any] | None]
"""The same before its cells have names."""

_HEADER_ROWS: Final = 15
_OFFICE_97: Final = b"\xd0\xcf\x11\xe0"
_NO_HEADER: Final = "no row names the columns (题名, 文号, 日期, 文件 …)"


def read_csv(path: Path) -> list[NumberedRow]:
    """Rows of comma-, semicolon- or tab-separated text in any Chinese encoding."""
    # Not splitlines(): U+2028 and its like may stand inside a cell.
    lines = list(io.StringIO(_text_of(path), newline=""))
    found = _table(_csv_records(lines, _delimiter_of(lines[:_HEADER_ROWS])))
    if found is None:
        raise ManifestError(_NO_HEADER)
    return found


def read_xlsx(path: Path) -> list[NumberedRow]:
    """Rows of the first sheet that has a header."""
    with path.open("rb") as file:
        if file.read(4) == _OFFICE_97:
            raise ManifestError(f"{path.name} is encrypted or an old .xls: save it as plain .xlsx")
    with warnings.catch_warnings():
        # It warns of every feature it will not keep; nothing is written back.
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(path, read_only=True, data_only=True)
        except (zipfile.BadZipFile, InvalidFileException, KeyError) as error:
            raise ManifestError(f"{path.name} is no sound .xlsx file") from error
        try:
            for sheet in book.worksheets:
                # Some programs write a size that is not the sheet's; rows beyond it would be lost.
                sheet.reset_dimensions()
                rows = ([_cell(cell) for cell in row] for row in sheet.iter_rows())
                found = _table(enumerate(rows, start=1))
                if found is not None:
                    return found
        finally:
            book.close()
    raise ManifestError(_NO_HEADER)


def read_jsonl(path: Path) -> list[NumberedRow]:
    """One JSON object per line."""
    rows: list[NumberedRow] = []
    for number, line in enumerate(_text_of(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            rows.append((number, _gather((field_of(name), cell) for name, cell in found.items())))
        else:
            rows.append((number, None))
    return rows


def _text_of(path: Path) -> str:
    try:
        return decode(path.read_bytes())
    except ExtractionError as error:
        raise ManifestError(f"{path.name}: {error.detail}") from error


def _delimiter_of(head: list[str]) -> str:
    """The delimiter that parts the most columns we know, in the first lines."""

    def known(delimiter: str) -> int:
        return max((len(_fields(line.split(delimiter))) for line in head), default=0)

    return max((",", "\t", ";"), key=known)


def _fields(cells: Iterable[object]) -> set[str]:
    named = (field_of(str(cell).strip().strip('"')) for cell in cells if cell)
    return {field for field in named if field}


def _csv_records(lines: list[str], delimiter: str) -> Iterator[NumberedCells]:
    """Records by number; one that a stray quote has run into others is broken, alone."""
    at = number = 0
    while at < len(lines):
        number += 1
        taken, record = _csv_record(lines, at, delimiter)
        yield number, record
        at += taken


def _csv_record(lines: list[str], at: int, delimiter: str) -> tuple[int, list[str] | None]:
    """How many lines the record at a line takes, and its cells."""
    reader = csv.reader((lines[each] for each in range(at, len(lines))), delimiter=delimiter)
    try:
        record = next(reader)
        if reader.line_num > 1:
            list(csv.reader(lines[at : at + reader.line_num], delimiter=delimiter, strict=True))
    except csv.Error:
        # A quote that nobody closes takes in the rows below it: they stand for themselves.
        return 1, None
    return reader.line_num, record


def _table(rows: Iterable[NumberedCells]) -> list[NumberedRow] | None:
    """Rows under a header, which may stand below a title or two; ``None`` without a header."""
    header: list[str | None] | None = None
    found: list[NumberedRow] = []
    for number, cells in rows:
        if header is None:
            if cells is not None and len(_fields(cells)) > 1:  # one alone may be chance
                header = [field_of(str(cell)) if cell else None for cell in cells]
            elif number >= _HEADER_ROWS:
                return None
        elif cells is None:
            found.append((number, None))
        elif values := _gather(zip(header, cells, strict=False)):
            found.append((number, values))
    return None if header is None else found


def _gather(pairs: Iterable[tuple[str | None, Any]]) -> Cells:
    cells: defaultdict[str, list[Any]] = defaultdict(list)
    for name, value in pairs:
        if name and value is not None and (not isinstance(value, str) or value.strip()):
            cells[name].append(value)
    return dict(cells)


def _cell(cell: Any) -> object:  # noqa: ANN401 - openpyxl has several classes of cells
    """A cell's value; a date only as exact as its cell shows it."""
    value = cell.value
    if not isinstance(value, dt.datetime | dt.date):
        return value
    shown = str(cell.number_format).lower()
    if "d" not in shown and "m" in shown:
        return f"{value.year:04d}-{value.month:02d}"
    if "d" not in shown and "y" in shown:
        return f"{value.year:04d}"
    return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"

"""Workbooks of Excel 2007 and later to grids: merged and hidden cells, dates as exact as shown.

The sheets are read as streams, so that empty rows without end cost time and no memory.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from indexer.catalogue.grids import (
    MAX_CELLS,
    DateCell,
    Grid,
    GridRow,
    Span,
    UnreadCell,
    bounded,
    whole_or_plain,
)
from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.number_formats import moment_of, plain, shown, shows_date
from indexer.extraction.package import (
    forget,
    has_part,
    name_in,
    opened_package,
    opened_part,
    walk,
)
from indexer.extraction.xlsx import (
    MAX_SHEET_BYTES,
    SHEETS,
    TRUTHS,
    Book,
    BookSheet,
    read_book,
    string_of,
    whole_number,
)

if TYPE_CHECKING:
    import zipfile
    from pathlib import Path

    from lxml import etree

    from indexer.catalogue.grids import Cell

_REFERENCE: Final = re.compile(r"(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})")
_ONLY_ZEROS: Final = re.compile(r"0{2,}")
_MAX_SPANS: Final = 200_000
_MAX_COLUMN: Final = 16_384


def read_xlsx(path: Path) -> list[Grid]:
    """Every sheet, hidden ones too.

    Raises:
        ExtractionError: Not a sound workbook, one with a password, or larger than any catalogue.
    """
    with opened_package(path) as package:
        book = read_book(package)
        left = MAX_CELLS
        grids: list[Grid] = []
        for sheet in book.sheets:
            if has_part(package, sheet.part):
                reader = _SheetReader(book, left)
                grids.append(reader.read(package, sheet))
                left = reader.left
        return grids


class _SheetReader:
    """Reads one sheet; ``left`` is how many cells may still be kept."""

    def __init__(self, book: Book, left: int) -> None:
        self._book = book
        self.left = left
        self._rows: list[GridRow] = []
        self._cells: list[Cell] = []
        self._spans: list[Span] = []
        self._hidden: set[int] = set()
        self._number = 0

    def read(self, package: zipfile.ZipFile, sheet: BookSheet) -> Grid:
        """The sheet's grid."""
        with opened_part(package, sheet.part, MAX_SHEET_BYTES) as stream:
            for _, node in walk(stream, events=("end",)):
                match name_in(node.tag, SHEETS):
                    case "c":
                        self._take_cell(node)
                    case "row":
                        self._take_row(node)
                        forget(node)
                    case "mergeCell":
                        self._take_span(node.get("ref") or "")
                        forget(node)
                    case "col" if node.get("hidden") in TRUTHS:
                        first, last = (whole_number(node.get(name)) for name in ("min", "max"))
                        self._hidden.update(range(first - 1, min(last, _MAX_COLUMN)))
        return Grid(
            name=sheet.name,
            rows=tuple(self._rows),
            spans=tuple(self._spans),
            is_hidden=sheet.is_hidden,
            hidden_columns=frozenset(self._hidden),
        )

    def _take_cell(self, node: etree._Element) -> None:
        value = self._value(node)
        if value is None:
            return
        at = _REFERENCE.fullmatch(node.get("r") or "")
        column = _column(at["column"]) if at else len(self._cells)
        if column >= _MAX_COLUMN:
            return
        self.left -= 1
        if self.left < 0:
            raise ExtractionError(Reason.MEMORY, f"more than {MAX_CELLS} cells")
        self._cells.extend([None] * (column + 1 - len(self._cells)))
        self._cells[column] = bounded(value)

    def _take_row(self, node: etree._Element) -> None:
        self._number = whole_number(node.get("r")) or self._number + 1
        if self._cells:
            is_hidden = node.get("hidden") in TRUTHS
            self._rows.append(GridRow(self._number, tuple(self._cells), is_hidden))
            self._cells = []

    def _take_span(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if start is None or end is None or len(self._spans) >= _MAX_SPANS:
            return
        self._spans.append(
            Span(
                int(start["row"]), int(end["row"]), _column(start["column"]), _column(end["column"])
            )
        )

    def _value(self, node: etree._Element) -> Cell:
        value = formula = None
        for child in node:
            match name_in(child.tag, SHEETS):
                case "v":
                    value = child.text
                case "f":
                    formula = child.text or ""
                case "is":
                    return string_of(child) or None
        if value is None:
            # A formula whose result was never computed says nothing that can be relied on.
            return None if formula is None else UnreadCell(f"={formula}"[:60])
        return self._typed(node.get("t", "n"), value, whole_number(node.get("s")))

    def _typed(self, kind: str, value: str, style: int) -> Cell:
        match kind:
            case "s":
                number, strings = whole_number(value), self._book.strings
                return (strings[number] if 0 <= number < len(strings) else "") or None
            case "b":
                return {"1": "TRUE", "0": "FALSE"}.get(value, value)
            case "e":
                return UnreadCell(value)
            case "n":
                return self._number_or_date(value, style)
        return value or None

    def _number_or_date(self, text: str, style: int) -> Cell:
        try:
            number = float(text)
        except ValueError:
            return text or None
        if not math.isfinite(number):
            return UnreadCell(text)
        formats = self._book.formats
        code = formats[style] if 0 <= style < len(formats) else ""
        if code and shows_date(code):
            return self._date(number, code)
        if _ONLY_ZEROS.fullmatch(code):
            return shown(number, code)
        return whole_or_plain(number)

    def _date(self, number: float, code: str) -> Cell:
        """A date only as exact as its cell shows it."""
        try:
            moment = moment_of(number, from_1904=self._book.from_1904)
        except (OverflowError, ValueError):
            return plain(number)
        letters = code.lower()
        shown_as = f"{moment:%Y-%m-%d}"
        if "d" not in letters:
            shown_as = f"{moment:%Y-%m}" if "m" in letters else f"{moment:%Y}"
        return DateCell(shown_as, number)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1

"""Spreadsheets of LibreOffice to grids: merged and hidden cells, dates as exact as shown.

Source: OASIS OpenDocument 1.3, part 3, 9.1 (tables).
"""

from __future__ import annotations

import datetime as dt
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
from indexer.extraction.package import forget, opened_member, opened_package, walk
from indexer.official.document_dates import parse_date

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree

    from indexer.catalogue.grids import Cell

MAX_CONTENT_BYTES: Final = 512 << 20
"""Unpacked; it is read as a stream."""

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS: Final = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_HIDDEN: Final = frozenset({"collapse", "filter"})
_EPOCH: Final = dt.date(1899, 12, 30)
_ZEROS: Final = re.compile(r"0\d+")
_MAX_REPEAT: Final = 1_000
_MAX_COLUMN: Final = 16_384
_MAX_SPANS: Final = 200_000


def read_ods(path: Path) -> list[Grid]:
    """Every sheet, hidden ones too.

    Raises:
        ExtractionError: Not a sound spreadsheet, one with a password, or larger than any
            catalogue.
    """
    with opened_package(path) as package:
        if _is_encrypted(package.read("META-INF/manifest.xml")):
            raise ExtractionError(Reason.ENCRYPTED, "a password protects the spreadsheet")
        reader = _Reader()
        with opened_member(package, "content.xml", MAX_CONTENT_BYTES) as stream:
            for event, node in walk(stream, events=("start", "end")):
                reader.take(event, node)
        return reader.grids


def _is_encrypted(manifest: bytes) -> bool:
    return b"encryption-data" in manifest


class _Reader:
    """Takes the nodes of a spreadsheet as they come."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self._left = MAX_CELLS
        self._begin("")

    def _begin(self, name: str) -> None:
        self._name = name
        self._rows: list[GridRow] = []
        self._spans: list[Span] = []
        self._hidden: set[int] = set()
        self._number = 0
        self._column = 0
        self._width = 0
        self._cells: list[Cell] = []

    def take(self, event: str, node: etree._Element) -> None:
        """Take one node."""
        if event == "start":
            if node.tag == f"{_TABLE}table":
                self._begin(node.get(f"{_TABLE}name") or "")
        elif node.tag in _CELLS:
            self._take_cell(node)
            forget(node)
        elif node.tag == f"{_TABLE}table-row":
            self._take_row(node)
            forget(node)
        elif node.tag == f"{_TABLE}table-column":
            count = _count(node, "number-columns-repeated")
            if node.get(f"{_TABLE}visibility") in _HIDDEN:
                self._hidden.update(range(self._width, min(self._width + count, _MAX_COLUMN)))
            self._width += count
        elif node.tag == f"{_TABLE}table":
            self.grids.append(
                Grid(
                    name=self._name,
                    rows=tuple(self._rows),
                    spans=tuple(self._spans),
                    hidden_columns=frozenset(self._hidden),
                )
            )

    def _take_cell(self, node: etree._Element) -> None:
        count = _count(node, "number-columns-repeated")
        value = None if node.tag.endswith("covered-table-cell") else _value(node)
        wide, high = (_count(node, f"number-{each}-spanned") for each in ("columns", "rows"))
        if (wide > 1 or high > 1) and len(self._spans) < _MAX_SPANS:
            row = self._number + 1
            self._spans.append(Span(row, row + high - 1, self._column, self._column + wide - 1))
        if value is not None and self._column < _MAX_COLUMN:
            kept = min(count, _MAX_REPEAT, _MAX_COLUMN - self._column)
            self._left -= kept
            if self._left < 0:
                raise ExtractionError(Reason.MEMORY, f"more than {MAX_CELLS} cells")
            self._cells.extend([None] * (self._column - len(self._cells)))
            self._cells.extend([bounded(value)] * kept)
        self._column += count

    def _take_row(self, node: etree._Element) -> None:
        count = _count(node, "number-rows-repeated")
        if self._cells:
            is_hidden = node.get(f"{_TABLE}visibility") in _HIDDEN
            kept = min(count, _MAX_REPEAT)
            self._left -= (kept - 1) * len(self._cells)
            if self._left < 0:
                raise ExtractionError(Reason.MEMORY, f"more than {MAX_CELLS} cells")
            self._rows += [
                GridRow(self._number + 1 + each, tuple(self._cells), is_hidden)
                for each in range(kept)
            ]
        self._number += count
        self._column = 0
        self._cells = []


def _value(node: etree._Element) -> Cell:
    text = "\n".join(
        "".join(map(str, each.itertext())) for each in node if each.tag == f"{_TEXT}p"
    ).strip("\n")
    match node.get(f"{_OFFICE}value-type"):
        case "date":
            return _date(node.get(f"{_OFFICE}date-value") or "", text)
        case "float":
            if _ZEROS.fullmatch(text):
                return text
            try:
                number = float(node.get(f"{_OFFICE}value") or "")
            except ValueError:
                return text or None
            return whole_or_plain(number) if math.isfinite(number) else text or None
    if text.startswith("#") and node.get(f"{_TABLE}formula"):
        return UnreadCell(text[:60])
    return text or None


def _date(value: str, shown: str) -> Cell:
    """A date only as exact as its cell shows it."""
    try:
        day = dt.date.fromisoformat(value[:10])
    except ValueError:
        return shown or value or None
    as_shown = parse_date(shown)
    exact = as_shown is None or as_shown.year != day.year
    iso = day.isoformat() if exact or as_shown is None else as_shown.isoformat()
    return DateCell(iso, (day - _EPOCH).days)


def _count(node: etree._Element, name: str) -> int:
    text = node.get(f"{_TABLE}{name}") or "1"
    return int(text) if text.isdecimal() and len(text) < 9 else 1  # noqa: PLR2004 - no longer one

"""Catalogues as tables in a document: DOCX and HTML, each table a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from indexer.catalogue.grids import MAX_CELLS, Grid, GridRow, Span, bounded
from indexer.errors import ExtractionError, ManifestError
from indexer.extraction import Reason
from indexer.extraction.encoding import decode
from indexer.extraction.package import main_part, opened_package, opened_part

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from selectolax.lexbor import LexborNode

MAX_HTML_BYTES: Final = 64 << 20
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_WIDE: Final = 200
_MAX_HIGH: Final = 10_000


def read_docx(path: Path) -> list[Grid]:
    """Every table of a document that stands in no other.

    Raises:
        ExtractionError: Not a sound document.
    """
    with opened_package(path) as package, opened_part(package, main_part(package)) as stream:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        root = etree.parse(stream, parser).getroot()
    tables = [each for each in root.iter(f"{_W}tbl") if not _is_within_table(each)]
    return [_docx_grid(f"表{number}", table) for number, table in enumerate(tables, start=1)]


def read_html(path: Path) -> list[Grid]:
    """Every table of a page that holds no other.

    Raises:
        ManifestError: It is larger than any catalogue.
    """
    if path.stat().st_size > MAX_HTML_BYTES:
        raise ManifestError(f"{path.name} is larger than {MAX_HTML_BYTES >> 20} MB")
    page = LexborHTMLParser(decode(path.read_bytes()))
    tables = [each for each in page.css("table") if len(each.css("table")) == 1]
    return [_html_grid(f"表{number}", table) for number, table in enumerate(tables, start=1)]


def _is_within_table(node: etree._Element) -> bool:
    return any(each.tag == f"{_W}tbl" for each in node.iterancestors())


def _docx_grid(name: str, table: etree._Element) -> Grid:
    rows: list[GridRow] = []
    spans: list[Span] = []
    open_spans: dict[int, tuple[int, int]] = {}  # column: first row and width
    left = MAX_CELLS
    for number, line in enumerate(table.iterchildren(f"{_W}tr"), start=1):
        cells: list[str | None] = []
        for cell in line.iterchildren(f"{_W}tc"):
            column, wide = len(cells), _docx_width(cell)
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merged is not None and merged.get(f"{_W}val") != "restart"
            if not goes_on:
                for each in range(column, column + wide):
                    _close(open_spans, each, number - 1, spans)
                open_spans[column] = (number, wide)
            cells.append(None if goes_on else bounded(_docx_text(cell)) or None)
            cells.extend([None] * (wide - 1))
        left -= len(cells)
        if left < 0:
            raise ExtractionError(Reason.MEMORY, f"more than {MAX_CELLS} cells")
        rows.append(GridRow(number, tuple(cells)))
    for column in list(open_spans):
        _close(open_spans, column, len(rows), spans)
    return Grid(name=name, rows=tuple(rows), spans=tuple(spans))


def _close(
    open_spans: dict[int, tuple[int, int]], column: int, last: int, spans: list[Span]
) -> None:
    first, wide = open_spans.pop(column, (0, 0))
    if first and (last > first or wide > 1):
        spans.append(Span(first, last, column, column + wide - 1))


def _docx_width(cell: etree._Element) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return _number(span.get(f"{_W}val") if span is not None else None, _MAX_WIDE)


def _docx_text(cell: etree._Element) -> str:
    lines = (
        "".join(each.text or "" for each in paragraph.iter(f"{_W}t"))
        for paragraph in cell.iter(f"{_W}p")
    )
    return "\n".join(line for line in lines if line)


def _html_grid(name: str, table: LexborNode) -> Grid:
    rows: list[GridRow] = []
    spans: list[Span] = []
    taken: dict[int, int] = {}  # column: last row that a cell above covers
    left = MAX_CELLS
    for number, line in enumerate(table.css("tr"), start=1):
        cells: list[str | None] = []
        for cell in _html_cells(line):
            while taken.get(len(cells), 0) >= number:
                cells.append(None)
            column = len(cells)
            wide = _number(cell.attributes.get("colspan"), _MAX_WIDE)
            high = _number(cell.attributes.get("rowspan"), _MAX_HIGH)
            if wide > 1 or high > 1:
                spans.append(Span(number, number + high - 1, column, column + wide - 1))
                taken.update(dict.fromkeys(range(column, column + wide), number + high - 1))
            cells.append(bounded(cell.text(separator="", strip=False).strip()) or None)
            cells.extend([None] * (wide - 1))
        left -= len(cells)
        if left < 0:
            raise ExtractionError(Reason.MEMORY, f"more than {MAX_CELLS} cells")
        rows.append(GridRow(number, tuple(cells)))
    return Grid(name=name, rows=tuple(rows), spans=tuple(spans))


def _html_cells(line: LexborNode) -> Iterable[LexborNode]:
    return (each for each in line.iter() if each.tag in {"td", "th"})


def _number(text: str | None, most: int) -> int:
    number = int(text) if text and text.isdecimal() and len(text) < 6 else 1  # noqa: PLR2004
    return max(1, min(number, most))

"""Catalogues as text: comma-, semicolon- or tab-separated, and one JSON object a line."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

from indexer.catalogue.columns import field_of
from indexer.catalogue.grids import Grid, GridRow, bounded
from indexer.catalogue.headers import HEADER_ROWS
from indexer.errors import ExtractionError, ManifestError
from indexer.extraction.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MAX_TEXT_BYTES: Final = 256 << 20


def read_delimited(path: Path) -> Grid:
    """Rows of separated text in any Chinese encoding.

    Raises:
        ManifestError: It is no text, or larger than any catalogue.
    """
    # Not splitlines(): U+2028 and its like may stand inside a cell.
    lines = list(io.StringIO(_text_of(path), newline=""))
    records = _records(lines, _delimiter_of(lines[:HEADER_ROWS]))
    return Grid(name="", rows=tuple(records))


def read_json_lines(path: Path) -> Grid:
    """One JSON object a line; names of members are names of columns.

    Raises:
        ManifestError: It is no text, or larger than any catalogue.
    """
    objects: list[tuple[int, dict[str, Any] | None]] = []
    names: dict[str, None] = {}
    for number, line in enumerate(_text_of(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            names.update(dict.fromkeys(found))
        objects.append((number, found if isinstance(found, dict) else None))
    return Grid(
        name="",
        headings=tuple(names),
        rows=tuple(
            GridRow(number, None if found is None else tuple(map(bounded, map(found.get, names))))
            for number, found in objects
        ),
    )


def _text_of(path: Path) -> str:
    if path.stat().st_size > MAX_TEXT_BYTES:
        raise ManifestError(f"{path.name} is larger than {MAX_TEXT_BYTES >> 20} MB")
    try:
        return decode(path.read_bytes())
    except ExtractionError as error:
        raise ManifestError(f"{path.name}: {error.detail}") from error


def _delimiter_of(head: list[str]) -> str:
    """The delimiter that parts the most columns we know, in the first lines."""

    def known(delimiter: str) -> tuple[int, int]:
        parts = [line.split(delimiter) for line in head]
        fields = max((len(_fields(each)) for each in parts), default=0)
        # With names that nobody knows, the one that parts the most.
        return fields, max(map(len, parts), default=0)

    return max((",", "\t", ";"), key=known)


def _fields(cells: Iterable[str]) -> set[str]:
    named = (field_of(cell.strip().strip('"')) for cell in cells if cell)
    return {field for field in named if field}


def _records(lines: list[str], delimiter: str) -> Iterator[GridRow]:
    """Records by number; one that a stray quote has run into others is broken, alone."""
    at = number = 0
    while at < len(lines):
        number += 1
        taken, record = _record(lines, at, delimiter)
        yield GridRow(number, None if record is None else tuple(map(bounded, record)))
        at += taken


def _record(lines: list[str], at: int, delimiter: str) -> tuple[int, list[str] | None]:
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

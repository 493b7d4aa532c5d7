"""Reading the workbook of another organ's report: its tables, or every cell that is wrong.

A workbook is whatever somebody uploaded: its parts are measured before anything reads them.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

import openpyxl
from openpyxl.utils import get_column_letter

from query_room.reports.errors import ReportRefusedError
from query_room.reports.layout import AMOUNT, FEN_PER_WAN, all_keys, columns, rows
from query_room.reports.model import CellKey, TableName

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MAX_PARTS: Final = 300
_MAX_BYTES: Final = 20 << 20
_MAX_ROWS: Final = 400
_MAX_COLUMNS: Final = 40
_MAX_SHEETS: Final = 20
_MAX_COUNT: Final = 10**9
_NUMBERING: Final = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、])+"
)
_REMARK: Final = re.compile(r"\(.*?\)")
_NOISE: Final = re.compile(r"[\s“”\"'‘’、,，。.:：;；]")
_Row = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BadCell:
    """A cell that cannot be taken.

    Attributes:
        place: Sheet and address, e.g. ``依申请公开!D12``; the row's name where it is missing.
        reason: ``not_a_number``, ``below_zero``, ``fraction``, ``too_large`` or ``missing``.
    """

    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookReading:
    """What a workbook said."""

    counts: dict[CellKey, int]
    bad: tuple[BadCell, ...]


def read_workbook(content: bytes) -> WorkbookReading:
    """Tables II, III and IV, wherever in the workbook they stand.

    Empty cells are zero, as the form asks; a row of the form that is nowhere is a bad cell.

    Raises:
        ReportRefusedError: It is no workbook, or one too large to be a report.
    """
    _guard(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = {
            sheet.title: list(
                sheet.iter_rows(max_row=_MAX_ROWS, max_col=_MAX_COLUMNS, values_only=True)
            )
            for sheet in book.worksheets[:_MAX_SHEETS]
        }
    except Exception as error:  # openpyxl raises whatever a damaged part makes it raise
        raise ReportRefusedError("not_a_workbook") from error
    reading = _Reading()
    for name, lines in sheets.items():
        reading.read_sheet(name, lines)
    return reading.result()


def _guard(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _guard_size(package.infolist())
            for member in package.infolist():
                _guard_part(member.filename, package.read(member))
    except ReportRefusedError:
        raise
    except Exception as error:  # a damaged package raises whatever its parts make it raise
        raise ReportRefusedError("not_a_workbook") from error


def _guard_size(members: Sequence[zipfile.ZipInfo]) -> None:
    if len(members) > _MAX_PARTS or sum(each.file_size for each in members) > _MAX_BYTES:
        raise ReportRefusedError("too_large")


def _guard_part(name: str, content: bytes) -> None:
    # Entities of a document type grow without bound, and no office program writes any. A NUL means
    # UTF-16, in which they would not be seen here.
    is_markup = name.endswith((".xml", ".rels"))
    if is_markup and (b"<!DOCTYPE" in content or b"\0" in content):
        raise ReportRefusedError("not_a_workbook")


class _Reading:
    """Cells found so far."""

    def __init__(self) -> None:
        self._counts: dict[CellKey, int] = {}
        self._bad: list[BadCell] = []

    def read_sheet(self, name: str, lines: Sequence[_Row]) -> None:
        """Take in what a sheet has of the three tables."""
        self._read_cases(name, lines)
        for table in (TableName.PROACTIVE, TableName.REQUESTS):
            self._read_rows(name, lines, table)

    def result(self) -> WorkbookReading:
        """Everything found, and what is missing."""
        missing = dict.fromkeys(
            f"{key.table.value} {key.row}" for key in all_keys() if key not in self._counts
        )
        bad = [*self._bad]
        if not bad:
            bad += [BadCell(place=place, reason="missing") for place in missing]
        return WorkbookReading(counts=self._counts, bad=tuple(bad))

    def _read_rows(self, name: str, lines: Sequence[_Row], table: TableName) -> None:
        wanted = {_plain(row.text): row for row in rows(table)}
        heads = {_plain(each.text): each.column for each in columns(table)}
        places: dict[str, int] = {}
        for number, line in enumerate(lines, 1):
            for column, at in _heads_in(line, heads):
                # 其他 and 总计 are names of rows as well: the head came first.
                places.setdefault(column, at)
            label = _label(line, min(places.values(), default=0))
            row = wanted.get(_plain(label))
            if row is None or not set(row.columns) <= set(places):
                continue
            for column in row.columns:
                self._take(CellKey(table, row.row, column), line, places[column], (name, number))

    def _read_cases(self, name: str, lines: Sequence[_Row]) -> None:
        results = columns(TableName.CASES)
        blocks = rows(TableName.CASES)
        keys = [CellKey(each.table, each.row, column) for each in blocks for column in each.columns]
        heads = [_plain(each.text) for _ in blocks for each in results]
        for number, line in enumerate(lines, 1):
            found = [at for at, value in enumerate(line) if value is not None]
            if [_plain(line[at]) for at in found] == heads and number < len(lines):
                for key, at in zip(keys, found, strict=True):
                    self._take(key, lines[number], at, (name, number + 1))

    def _take(self, key: CellKey, line: _Row, at: int, place: tuple[str, int]) -> None:
        value = line[at] if at < len(line) else None
        try:
            self._counts[key] = _count(value, scale=FEN_PER_WAN if key.column == AMOUNT else 1)
        except ValueError as error:
            sheet, number = place
            letter = get_column_letter(at + 1)
            self._bad.append(BadCell(place=f"{sheet}!{letter}{number}", reason=str(error)))


def _heads_in(line: _Row, heads: dict[str, str]) -> Iterator[tuple[str, int]]:
    for at, value in enumerate(line):
        column = heads.get(_plain(value))
        if column is not None:
            yield column, at


def _label(line: _Row, end: int) -> str:
    """The last text before the numbers begin."""
    texts = [value for value in line[:end] if isinstance(value, str) and value.strip()]
    return texts[-1] if texts else ""


def _plain(value: object) -> str:
    """A heading without numbering, remarks and punctuation, to be compared."""
    if not isinstance(value, str):
        return ""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", value))
    return _NOISE.sub("", _REMARK.sub("", _NUMBERING.sub("", text)))


def _count(value: object, *, scale: int) -> int:
    if value is None or (isinstance(value, str) and not value.strip()):
        return 0
    if isinstance(value, bool):
        raise ValueError("not_a_number")  # noqa: TRY004 - one kind of error for a bad cell
    try:
        number = Decimal(unicodedata.normalize("NFKC", str(value)).replace(",", "").strip())
    except InvalidOperation:
        raise ValueError("not_a_number") from None
    if not number.is_finite():
        raise ValueError("not_a_number")
    if number < 0:
        raise ValueError("below_zero")
    if number > _MAX_COUNT:
        raise ValueError("too_large")
    scaled = number * scale
    if scaled != scaled.to_integral_value():
        raise ValueError("fraction")
    return int(scaled)

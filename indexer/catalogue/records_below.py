"""The rows of a table below its header, and what among them is no record.

Printed catalogues repeat their header and titles on every page, add up columns, and end in notes:
such rows are passed over and counted. Merged cells are filled down where their column allows it,
and ditto marks take what stands above.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from indexer.catalogue import columns as known
from indexer.catalogue.columns import ACCESS, FILLED_DOWN, NUMBERED, field_of
from indexer.catalogue.grids import UnreadCell, is_blank
from indexer.catalogue.headers import row_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from indexer.catalogue.grids import Cell, Grid, GridRow, Span
    from indexer.catalogue.headers import Header

Cells = dict[str, list[Any]]
"""The cells of one row that are not empty, by field; several columns may name one field."""

_DITTO: Final = frozenset({"〃", "″", "〞", "〟", '"', "''", "“", "”", "同上", "同前", "仝上"})
_NEVER_DITTO: Final = frozenset(
    {known.ID, known.FILES, known.ATTACHMENTS, "archival_code", "item", known.SERIAL}
)
_TOTAL: Final = re.compile(
    r"(?:本页|本卷|本盒|本册|全部|以上)?(?:合计|总计|小计|累计|共计|页计|总数)(?:[::]?\d*(?:\.0)?[件卷页份条]?)?"
)
_NOTE: Final = re.compile(
    r"(?:注|说明|备注|填表说明|填表人|制表人?|制表单位|审核人?|立卷人|检查人|整理人|移交人|接收人|填报单位|编制人?|编制单位|打印日期"
    r"|第\d+页|共\d+页|以下空白|此页空白)(?:[:：\d、.,，(（/共].*|)"
)
# What stands above a table for all of its rows: 全宗号：0012　年度：2011
_SAID: Final = re.compile(
    r"(?P<label>全宗号|全宗名称|立档单位|目录号|案卷目录号|案卷号|年度|归档年度|保管期限|机构(?:[(（]问题[)）])?|机构或问题)"
    r"\s*[:：]\s*(?P<value>[^\s:：]{1,40})"
)
_NUMBERS: Final = frozenset({known.SERIAL, "item"})
_WORDS_OF_RECORDS: Final = frozenset(
    {known.TITLE, "archival_code", "document_number", known.FILES, known.ID, known.AGENCY}
)


@dataclass(slots=True)
class Passed:
    """Rows that are no records, by kind.

    Attributes:
        headers: Headers and titles repeated on further pages. totals: Sums of a page or column.
        notes: Notes below. blanks: Numbered rows in which nothing stands. hidden: Not passed over,
            but hidden rows that were read.
    """

    headers: int = 0
    totals: int = 0
    notes: int = 0
    blanks: int = 0
    hidden: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row that is a record.

    Attributes:
        number: 1-based. cells: By field, or ``None`` where the row is broken.
        unused: What stands in columns that are not used.
    """

    number: int
    cells: Cells | None
    unused: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Below:
    """What stands below a header.

    Attributes:
        rows: The records. passed: What was passed over.
        said: What lines above the table or between its pages say for the rows below, at the end.
    """

    rows: tuple[TableRow, ...]
    passed: Passed
    said: Mapping[str, str] = field(default_factory=dict)


def below(grid: Grid, header: Header, fields: Mapping[int, str]) -> Below:
    """The records of a table.

    Args:
        grid: The sheet.
        header: Where its columns are named.
        fields: What each used column means, by its 0-based number.
    """
    reader = _Reader(grid, header, fields)
    rows = tuple(reader.rows())
    return Below(rows=_padded(rows), passed=reader.passed, said=reader.said)


class _Reader:
    """Goes down a table once."""

    def __init__(self, grid: Grid, header: Header, fields: Mapping[int, str]) -> None:
        self._grid = grid
        self._header = header
        self._fields = fields
        self._names = {heading.column: heading.name for heading in header.headings}
        self._merged = _Merged(grid, header, fields)
        self._above: dict[int, Cell] = {}
        self._titles: set[str] = set()
        self.passed = Passed()
        self.said: dict[str, str] = {}

    def rows(self) -> Iterator[TableRow]:
        """Every record, in order."""
        own = set(self._fields.values())
        for row in self._grid.rows:
            if row.number < self._header.first_row:
                self._titles.update(row_texts(row.cells or ()).values())
                self._listen(row.cells or ())
            elif row.number > self._header.last_row:
                if row.cells is None:
                    yield TableRow(number=row.number, cells=None)
                    continue
                cells = self._merged.fill(row)
                if self._passes_over(row):
                    continue
                self.passed.hidden += row.is_hidden
                yield self._record(row, cells, own)

    def _record(self, row: GridRow, cells: Sequence[Cell], own: set[str]) -> TableRow:
        found: defaultdict[str, list[Cell]] = defaultdict(list)
        unused: list[Cell] = []
        for column, written in enumerate(cells):
            name = self._fields.get(column)
            if name is None:
                unused.append(written)
                continue
            cell = written
            if isinstance(cell, str) and cell.strip() in _DITTO:
                above = self._above.get(column)
                cell = UnreadCell(cell) if name in _NEVER_DITTO or above is None else above
            self._above[column] = cell
            if not is_blank(cell):
                found[name].append(cell)
        for name, value in self.said.items():
            if name not in own:
                found[name].append(value)
        return TableRow(
            number=row.number,
            cells=dict(found),
            unused=tuple(cell for cell in unused if isinstance(cell, str) and cell.strip()),
        )

    def _passes_over(self, row: GridRow) -> bool:
        written = {
            column: cell for column, cell in enumerate(row.cells or ()) if not is_blank(cell)
        }
        if not written:
            # Merged cells alone make no record.
            return True
        texts = row_texts(row.cells or ())
        if self._is_header(texts, written):
            self.passed.headers += 1
        elif self._is_title(texts, written):
            self.passed.headers += 1
            self._listen(row.cells or ())
        elif self._is_total(texts):
            self.passed.totals += 1
        elif self._is_note(texts, written):
            self.passed.notes += 1
        elif all(self._fields.get(column) in _NUMBERS for column in written):
            self.passed.blanks += 1
        else:
            return False
        return True

    def _is_header(self, texts: Mapping[int, str], written: Mapping[int, Cell]) -> bool:
        same = sum(1 for column, text in texts.items() if self._is_name(column, text))
        return same > 0 and same * 2 > len(written) and same == len(texts)

    def _is_name(self, column: int, text: str) -> bool:
        name = self._names.get(column, "")
        return bool(text) and (text == name or (len(text) > 1 and name.startswith(text)))

    def _is_title(self, texts: Mapping[int, str], written: Mapping[int, Cell]) -> bool:
        if len(texts) != len(written):
            return False
        return all(text in self._titles for text in texts.values()) or all(
            isinstance(cell, str) and _SAID.match(cell.strip()) for cell in written.values()
        )

    def _is_total(self, texts: Mapping[int, str]) -> bool:
        is_total = any(_TOTAL.fullmatch(text) for text in texts.values())
        words = [text for column, text in texts.items() if self._is_word(column)]
        return is_total and not any(not _TOTAL.fullmatch(text) for text in words)

    def _is_note(self, texts: Mapping[int, str], written: Mapping[int, Cell]) -> bool:
        if len(written) > 2 or len(texts) != len(written):  # noqa: PLR2004 - 制表人 and a date
            return False
        return all(_NOTE.fullmatch(text) for text in texts.values())

    def _is_word(self, column: int) -> bool:
        return self._fields.get(column) in _WORDS_OF_RECORDS

    def _listen(self, cells: Sequence[Cell]) -> None:
        for cell in cells:
            if isinstance(cell, str):
                for match in _SAID.finditer(cell):
                    name = field_of(match["label"])
                    if name:
                        self.said[name] = match["value"]


class _Merged:
    """Fills merged cells down, in columns where each row means what stands in the first."""

    def __init__(self, grid: Grid, header: Header, fields: Mapping[int, str]) -> None:
        self._ranges: dict[int, list[tuple[int, int, int]]] = {}
        for column, name in fields.items():
            if name in FILLED_DOWN:
                spans = [each for each in grid.spans if _covers(each, column, name, header)]
                self._ranges[column] = _apart(spans)
        starts = {
            (first, source) for ranges in self._ranges.values() for first, _, source in ranges
        }
        self._values: dict[tuple[int, int], Cell] = {}
        for row in grid.rows:
            for column, cell in enumerate(row.cells or ()):
                if (row.number, column) in starts:
                    self._values[row.number, column] = cell
        self._at = dict.fromkeys(self._ranges, 0)

    def fill(self, row: GridRow) -> list[Cell]:
        """The cells of a row, which must not be above the row before."""
        cells = list(row.cells or ())
        for column, ranges in self._ranges.items():
            at = self._at[column]
            while at < len(ranges) and ranges[at][1] < row.number:
                at += 1
            self._at[column] = at
            if at == len(ranges) or ranges[at][0] > row.number:
                continue
            first, _, source = ranges[at]
            value = self._values.get((first, source))
            if not is_blank(value):
                cells.extend([None] * (column + 1 - len(cells)))
                cells[column] = value
        return cells


def _covers(span: Span, column: int, name: str, header: Header) -> bool:
    """Whether a merged range says what a column means in the rows it covers.

    What decides access is never left out: where a title runs across its column, it says a title.
    """
    if span.first_row <= header.last_row or not span.first_column <= column <= span.last_column:
        return False
    return span.first_column == column or name in ACCESS


def _apart(spans: Sequence[Span]) -> list[tuple[int, int, int]]:
    """Ranges as ``(first row, last row, source column)``, in order, without those that overlap."""
    found: list[tuple[int, int, int]] = []
    for span in sorted(spans, key=lambda each: each.first_row):
        if not found or span.first_row > found[-1][1]:
            found.append((span.first_row, span.last_row, span.first_column))
    return found


def _padded(rows: tuple[TableRow, ...]) -> tuple[TableRow, ...]:
    """Numbers get back the zeros that other cells of their column still have: 7 below 0006."""
    for name in NUMBERED:
        widths = [
            len(cell.strip())
            for row in rows
            for cell in (row.cells or {}).get(name, ())
            if isinstance(cell, str) and cell.strip().isdecimal() and cell.strip().startswith("0")
        ]
        if not widths:
            continue
        width = max(widths)
        for row in rows:
            if row.cells and name in row.cells:
                row.cells[name] = [_pad(cell, width) for cell in row.cells[name]]
    return rows


def _pad(cell: Cell, width: int) -> Cell:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return cell
    if isinstance(cell, float) and not cell.is_integer():
        return cell
    return str(int(cell)).rjust(width, "0")

"""A report as a workbook, one sheet per table and one for the written parts."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from query_room.reports.grids import TITLES, Part, shown, width
from query_room.reports.layout import AMOUNT
from query_room.reports.model import TableName, TextPart
from query_room.reports.papers import HEADINGS
from query_room.reports.placing import placed

if TYPE_CHECKING:
    from query_room.reports.grids import GridCell
    from query_room.reports.papers import Paper

SHEETS: Final = {
    TableName.PROACTIVE: "主动公开",
    TableName.REQUESTS: "依申请公开",
    TableName.CASES: "复议诉讼",
}
_FIRST_ROW: Final = 4
_EDGE: Final = Side(style="thin")
_LABEL_WIDTHS: Final = {TableName.PROACTIVE: (28,), TableName.REQUESTS: (9, 14, 44)}
_NUMBER_WIDTH: Final = 13
_TEXT_WIDTH: Final = 100


def xlsx_bytes(paper: Paper) -> bytes:
    """The bytes of the workbook."""
    book = Workbook()
    del book[book.sheetnames[0]]  # openpyxl begins every workbook with one
    for table in TableName:
        _write_table(book.create_sheet(SHEETS[table]), paper, table)
    _write_texts(book.create_sheet("文字部分"), paper)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write_table(sheet: Any, paper: Paper, table: TableName) -> None:  # noqa: ANN401 - loosely typed
    _put(sheet, 1, 1, paper.title).font = Font(bold=True, size=14)
    _put(sheet, 2, 1, f"{TITLES[table]}　　{paper.state}")
    labels = _LABEL_WIDTHS.get(table, ())
    for number in range(1, width(table) + 1):
        wide = labels[number - 1] if number <= len(labels) else _NUMBER_WIDTH
        sheet.column_dimensions[get_column_letter(number)].width = wide
    for down, across, cell in placed(table):
        _write_cell(sheet, paper, (down + _FIRST_ROW, across + 1), cell)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _write_cell(sheet: Any, paper: Paper, at: tuple[int, int], cell: GridCell) -> None:  # noqa: ANN401 - loosely typed
    row, column = at
    if cell.key is None:
        target = _put(sheet, row, column, cell.text)
    else:
        count = paper.tables.cells[cell.key].count
        is_money = cell.key.column == AMOUNT
        target = sheet.cell(row, column, float(shown(cell.key, count)) if is_money else count)
    side = "left" if cell.part is Part.LABEL else "center"
    for each in range(row, row + cell.high):
        for other in range(column, column + cell.wide):
            sheet.cell(each, other).border = Border(
                left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE
            )
    target.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    target.font = Font(bold=cell.part is Part.HEAD)
    if cell.wide > 1 or cell.high > 1:
        sheet.merge_cells(
            start_row=row,
            start_column=column,
            end_row=row + cell.high - 1,
            end_column=column + cell.wide - 1,
        )


def _write_texts(sheet: Any, paper: Paper) -> None:  # noqa: ANN401 - loosely typed
    sheet.column_dimensions["A"].width = _TEXT_WIDTH
    row = 1
    for part in TextPart:
        _put(sheet, row, 1, HEADINGS[part]).font = Font(bold=True)
        for line in paper.paragraphs(part):
            row += 1
            _put(sheet, row, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
        row += 2


def _put(sheet: Any, row: int, column: int, text: str) -> Any:  # noqa: ANN401 - loosely typed
    cell = sheet.cell(row, column, ILLEGAL_CHARACTERS_RE.sub("", text))
    # A text that begins with = would else be a formula, run on the machine of whoever opens it.
    cell.data_type = "s"
    return cell

"""归档文件目录 as an office keeps it: a sheet a year, titles above, sums below."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook

from tests.disk.disk import LACKING_NUMBER, YEARS

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from tests.disk.disk import Disk

COLUMNS: Final = (
    "序号",
    "档　号",
    "文 号",
    "责任者",
    "文 件\n题 名",
    "日期",
    "密级",
    "页数",
    "备注",
)
PAPER_ONLY: Final = 3
"""Rows a year of what was never scanned."""

_ROWS_A_PRINTED_PAGE: Final = 20
_WRONG_DATE: Final = "20119945"


@dataclass
class Written:
    """What the catalogue says that matters to the account.

    Attributes:
        rows: Rows that describe something.
        months: 档号 of rows whose date names a month alone.
        wrong: 档号 of rows whose date is none.
        missing: Fonds and year with the 件号 that nothing names.
        paper_only: 档号 of rows without a file.
    """

    path: Path
    rows: int = 0
    months: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    missing: list[tuple[int, int]] = field(default_factory=list)
    paper_only: list[str] = field(default_factory=list)


def make_catalogue(disk: Disk, path: Path) -> Written:
    """Write the catalogue of the papers that stand under their 档号."""
    book = Workbook()
    del book[book.sheetnames[0]]
    written = Written(path=path)
    for year in YEARS:
        _sheet(disk, written, book.create_sheet(f"{year}年"), year)
        written.missing.append((year, LACKING_NUMBER))
    book.save(path)
    return written


def _sheet(disk: Disk, written: Written, sheet: Worksheet, year: int) -> None:
    sheet.append([f"栖川市临岚区人民政府办公室归档文件目录（{year}年度）"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(COLUMNS))
    sheet.append(["全宗号：Z109", None, None, "保管期限：定期30年"])
    sheet.append(COLUMNS)
    place = 0
    for code, (paper, _) in disk.listed.items():
        if f"·{year}-" not in code:
            continue
        place += 1
        sheet.append(
            [
                float(place), code, paper.document_number, "区政府办", paper.title,
                _date(written, code, year, place), None, 1, "原件" if place % 7 else None,
            ]
        )  # fmt: skip
        written.rows += 1
        if place % _ROWS_A_PRINTED_PAGE == 0:
            sheet.append([None, None, None, None, "本页小计", None, None, _ROWS_A_PRINTED_PAGE])
            sheet.append(COLUMNS)
    last = place + 1
    for item in range(last + 1, last + 1 + PAPER_ONLY):
        code = f"Z109-WS·{year}-D30-BGS-{item:04d}"
        title = f"关于{year}年基建图纸第{item}号的批复"
        sheet.append([float(item), code, None, "区政府办", title, f"{year}0000", None, 12, "纸质"])
        written.rows += 1
        written.paper_only.append(code)
    sheet.append([None, None, None, None, "合计", None, None, written.rows])


def _date(written: Written, code: str, year: int, place: int) -> object:
    """A day, written in every way; some name a month, one a year is no date."""
    day = place % 28 + 1
    if place == 1:
        written.wrong.append(code)
        return _WRONG_DATE
    if place % 6 == 0:
        written.months.append(code)
        return f"{year}0300"
    in_characters = "二〇〇八" if year == YEARS[0] else str(year)
    return (
        int(f"{year}05{day:02d}"),
        f"{year}.6.{day}",
        f"{year}年7月{day}日",
        f"{year}-08-{day:02d}",
        f"{in_characters}年九月",
    )[place % 6 - 1]

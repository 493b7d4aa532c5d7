"""``query-room report``: the annual report on disclosure, and the report on a batch."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from query_room.archive.batch_accounts import account_of, files_of
from query_room.archive.batch_paper import files_csv, paper_of
from query_room.errors import BatchNotFinishedError, BatchNotFoundError, InvalidFieldError
from query_room.letters.docx import draw_docx
from query_room.messages import message
from query_room.opening import open_room
from query_room.reports.checks import ADVISORY, failures
from query_room.reports.docx import docx_bytes
from query_room.reports.layout import columns, rows
from query_room.reports.model import TableName
from query_room.reports.papers import Paper
from query_room.reports.xlsx import xlsx_bytes
from query_room.settings import RoomSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from query_room.reports import Check
    from query_room.reports.model import AnnualTables

_NUMBER_WIDTH = 6
_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.group("report")
def report_group() -> None:
    """Reports from the register."""


@report_group.command("annual")
@click.argument("year", type=int)
@click.option("--organ", help="Whose report; every organ together where it is not given.")
@click.option("--xlsx", type=_FILE, help="Write the tables into this workbook.")
@click.option("--docx", type=_FILE, help="Write the report into this file.")
def annual_command(year: int, *, organ: str | None, xlsx: Path | None, docx: Path | None) -> None:
    """The annual report on YEAR as the register has it now; 1 when a check fails."""
    room = open_room(RoomSettings.from_env())
    try:
        draft = room.reports.draft(year, organ)
    except InvalidFieldError as error:
        raise click.UsageError(f"YEAR：{message(error, 'zh')}") from error
    name = room.organs.load(organ).name if organ else room.settings.organ
    paper = Paper(organ=name, tables=draft.tables, texts=draft.texts, state="草稿")
    if xlsx is not None:
        xlsx.write_bytes(xlsx_bytes(paper))
    if docx is not None:
        docx.write_bytes(docx_bytes(paper))
    click.echo(paper.title)
    _print_requests(draft.tables)
    _print_checks(draft.checks)
    sys.exit(1 if draft.failed else 0)


@report_group.command("batch")
@click.argument("number", type=int)
@click.option(
    "-o",
    "--output",
    type=_FILE,
    required=True,
    help="A .docx for the head of the archive, or a .csv of every file.",
)
def batch_command(number: int, *, output: Path) -> None:
    """What became of every file of batch NUMBER."""
    room = open_room(RoomSettings.from_env())
    try:
        match output.suffix.lower():
            case ".docx":
                paper = paper_of(account_of(room.engine, number), room.settings.organ)
                content = draw_docx(paper)
            case ".csv":
                content = files_csv(files_of(room.engine, number))
            case _:
                raise click.UsageError("--output：请写 .docx 或 .csv 文件")
    except (BatchNotFoundError, BatchNotFinishedError) as error:
        raise click.UsageError(f"NUMBER：{message(error, 'zh')}") from error
    output.write_bytes(content)
    click.echo(f"第 {number} 批：已写入 {output}")


def _print_requests(tables: AnnualTables) -> None:
    table = Table(box=None, expand=True)
    table.add_column("", no_wrap=True, overflow="ellipsis", ratio=1)
    for column in columns(TableName.REQUESTS):
        # Three narrow lines of heading leave room for the words of the rows on a small terminal.
        table.add_column(column.text, justify="right", width=_NUMBER_WIDTH, overflow="fold")
    for row in rows(TableName.REQUESTS):
        counts = (tables.count(TableName.REQUESTS, row.row, column) for column in row.columns)
        table.add_row(row.text, *map(str, counts))
    Console().print(table)


def _print_checks(found: Sequence[Check]) -> None:
    broken = [check for check in found if not check.holds]
    for check in broken:
        grade = "提醒" if check.key in ADVISORY else "不符"
        place = " ".join(filter(None, (check.row, check.column)))
        click.echo(f"{grade} {check.key} {place}：{check.left} ≠ {check.right}")
        for subject in check.subjects:
            click.echo(f"　　{subject}")
    if not failures(found):
        click.echo("校验全部相符。")

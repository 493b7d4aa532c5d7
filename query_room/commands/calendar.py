"""``query-room calendar``: working days, for whoever holds the machine."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from query_room.calendar import CalendarImportError, DayKind
from query_room.errors import InvalidFieldError
from query_room.messages import message, reason_words
from query_room.opening import open_room
from query_room.settings import RoomSettings

if TYPE_CHECKING:
    import datetime as dt

_DAY = click.DateTime(["%Y-%m-%d"])
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("calendar")
def calendar_group() -> None:
    """Working days: import the notice of a year, set a day, list."""


@calendar_group.command("import")
@click.argument("file", type=_FILE)
@click.option("--source", required=True, help="The notice, e.g. 国办发明电〔2026〕9号.")
def import_command(file: Path, source: str) -> None:
    """Import the notice FILE (CSV: 日期, 类型 休 or 班, 名称); due dates are reckoned anew."""
    try:
        notice = open_room(RoomSettings.from_env()).calendar.import_notice(
            file.read_bytes(), source=source, by=_operator()
        )
    except CalendarImportError as error:
        for line, reason in error.rows:
            words = reason_words("calendar_refused", reason, "zh")
            click.echo(f"第{line}行：{words}" if line else words, err=True)
        raise click.UsageError(message(error, "zh")) from error
    except InvalidFieldError as error:
        raise click.UsageError(message(error, "zh")) from error
    click.echo(f"已导入 {notice.year} 年的工作日历。")


@calendar_group.command("day")
@click.argument("day", type=_DAY)
@click.argument("kind", type=click.Choice([kind.value for kind in DayKind]))
@click.option("--name", default="", help="What the day is called.")
@click.option("--source", required=True, help="Who decided.")
def day_command(day: dt.datetime, kind: str, name: str, source: str) -> None:
    """Make DAY a holiday or a workday here, e.g. a holiday of a minority."""
    try:
        open_room(RoomSettings.from_env()).calendar.set_day(
            day.date(), DayKind(kind), name=name, source=source, by=_operator()
        )
    except InvalidFieldError as error:
        raise click.UsageError(message(error, "zh")) from error
    click.echo(f"已设定 {day.date().isoformat()}。")


@calendar_group.command("list")
def list_command() -> None:
    """What was added to the packaged calendar, and up to which year it is known."""
    calendar = open_room(RoomSettings.from_env()).calendar
    table = Table("序号", "年份", "来源", "导入人", "时间")
    for notice in calendar.history():
        table.add_row(
            str(notice.notice_id),
            str(notice.year or ""),
            notice.source,
            notice.imported_by,
            notice.imported_at.isoformat(timespec="minutes"),
        )
    Console().print(table)
    click.echo(f"已公布放假安排的年份至 {max(calendar.current().years)} 年。")


def _operator() -> str:
    return f"command:{getpass.getuser()}"

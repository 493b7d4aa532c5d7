"""``query-room retention``: what is due to be erased, and erasing it."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table

from query_room.errors import AccountError
from query_room.messages import message
from query_room.opening import open_room
from query_room.settings import RoomSettings


@click.group("retention")
def retention_group() -> None:
    """Personal data whose time is over: list it, erase it."""


@retention_group.command("list")
def list_command() -> None:
    """What is due today, by rule."""
    table = Table("种类", "保存年限", "到期", "依据")
    for due in open_room(RoomSettings.from_env()).retention.due():
        table.add_row(due.rule.kind, str(due.rule.years), str(len(due.owners)), due.rule.source)
    Console().print(table)


@retention_group.command("run")
@click.option("--by", "name", required=True, help="The archivist who answers for it.")
def run_command(name: str) -> None:
    """Erase what is due; every erasure is on record, and the log stays whole."""
    room = open_room(RoomSettings.from_env())
    try:
        account = room.accounts.load(name)
        erased = sum(1 for _ in room.retention.run(by=account))
    except AccountError as error:
        raise click.UsageError(message(error, "zh")) from error
    click.echo(f"已删除 {erased} 项到期的个人信息。")

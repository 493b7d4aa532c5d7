"""``query-room ledger``: old registers from workbooks."""

from __future__ import annotations

import getpass
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.database import migrate, open_database
from query_room.errors import RequestLogError
from query_room.ledgers import LedgerKind, LedgerService
from query_room.ledgers.words import BAD_CELLS, VALUE_CLASSES
from query_room.messages import message
from query_room.opening import ROOMS
from query_room.organs import OrganService
from query_room.settings import RoomSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from query_room.ledgers import LedgerPreview

_SHOWN_BAD = 50


@click.group("ledger")
def ledger_group() -> None:
    """Old registers: import, list, undo."""


@ledger_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in LedgerKind]),
    required=True,
    help="What the workbook is a register of.",
)
@click.option("--organ", required=True, help="Whose register it is.")
@click.option("--dry-run", is_flag=True, help="Show what would be kept, and keep nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before keeping it.")
def import_command(file: Path, *, kind: str, organ: str, dry_run: bool, yes: bool) -> None:
    """Import the workbook FILE; what cannot be read is listed and left out."""
    ledgers = _open_ledgers()
    content = file.read_bytes()
    with _told():
        shown = ledgers.preview(content, LedgerKind(kind), organ)
    _print_preview(shown)
    if dry_run:
        return
    if not yes:
        click.confirm("导入以上内容？", abort=True)
    with _told():
        number = ledgers.confirm(content, shown, by=_operator())
    click.echo(f"已导入，编号 {number}。撤销：query-room ledger undo {number}")


@ledger_group.command("list")
def list_command() -> None:
    """Every import, undone ones too."""
    for each in _open_ledgers().imports():
        state = "已撤销" if each.undone_at else "有效"
        rows = f"{each.row_count} 行（略去 {each.bad_count} 行）"
        day = f"{each.imported_at:%Y-%m-%d}"
        words = (each.import_id, each.kind, each.organ_id, rows, day, each.imported_by, state)
        click.echo("  ".join(map(str, words)))


@ledger_group.command("undo")
@click.argument("number", type=int)
def undo_command(number: int) -> None:
    """Take the import NUMBER back."""
    with _told():
        _open_ledgers().undo(number, by=_operator())
    click.echo(f"已撤销导入 {number}。")


def _print_preview(shown: LedgerPreview) -> None:
    click.echo(f"读取工作表：{'、'.join(shown.sheets)}")
    if shown.unread_sheets:
        click.echo(f"没有可识别表头的工作表：{'、'.join(shown.unread_sheets)}")
    if shown.unread_columns:
        click.echo(f"未读取的列：{'、'.join(shown.unread_columns)}")
    for sheet, row in shown.totals:
        click.echo(f"略去合计行：{sheet} 第 {row} 行")
    for cell in shown.bad[:_SHOWN_BAD]:
        click.echo(
            f"无法读取：{cell.sheet} {cell.column}{cell.row}"
            f"（{VALUE_CLASSES[cell.value_class]}）{BAD_CELLS[cell.reason]}"
        )
    if len(shown.bad) > _SHOWN_BAD:
        click.echo(f"……另有 {len(shown.bad) - _SHOWN_BAD} 处")
    click.echo(f"可导入 {shown.count} 行，略去 {shown.bad_rows} 行。")
    if shown.imported_as is not None:
        click.echo(f"同一文件已经导入过，编号 {shown.imported_as}。")


def _open_ledgers() -> LedgerService:
    settings = RoomSettings.from_env()
    engine = open_database(settings.indexer.database_url)
    migrate(engine, *ROOMS)
    organs = OrganService(engine=engine)
    organs.ensure_default(settings.organ)
    return LedgerService(engine=engine, organs=organs)


def _operator() -> str:
    return f"command:{getpass.getuser()}"


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except RequestLogError as error:
        raise click.UsageError(message(error, "zh")) from error

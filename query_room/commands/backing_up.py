"""``query-room backup | restore``."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.table import Table

from indexer.commands.indexing import verify_index_command
from indexer.commands.wiring import open_archive
from indexer.commands.words import china_time
from indexer.errors import QueryRoomError
from query_room.backup import Stage, back_up, restore
from query_room.backup.keys import save_keys
from query_room.backup.output import require_new
from query_room.commands.backup_words import FLAWS, REASONS, STAGES
from query_room.errors import BackupError
from query_room.messages import message
from query_room.settings import RoomSettings
from search_api.commands.asking import verify_log_command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from query_room.backup import BackedUp, Manifest, Progress, Restored

FAILED_SOME: Final = 1
REFUSED: Final = 2
_PATH: Final = click.Path(path_type=Path)
_console = Console()


@click.command("backup")
@click.argument("file", type=_PATH)
@click.option(
    "--keys", "key_file", type=_PATH, help="Write the keys too, to a file to be kept elsewhere."
)
@click.pass_context
def backup_command(context: click.Context, file: Path, key_file: Path | None) -> None:
    """Write database, originals, texts, settings and log to FILE; server and worker may run."""
    settings = RoomSettings.from_env()
    with _told():
        if key_file is not None:
            require_new(key_file)
        with _bars() as show:
            made = back_up(open_archive().engine, settings, file, environ=os.environ, progress=show)
        _print_backup(file, made)
        if key_file is not None:
            save_keys(settings.keys, key_file)
            _say(f"密钥另存于 {key_file}，请与备份分开保管：两者合在一起即可读出个人信息。")
        else:
            _say(
                f"密钥不在备份中，位于 {settings.keys}。没有密钥，备份中的个人信息无法读取；"
                "可用 --keys 另存，并与备份分开保管。"
            )
    if made.manifest.flaws:
        context.exit(FAILED_SOME)


@click.command("restore")
@click.argument("file", type=_PATH)
@click.option("--keys", "key_file", type=_PATH, help="The file of keys that belongs to the backup.")
@click.pass_context
def restore_command(context: click.Context, file: Path, key_file: Path | None) -> None:
    """Bring FILE back into an empty data folder and database, and verify index and log."""
    settings = RoomSettings.from_env()
    with _told(), _bars() as show:
        restored = restore(file, settings, keys=key_file, progress=show)
    _print_restored(settings, restored)
    verified = [_passes(context, each) for each in (verify_index_command, verify_log_command)]
    if restored.manifest.flaws or restored.missing_in_place or not all(verified):
        context.exit(FAILED_SOME)


def _print_backup(file: Path, made: BackedUp) -> None:
    _print_contents(f"备份 {file.name}", made.manifest)
    _print_flaws(made.manifest)
    _say(f"已写入 {file}，{decimal(made.size)}，SHA-256 {made.digest}")


def _print_restored(settings: RoomSettings, restored: Restored) -> None:
    manifest = restored.manifest
    _print_contents("已恢复" + ("（接着上次未完成的恢复）" if restored.went_on else ""), manifest)
    _print_flaws(manifest)
    for file_hash in restored.missing_in_place:
        _say(f"就地存放的原件缺失或已改变：{file_hash}")
    _say("备份时的设置（未启用，请自行对照）：")
    for name, value in restored.settings.items():
        _say(f"　{name}={value}")
    if not restored.has_keys:
        _say(
            f"{settings.keys} 中没有这份备份的密钥：个人信息无法读取。"
            "请在启动服务之前放入，否则会生成新的密钥。"
        )
    _say(
        f"一切回到 {china_time(manifest.created_at)} 的状态："
        "此后撤回、收紧或删除的内容，请重新处理。"
    )


def _print_contents(title: str, manifest: Manifest) -> None:
    tables = manifest.tables
    table = Table(title=title, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, value in (
        ("备份时间", china_time(manifest.created_at)),
        ("版本", manifest.product),
        ("档案", tables["record"].rows),
        ("原件", manifest.originals),
        ("就地存放、不在备份中的原件", manifest.in_place),
        ("文本", manifest.texts),
        ("日志", tables["log_event"].rows),
        ("账户", tables["account"].rows),
        ("数据库行数", sum(each.rows for each in tables.values())),
    ):
        table.add_row(name, str(value))
    _console.print(table)


def _print_flaws(manifest: Manifest) -> None:
    for flaw in manifest.flaws:
        _say(f"{FLAWS[flaw.kind]}：{flaw.file_hash}")


def _passes(context: click.Context, command: click.Command) -> bool:
    try:
        context.invoke(command)
    except click.exceptions.Exit as ended:
        return ended.exit_code == 0
    return True


def _say(text: str) -> None:
    _console.print(text, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BackupError as error:
        reason = "：".join(part for part in (REASONS[error.reason], error.subject) if part)
        click.echo(f"错误：{message(error, 'zh')}{reason}", err=True)
        sys.exit(REFUSED)
    except QueryRoomError as error:
        click.echo(f"错误：{message(error, 'zh')}（{error}）", err=True)
        sys.exit(REFUSED)


@contextmanager
def _bars() -> Iterator[Callable[[Progress], None]]:
    """A bar for each stage as it comes."""
    tasks: dict[Stage, TaskID] = {}
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[shown]}"),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=_console) as bars:

        def show(at: Progress) -> None:
            name, unit = STAGES[at.stage]
            if at.stage not in tasks:
                tasks[at.stage] = bars.add_task(name, total=None, shown="")
            bars.update(tasks[at.stage], completed=at.done, total=at.total, shown=_amount(at, unit))

        yield show


def _amount(at: Progress, unit: str) -> str:
    if at.stage is Stage.CHECKING:
        return f"{decimal(at.done)}/{decimal(at.total or 0)}"
    return f"{at.done}/{at.total} {unit}" if at.total is not None else f"{at.done} {unit}"

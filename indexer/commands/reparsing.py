"""``query-room reparse``: documents read again by a newer parser."""

from __future__ import annotations

import click
from rich.console import Console

from indexer.commands.wiring import open_archive
from indexer.importing.reparsing import reparse_all

_console = Console()


@click.command("reparse")
def reparse_command() -> None:
    """Read again, from the text store, what an older version's parser has read."""
    archive = open_archive()
    with _console.status("正在重新解析") as status:
        count = reparse_all(
            archive.engine,
            archive.settings,
            lambda done: status.update(f"正在重新解析：{done} 份"),
        )
    _console.print(f"已重新解析 {count} 份文件；著录在下次导入时更新。")

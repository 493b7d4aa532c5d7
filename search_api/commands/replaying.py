"""``query-room replay``: a search of before asked again, told by identifiers and ranks."""

from __future__ import annotations

import getpass
from typing import Final

import click
from rich.console import Console
from rich.table import Table

from indexer.commands.wiring import open_archive
from indexer.database import reading, writing
from search_api.log import load_search
from search_api.opening import open_replays
from search_api.replaying import Fate, Reason
from search_api.replaying.noting import note_replay

FATES: Final = {
    Fate.KEPT: "不变",
    Fate.MOVED: "移位",
    Fate.LOST: "失去",
    Fate.GAINED: "新增",
    Fate.BEYOND: "无权比较",
}
REASONS: Final = {
    Reason.ADDED: "此后新进馆",
    Reason.CHANGED: "著录、正文或等级有变动",
    Reason.WITHDRAWN: "已撤下",
    Reason.REMOVED: "已随批次撤出",
    Reason.RESTRICTED: "检索者现已无权查看",
    Reason.HIDDEN: "现已不能显示",
    Reason.OUTRANKED: "仍能查到，位次靠后",
    Reason.ANALYSIS: "词典、词表或分词版本不同",
    Reason.READING: "检索内容的放宽或更正不同",
    Reason.OTHERS: "其他档案有增减或变动",
}
_console = Console()


@click.command("replay")
@click.argument("search_id")
def replay_command(search_id: str) -> None:
    """Ask the logged search SEARCH_ID again and compare; told by identifiers, and logged."""
    archive = open_archive()
    with reading(archive.engine) as connection:
        search = load_search(connection, search_id)
    found = open_replays(archive.engine, archive.settings).replay(search)
    with writing(archive.engine) as connection:
        note_replay(connection, found, getpass.getuser())
    _console.print(
        f"当时 {search.total} 件（第 {search.entry.generation if search.entry else 0} 代索引），"
        f"现在 {found.total} 件（第 {found.generation} 代索引）。"
    )
    table = Table()
    for heading in ("档案", "当时", "现在", "变化", "原因"):
        table.add_column(heading)
    for hit in found.hits:
        table.add_row(
            hit.record_id,
            str(hit.then or "—"),
            str(hit.now or "—"),
            FATES[hit.fate],
            REASONS[hit.reason] if hit.reason else "",
        )
    _console.print(table)

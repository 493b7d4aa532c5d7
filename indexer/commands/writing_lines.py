"""Who writes the index where many may, and which records it goes on without, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.commands.words import china_time
from indexer.errors import DocumentRefusedError
from indexer.indexing.writing_state import writing_state
from indexer.repositories import set_asides
from indexer.repositories.slices import ANALYSIS_DIED, WORKER_DIED

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from indexer.settings import IndexerSettings

_REASONS: Final = {
    WORKER_DIED: "处理它的索引进程每次都中断",
    ANALYSIS_DIED: "分析它的进程每次都中断",
    DocumentRefusedError.code: "搜索引擎不接受它",
}


def writing_lines(
    connection: Connection, settings: IndexerSettings, limit: int | None
) -> list[str]:
    """A line for each thing there is to say; where only one process may write, for none.

    Args:
        connection: Of the archive.
        settings: Its own.
        limit: How many records are named; ``None`` names all.
    """
    state = writing_state(connection, settings)
    lines = []
    if state.workers is not None:
        who = "无"
        if state.writer is not None:
            since = china_time(state.writer.since)
            who = f"{state.writer.host} 上的进程 {state.writer.process}（自 {since} 起）"
        lines.append(f"索引进程：{state.workers} 个在运行；协调者：{who}")
    if state.slices.since is not None:
        since = china_time(state.slices.since)
        lines.append(f"待完成的索引任务：{state.slices.slices} 个，最早的自 {since} 起")
    if state.set_aside:
        lines.append(
            f"索引外搁置：{state.set_aside} 件档案，修复后运行 query-room retry set_aside 重试"
        )
        for each in set_asides.listed(connection, limit=limit):
            reason = _REASONS.get(each.reason, each.reason)
            lines.append(f"{each.record_id}\t{each.title}\t{reason}\t{each.deaths} 次")
    return lines

"""``query-room verify index``."""

from __future__ import annotations

import click
from rich.console import Console

from indexer.commands.wiring import open_archive
from indexer.indexing.verification import verify_index

_console = Console()


@click.command("index")
@click.pass_context
def verify_index_command(context: click.Context) -> None:
    """Compare database, text store and index, and name what does not agree."""
    archive = open_archive()
    report = verify_index(archive.engine, archive.settings)
    for finding in report.findings:
        _console.print(f"{finding.problem}\t{finding.subject}", markup=False, highlight=False)
    _console.print(
        f"档案 {report.records} 件，文本 {report.texts} 份，索引 {report.indexed} 件："
        + ("一致。" if report.is_sound else f"{len(report.findings)} 处不一致。")
    )
    if not report.is_sound:
        context.exit(1)

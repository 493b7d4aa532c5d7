"""``query-room reindex | verify index``: generations."""

from __future__ import annotations

import click
from rich.console import Console

from indexer.commands.wiring import open_archive
from indexer.database import utc_now, writing
from indexer.indexing.catching_up import catch_up
from indexer.indexing.generating import begin_generation, roll_back
from indexer.indexing.verification import verify_index

_console = Console()


@click.command("reindex")
@click.option("--rollback", is_flag=True, help="Let the generation before answer again.")
def reindex_command(rollback: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Build the next generation of the index from the text store, while the present one answers."""
    archive = open_archive()
    if rollback:
        with writing(archive.engine) as connection:
            number = roll_back(connection, archive.settings, at=utc_now())
        if number is None:
            raise click.ClickException("没有可以退回的上一代索引。")
        catch_up(archive.engine, archive.settings)
        _console.print(f"已退回第 {number} 代索引。")
        return
    with writing(archive.engine) as connection:
        number = begin_generation(connection, archive.settings, at=utc_now())
    catch_up(archive.engine, archive.settings)
    _console.print(f"第 {number} 代索引已启用。")


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

"""``query-room index | undo | status | retry | clear``: batches."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from indexer.access import LEVEL_PRESETS
from indexer.commands.batch_report import SHOWN, print_report
from indexer.commands.waiting import waiting_line
from indexer.commands.watching import watch_folder
from indexer.commands.wiring import open_archive
from indexer.commands.words import (
    NEXT_STEPS,
    REASONS,
    STATES,
    china_time,
    held_by,
    programs,
)
from indexer.commands.writing_lines import writing_lines
from indexer.containers.unar_room import rar_programs
from indexer.conversion.room import office_program
from indexer.database import reading, writing
from indexer.extraction import Reason
from indexer.extraction.old_formats import OFFICE
from indexer.extraction.pool import confinement_here
from indexer.importing.clearances import clear
from indexer.importing.pipeline import BatchRequest, dry_run, run_batch
from indexer.importing.profiles import kept_profiles
from indexer.importing.rereading import RETRIED_WHEN_TOLD
from indexer.importing.retrying import read_outdated_again, retry
from indexer.importing.undo import undo_batch
from indexer.indexing.catching_up import catch_up
from indexer.recognition.rapid import RapidRecognizer
from indexer.records import FileHash
from indexer.repositories import (
    batches,
    failures,
    files,
    generations,
    recognition,
    set_asides,
)
from indexer.watching.following import RESCAN_S, SETTLE_S, WatchPace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.commands.wiring import Archive
    from indexer.importing import pipeline
    from indexer.importing.report import BatchReport
    from indexer.repositories.failures import FailureCount
    from indexer.repositories.files import PathRow

FAILED_SOME: Final = 1
OUTDATED: Final = "outdated"
SET_ASIDE: Final = "set_aside"
_console = Console()


@click.command("index")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--manifest", type=click.Path(path_type=Path), help="Catalogue: a workbook, CSV or JSONL."
)
@click.option("--profile", help="How the catalogue is read; that of its form unless given.")
@click.option(
    "--level", type=click.Choice(list(LEVEL_PRESETS)), help="For records that say nothing."
)
@click.option("--source", help="Name of the source; the folder's path unless given.")
@click.option("--in-place", is_flag=True, help="Leave originals where they are.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Only say what would be done.")
@click.option("--watch", "is_watch", is_flag=True, help="Follow FOLDER until Ctrl+C.")
@click.option(
    "--settle",
    type=click.FloatRange(min=0.1),
    default=SETTLE_S,
    help="With --watch: seconds that a file must be quiet before it is read.",
)
@click.option(
    "--rescan",
    type=click.FloatRange(min=0.1),
    default=RESCAN_S / 60,
    help="With --watch: minutes between two looks through the whole folder.",
)
@click.option(
    "--poll", is_flag=True, help="With --watch: list the folder instead of asking the kernel."
)
@click.pass_context
def index_command(  # noqa: PLR0917 - one parameter per option
    context: click.Context,
    folder: Path,
    manifest: Path | None,
    profile: str | None,
    level: str | None,
    source: str | None,
    in_place: bool,  # noqa: FBT001 - click passes flags by name
    is_dry: bool,  # noqa: FBT001
    is_watch: bool,  # noqa: FBT001
    settle: float,
    rescan: float,
    poll: bool,  # noqa: FBT001
) -> None:
    """Import FOLDER as a batch and bring the index up to date."""
    archive = open_archive()
    request = BatchRequest(
        folder=folder,
        manifest=manifest,
        profile=profile,
        level=LEVEL_PRESETS[level] if level else None,
        level_name=level,
        source_name=source,
        in_place=in_place,
        started_by=getpass.getuser(),
    )
    if is_dry:
        with reading(archive.engine) as connection:
            profiles = kept_profiles(connection)
        print_report(_console, dry_run(request, archive.settings, profiles))
        return
    if is_watch:
        pace = WatchPace(settle_s=settle, rescan_s=rescan * 60, polling=poll)
        watch_folder(archive, request, pace)
        return
    report = import_with_progress(archive, request)
    print_report(_console, report)
    if report.failed or report.quarantined or report.bad_rows or report.unreadable:
        context.exit(FAILED_SOME)


def import_with_progress(archive: Archive, request: BatchRequest) -> BatchReport:
    """Run a batch and bring the index up to date, with a bar for each."""
    with _bar("导入", "件") as bar:
        task = bar.add_task("", total=None)

        def show(at: pipeline.Progress) -> None:
            bar.update(task, completed=at.done, total=at.total)

        report = run_batch(archive.engine, archive.settings, request, show)
    with _bar("索引", "条变更") as bar:
        waiting = bar.add_task("", total=None)
        first: list[int] = []

        def show_backlog(left: int) -> None:
            first.append(left)
            bar.update(waiting, completed=first[0] - left, total=first[0])

        catch_up(archive.engine, archive.settings, show_backlog)
    return report


@click.command("undo")
@click.argument("batch", type=int)
def undo_command(batch: int) -> None:
    """Take BATCH back whole."""
    archive = open_archive()
    count = undo_batch(archive.engine, archive.settings, batch)
    catch_up(archive.engine, archive.settings)
    _console.print(f"第 {batch} 批已撤销，涉及 {count} 件档案。")


@click.command("status")
@click.option(
    "--failures",
    "is_whole",
    is_flag=True,
    help="List every file that gave no text, quarantined ones too.",
)
def status_command(is_whole: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Say what the archive holds and how its batches went."""
    archive = open_archive()
    with reading(archive.engine) as connection:
        rows = batches.list_all(connection, limit=SHOWN)
        serving = generations.serving(connection)
        left = recognition.backlog(connection, RapidRecognizer.name)
        lines = writing_lines(connection, archive.settings, None if is_whole else SHOWN)
        counts = failures.by_reason(connection) if is_whole else []
        failed = failures.listed(connection) if is_whole else []
        quarantined = files.quarantined(connection) if is_whole else []
    if serving is not None:
        _console.print(
            f"索引第 {serving.number} 代：{serving.record_count} 件档案，"
            f"{serving.passage_count} 个段落"
        )
    for line in lines:
        click.echo(line)
    table = Table("批次", "来源", "状态", "开始时间", "发现", "失败", "隔离")
    for row in rows:
        report = row.report or {}
        table.add_row(
            str(row.number),
            Text(row.source_name),
            STATES[row.state],
            china_time(row.started_at),
            *(str(report.get(name, "")) for name in ("found", "failed", "quarantined")),
        )
    _console.print(table)
    if left.pages or left.given_up:
        _console.print(waiting_line(left), markup=False)
    _console.print(held_by(confinement_here(archive.settings)))
    tools = {OFFICE: office_program(archive.settings), "unar": rar_programs()[1]}
    _console.print(programs(tools), markup=False, soft_wrap=True)
    if counts:
        _console.print(_account_of(counts, failed))
    for each in counts:
        if each.reason in NEXT_STEPS:
            _console.print(f"{REASONS[each.reason]}：{NEXT_STEPS[each.reason]}", soft_wrap=True)
    for path in failed:
        tried = f"已试 {path.tries} 次" if path.tries else ""
        _list(REASONS.get(path.reason, path.reason), path.path, path.detail, tried)
    for path, marking in quarantined:
        _list(REASONS.get(path.reason, path.reason), path.path, marking, path.file_hash or "")


def _account_of(counts: Sequence[FailureCount], failed: Sequence[PathRow]) -> Table:
    examples: dict[str, str] = {}
    for path in failed:
        examples.setdefault(path.reason, path.path)
    table = Table("失败原因", "代码", "文件", "最多已试", "举例", title="未能提取文本的文件")
    for each in counts:
        name = REASONS.get(each.reason, each.reason)
        example = Text(examples.get(each.reason, ""))
        table.add_row(name, each.reason, str(each.paths), f"{each.tries} 次", example)
    return table


@click.command("retry")
@click.argument(
    "reason", type=click.Choice([*(each.value for each in RETRIED_WHEN_TOLD), OUTDATED, SET_ASIDE])
)
def retry_command(reason: str) -> None:
    """Let the next import read again the files that failed for REASON.

    OUTDATED stands for files that an older version of their extractor read; SET_ASIDE for records
    that killed whoever took them into the index, which are tried again at once.
    """
    archive = open_archive()
    if reason == SET_ASIDE:
        with writing(archive.engine) as connection:
            count = set_asides.try_again(connection)
        _console.print(f"索引外搁置：{count} 件档案将由索引进程重试。")
        return
    if reason == OUTDATED:
        count = read_outdated_again(archive.engine, archive.settings)
        _console.print(f"由旧版本提取：{count} 个文件将在下次导入其文件夹时重新提取。")
        return
    count = retry(archive.engine, archive.settings, Reason(reason))
    _console.print(f"{REASONS[reason]}：{count} 个文件将在下次导入其文件夹时重新提取。")


@click.command("clear")
@click.argument("file_hash")
@click.option("--ground", required=True, help="Why the marking is no state secret.")
@click.option("--by", required=True, help="Who says so.")
def clear_command(file_hash: str, ground: str, by: str) -> None:
    """Let the next batch extract the quarantined file FILE_HASH."""
    clear(open_archive().engine, FileHash(file_hash), ground=ground, by=by)
    _console.print("已解除隔离；下次导入时提取文本。")


def _list(*parts: str) -> None:
    """One line for programs and people alike: parts by tabs, never wrapped."""
    click.echo("\t".join(part for part in parts if part))


class _Speed(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        """The present speed, blank before there is one."""
        return Text(f"{task.speed:.0f}/s" if task.speed else "")


def _bar(what: str, unit: str) -> Progress:
    return Progress(
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        _Speed(),
        TimeRemainingColumn(),
        console=_console,
    )

"""``query-room reindex``: the next generation of the index, compared before it answers."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Final

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from indexer.commands.wiring import Archive, open_archive
from indexer.database import reading, utc_now, writing
from indexer.indexing.catching_up import catch_up
from indexer.indexing.generating import begin_generation, roll_back
from indexer.repositories import generations
from search_api.log import EventKind, NewEvent, append, load_search
from search_api.rehearsing import COMPARED, Rehearsals, load_rehearsal

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from search_api.rehearsing import RehearsedSearch

WORST: Final = 10
"""Searches whose answers changed most that are told one by one."""

_MAX_COMPARED: Final = 2_000
_console = Console()


@click.command("reindex")
@click.option(
    "--compare",
    "count",
    type=click.IntRange(0, _MAX_COMPARED),
    default=COMPARED,
    show_default=True,
    help="How many of the last logged questions are asked in both generations; 0 is none.",
)
@click.option("--dry-run", is_flag=True, help="Build and compare, and let it wait for --confirm.")
@click.option("--confirm", is_flag=True, help="Let the generation that waits answer.")
@click.option("--rollback", is_flag=True, help="Let the generation before answer again.")
@click.option("--with-questions", is_flag=True, help="Show what people asked; that is logged.")
def reindex_command(
    count: int, *, dry_run: bool, confirm: bool, rollback: bool, with_questions: bool
) -> None:
    """Build the next generation of the index from the text store, while the present one answers.

    Before it answers, the last questions of the log are asked in both, and what differs is told by
    numbers.
    """
    if dry_run + confirm + rollback > 1:
        raise click.UsageError("--dry-run、--confirm、--rollback 只能选一个。")
    archive = open_archive()
    if rollback:
        _roll_back(archive)
        return
    if confirm:
        with writing(archive.engine) as connection:
            released = generations.release(connection)
        if released is None:
            raise click.ClickException("没有等待启用的索引。")
        number = released
    else:
        with writing(archive.engine) as connection:
            number = begin_generation(connection, archive.settings, at=utc_now(), held=dry_run)
    look = Rehearsals(engine=archive.engine, settings=archive.settings, count=count)
    catch_up(archive.engine, archive.settings, look=look)
    _tell(archive.engine, number, with_questions=with_questions)
    if dry_run:
        _console.print(
            f"第 {number} 代索引已建好，尚未启用；启用：query-room reindex --confirm", markup=False
        )
    else:
        _console.print(
            f"第 {number} 代索引已启用。退回：query-room reindex --rollback", markup=False
        )


def _roll_back(archive: Archive) -> None:
    with writing(archive.engine) as connection:
        number = roll_back(connection, archive.settings, at=utc_now())
    if number is None:
        raise click.ClickException("没有可以退回的上一代索引。")
    catch_up(archive.engine, archive.settings)
    _console.print(f"已退回第 {number} 代索引。")


def _tell(engine: Engine, number: int, *, with_questions: bool) -> None:
    made = load_rehearsal(engine, number)
    if made is None:
        _console.print("没有与上一代比较。")
        return
    unasked = f"，{made.unasked} 个无法比较" if made.unasked else ""
    _console.print(
        f"与第 {made.former} 代比较最近 {made.compared} 个不同的检索："
        f"{made.unchanged} 个结果相同，{len(made.searches)} 个不同{unasked}。"
    )
    if not made.searches:
        return
    worst = made.searches[:WORST]
    questions = _questions(engine, worst) if with_questions else {}
    table = Table(title="变化最大的检索", title_justify="left")
    table.add_column("检索编号", no_wrap=True)
    for heading in ("原件数", "新件数", "不变", "移位", "失去", "新增"):
        table.add_column(heading, justify="right")
    if questions:
        table.add_column("检索内容")
    for each in worst:
        numbers = (each.total_before, each.total_after, each.kept, each.moved, each.lost)
        row = [each.search_id, *(str(number) for number in numbers), str(each.gained)]
        if questions:
            row.append(escape(questions.get(each.search_id, "")))
        table.add_row(*row)
    _console.print(table)


def _questions(engine: Engine, searches: tuple[RehearsedSearch, ...]) -> dict[str, str]:
    """What was asked, by search; who reads it is logged first."""
    ids = [each.search_id for each in searches]
    with writing(engine) as connection:
        append(
            connection,
            NewEvent(
                at=utc_now(),
                kind=EventKind.LOG_READ,
                subject="log",
                body={"by": getpass.getuser(), "what": "searches", "searches": ids},
            ),
        )
    with reading(engine) as connection:
        found = (load_search(connection, each) for each in ids)
        return {each.search_id: each.entry.text if each.entry else "（已删除）" for each in found}

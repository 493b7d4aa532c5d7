"""``query-room vocabulary``: the table of variants and the office's words."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from indexer.errors import VocabularyRefusedError
from indexer.vocabulary import entries_csv, words_text
from indexer.vocabulary.columns import COLUMNS, KINDS, RELATIONS
from query_room.messages import message, reason_words
from query_room.opening import open_room
from query_room.settings import RoomSettings
from query_room.vocabulary import Holding, Taking
from search_api.china_time import CHINA

if TYPE_CHECKING:
    from indexer.analysis.thesaurus import Years
    from query_room.vocabulary import VocabularyService

_FILE = click.Path(dir_okay=False, path_type=Path)
_VERSION = click.IntRange(min=1)


@click.group("vocabulary")
def vocabulary_group() -> None:
    """Variants of terms, offices and places, and words of the office: in and out, and versions."""


@vocabulary_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--words", is_flag=True, help="FILE is a list of words, one a line.")
@click.option("--replace", is_flag=True, help="What FILE does not name is taken out.")
@click.option("--reason", required=True, help="Why, for those who come later.")
def import_command(file: Path, words: bool, replace: bool, reason: str) -> None:  # noqa: FBT001
    """Take the table FILE (CSV) in as a new version; lines that cannot be read are named."""
    service, taking = _service(), Taking.REPLACE if replace else Taking.ADD
    holding = Holding.WORDS if words else Holding.ENTRIES
    try:
        foreseen = service.foresee_content(file.read_bytes(), holding, taking)
        for problem in foreseen.problems:
            told = reason_words("vocabulary_refused", problem.reason, "zh")
            click.echo(f"第{problem.line}行：{told}　{problem.text}", err=True)
        number = service.take(foreseen, taking, reason=reason, by=_operator())
    except VocabularyRefusedError as error:
        raise click.UsageError(message(error, "zh")) from error
    made = foreseen.revision
    click.echo(
        f"第 {number} 版："
        f"增加 {len(made.added) + len(made.words_added)}，改动 {len(made.changed)}，"
        f"删除 {len(made.removed) + len(made.words_removed)}，"
        f"未采用 {len(foreseen.problems)} 行。"
    )


@vocabulary_group.command("export")
@click.argument("file", type=_FILE)
@click.option("--words", is_flag=True, help="The list of words, not the table.")
@click.option("--version", type=_VERSION, help="An earlier version.")
def export_command(file: Path, words: bool, version: int | None) -> None:  # noqa: FBT001
    """Write the table to FILE (CSV), as it can be taken in again."""
    service = _service()
    try:
        number = version or service.present().number
        kept = service.at_version(number)
    except VocabularyRefusedError as error:
        raise click.UsageError(message(error, "zh")) from error
    file.write_bytes(words_text(kept) if words else entries_csv(kept))
    count = len(kept.words) if words else len(kept.entries)
    click.echo(f"第 {number} 版，{count} 行，已写入 {file}。")


@vocabulary_group.command("show")
@click.argument("term")
def show_command(term: str) -> None:
    """Show the entries that have TERM, and what else a question with it is answered by."""
    present = _service().present().vocabulary
    table = Table(*list(COLUMNS.values())[:4], "年份", "说明")
    for entry in present.entries:
        if term in entry.term or term in entry.other:
            table.add_row(
                entry.term,
                entry.other,
                RELATIONS[entry.relation],
                KINDS[entry.kind],
                f"{_span(entry.term_years)} → {_span(entry.other_years)}",
                entry.note,
            )
    Console().print(table)
    forms = present.thesaurus().variants(term)
    click.echo(f"检索“{term}”时一并检索：{'、'.join(forms) or '（无）'}")


@vocabulary_group.command("versions")
def versions_command() -> None:
    """List every version: when, by whom, why."""
    table = Table("版本", "时间", "操作人", "增", "减", "理由")
    for row in _service().versions():
        table.add_row(
            str(row.number),
            f"{row.made_at.astimezone(CHINA):%Y-%m-%d %H:%M}",
            row.made_by,
            str(row.added),
            str(row.removed),
            row.reason + (f"（退回第 {row.restores} 版）" if row.restores else ""),
        )
    Console().print(table)


@vocabulary_group.command("restore")
@click.argument("version", type=_VERSION)
@click.option("--reason", required=True, help="Why, for those who come later.")
def restore_command(version: int, reason: str) -> None:
    """Go back to VERSION; that is a new version."""
    try:
        number = _service().restore(version, reason=reason, by=_operator())
    except VocabularyRefusedError as error:
        raise click.UsageError(message(error, "zh")) from error
    click.echo(f"已退回第 {version} 版，成为第 {number} 版。")


def _service() -> VocabularyService:
    return open_room(RoomSettings.from_env()).vocabulary


def _span(years: Years) -> str:
    return f"{years.first or ''}–{years.last or ''}" if years.first or years.last else "不限"


def _operator() -> str:
    return f"command:{getpass.getuser()}"

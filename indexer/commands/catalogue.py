"""``query-room catalogue preview | profiles | export | import | retire``."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from indexer.catalogue.profiles import profile_from_text
from indexer.commands.catalogue_account import print_account
from indexer.commands.wiring import open_archive
from indexer.commands.words import FIELDS, ROW_PROBLEMS, china_time
from indexer.database import reading, writing
from indexer.importing.plan import profile_named
from indexer.importing.previewing import preview
from indexer.importing.profiles import kept_profiles, retire_profile, save_profile
from indexer.repositories import catalogue_profiles

if TYPE_CHECKING:
    from indexer.catalogue.manifest import SheetRead

SHOWN: Final = 20
_console = Console()


@click.group("catalogue")
def catalogue_group() -> None:
    """Look at catalogues and keep how they are read."""


@catalogue_group.command("preview")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--folder", type=click.Path(path_type=Path), help="Join it with this folder.")
@click.option("--profile", help="How it is read; that of its form unless given.")
def preview_command(file: Path, folder: Path | None, profile: str | None) -> None:
    """Say how FILE would be read and joined; nothing is written."""
    archive = open_archive()
    with reading(archive.engine) as connection:
        profiles = kept_profiles(connection)
    wanted = profile_named(profile, profiles) if profile else None
    shown = preview(file, folder, archive.settings, profiles, profile=wanted)
    for sheet in shown.catalogue.sheets:
        _console.print(_columns(sheet))
    print_account(_console, shown.account)
    for bad in shown.bad_rows[:SHOWN]:
        place = f"{bad.sheet} 第 {bad.number} 行".lstrip()
        problem = ROW_PROBLEMS.get(bad.problem, bad.problem)
        _console.print(f"{place}：{problem} {bad.value}".rstrip(), markup=False)
    if len(shown.bad_rows) > SHOWN:
        _console.print(f"另有 {len(shown.bad_rows) - SHOWN} 行有误")
    if shown.has_folder:
        _console.print(f"目录未列的文件 {len(shown.unlisted)} 个")
        for path in shown.unlisted[:SHOWN]:
            _console.print(path, markup=False)


@catalogue_group.command("profiles")
def profiles_command() -> None:
    """List the profiles in force and who settled them."""
    with reading(open_archive().engine) as connection:
        rows = [row for row in catalogue_profiles.latest(connection) if not row.is_retired]
    table = Table("名称", "版本", "栏数", "保存人", "保存时间")
    for row in rows:
        columns = str(len(row.body["signature"]))
        table.add_row(
            Text(row.name), str(row.version), columns, Text(row.saved_by), china_time(row.saved_at)
        )
    _console.print(table)


@catalogue_group.command("export")
@click.argument("name")
def export_command(name: str) -> None:
    """Write the profile NAME as JSON to standard output."""
    with reading(open_archive().engine) as connection:
        found = profile_named(name, kept_profiles(connection))
    click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=2))


@catalogue_group.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def import_command(file: Path) -> None:
    """Keep the profile in FILE, in force from now on."""
    profile = profile_from_text(file.read_text("utf-8", errors="replace"))
    with writing(open_archive().engine) as connection:
        saved = save_profile(connection, profile, by=getpass.getuser())
    _console.print(f"已保存配置“{saved.name}”第 {saved.version} 版", markup=False)


@catalogue_group.command("retire")
@click.argument("name")
def retire_command(name: str) -> None:
    """Use the profile NAME no longer; its versions stay."""
    with writing(open_archive().engine) as connection:
        retire_profile(connection, name, by=getpass.getuser())
    _console.print(f"配置“{name}”已停用", markup=False)


def _columns(sheet: SheetRead) -> Table:
    table = Table("栏", "读作", "样例", title=Text(sheet.name) if sheet.name else None)
    for column in sheet.columns:
        meaning = FIELDS.get(column.field, column.field) if column.field else "未使用"
        table.add_row(Text(column.text), meaning, Text("；".join(column.samples)))
    return table

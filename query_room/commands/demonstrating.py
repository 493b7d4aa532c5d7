"""``query-room demo``: a sample archive, imported and served."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

import click
from rich.console import Console

from indexer.commands.batch_report import print_report
from indexer.commands.importing import import_with_progress
from indexer.commands.wiring import Archive
from indexer.database import reading
from indexer.importing.pipeline import BatchRequest
from indexer.repositories import batches
from indexer.repositories.batches import BatchState
from query_room.demo.archive import write_sample_archive
from query_room.demo.people import PASSWORD, PEOPLE, add_organ, add_people
from query_room.demo.vocabulary import add_vocabulary
from query_room.opening import open_room
from query_room.serve import serve
from query_room.settings import RoomSettings

if TYPE_CHECKING:
    from query_room.room import Room

SOURCE = "sample-archive"
_console = Console()


@click.command("demo")
@click.option("--no-serve", is_flag=True, help="Only write and import the sample archive.")
def demo_command(no_serve: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Write a sample archive, import it once, and serve it."""
    room = open_room(RoomSettings.from_env())
    if not _is_imported(room):
        _import(room)
        add_vocabulary(room.vocabulary)
        add_people(room.accounts)
        add_organ(room.organs)
    if no_serve:
        return
    settings = room.settings
    address = f"http://{settings.host}:{settings.port}"
    _console.print(f"\n[bold]政府信息公开查询室[/bold]　{address}")
    for person in PEOPLE:
        _console.print(f"　{person.display_name}　用户名 {person.name}　密码 {PASSWORD}")
    _console.print(f"接口说明　{address}/api/v1/openapi/　　按 Ctrl+C 停止\n")
    serve(room)


def _is_imported(room: Room) -> bool:
    with reading(room.engine) as connection:
        return any(
            batch.source_name == SOURCE and batch.state is BatchState.FINISHED
            for batch in batches.list_all(connection)
        )


def _import(room: Room) -> None:
    # Beside the data folder, as an archivist's disk would be: nothing is imported from within it.
    data = room.settings.indexer.data
    folder = data.with_name(f"{data.name}-sample-archive")
    _console.print("正在编写样例档案……")
    catalogue = write_sample_archive(folder)
    report = import_with_progress(
        Archive(settings=room.settings.indexer, engine=room.engine),
        BatchRequest(
            folder=folder,
            manifest=catalogue,
            source_name=SOURCE,
            started_by=getpass.getuser(),
        ),
    )
    print_report(_console, report)

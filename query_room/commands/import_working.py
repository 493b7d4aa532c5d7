"""``query-room import-worker``: the one process that works off what the pages order."""

from __future__ import annotations

import click

from indexer.commands.wiring import open_archive
from indexer.indexing.supervision import stop_on_signals, stop_with_parent
from indexer.ordering.life import run_importer
from query_room.archive.undoing import note_undone


@click.command("import-worker")
@click.option("--parent", type=int, help="End when this process does.")
def import_worker_command(parent: int | None) -> None:
    """Import and undo what the pages order, and follow folders; `serve` starts one by itself."""
    archive = open_archive()
    stop = stop_on_signals()
    if parent is not None:
        stop_with_parent(stop, parent)
    run_importer(archive.engine, archive.settings, stop, note_undone)

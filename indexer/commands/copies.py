"""``query-room copies``: compare what is still to be compared."""

from __future__ import annotations

import click
from rich.console import Console

from indexer.commands.wiring import open_archive
from indexer.database import reading
from indexer.indexing.copy_search import CopySearch
from indexer.repositories import copies

_console = Console()


@click.command("copies")
def copies_command() -> None:
    """Find files with the same or nearly the same text; a worker does so by itself when idle."""
    archive = open_archive()
    with _console.status("") as shown:
        search = CopySearch(archive.engine, archive.settings)
        search.run(lambda left: shown.update(f"尚待比对 {left} 份文本"))
    with reading(archive.engine) as connection:
        found = copies.count_kinds(connection)
    _console.print(
        f"文本比对完毕：文本相同 {found.same_text} 对，文本近乎相同 {found.nearly_same} 对。"
    )

"""``query-room recognize``: scans to text."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import click
import structlog
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from indexer.commands.waiting import duration, waiting_line
from indexer.commands.wiring import open_archive
from indexer.database import writing
from indexer.errors import QueryRoomError
from indexer.importing.recognizing import backlog, recognize
from indexer.indexing.catching_up import catch_up
from indexer.indexing.supervision import stop_on_signals, stop_with_parent
from indexer.repositories import recognition

if TYPE_CHECKING:
    import threading

    from indexer.commands.wiring import Archive
    from indexer.repositories.recognition import Backlog

POLL_S: Final = 5.0
"""How long a page may wait before an idle recogniser sees it."""

_INDEX_EVERY_S: Final = 60.0
_BACK_OFF_S: Final = 30.0
_console = Console()
_log = structlog.get_logger(__name__)


@click.command("recognize")
@click.option("--again", is_flag=True, help="Try once more the pages that were given up.")
@click.option("--parent", type=int, help="Go on for ever, and end when this process does.")
@click.pass_context
def recognize_command(
    context: click.Context,
    again: bool,  # noqa: FBT001 - click passes flags by name
    parent: int | None,
) -> None:
    """Recognise the text of scans that wait for it; `serve` does so by itself."""
    archive = open_archive()
    stop = stop_on_signals()
    if parent is not None:
        stop_with_parent(stop, parent)
        _keep_recognizing(archive, stop)
        return
    if again:
        with writing(archive.engine) as connection:
            pages = recognition.ask_again(connection)
        _console.print(f"{pages} 页将再次识别。")
    with _bar() as bar:
        _work_off(archive, stop, bar)
    catch_up(archive.engine, archive.settings)
    left = backlog(archive.engine)
    _console.print(waiting_line(left))
    if left.given_up:
        context.exit(1)


def _work_off(archive: Archive, stop: threading.Event, bar: Progress) -> None:
    task = bar.add_task("", total=None, left="")
    indexed_at = time.monotonic()
    most = 0

    def show(left: Backlog) -> None:
        nonlocal indexed_at, most
        most = max(most, left.pages)
        how_long = f"约剩 {duration(left.seconds_left)}" if left.pages else ""
        bar.update(task, completed=most - left.pages, total=most, left=how_long)
        if time.monotonic() - indexed_at > _INDEX_EVERY_S:
            catch_up(archive.engine, archive.settings)
            indexed_at = time.monotonic()

    recognize(archive.engine, archive.settings, stop, show)


def _keep_recognizing(archive: Archive, stop: threading.Event) -> None:
    """Work off whatever comes, until told to stop."""
    while not stop.is_set():
        pause = POLL_S
        try:
            if backlog(archive.engine).pages:
                recognize(archive.engine, archive.settings, stop)
        except QueryRoomError as error:
            # A full disk or a lost database: say so, keep what there is, try again.
            _log.exception("recognition_failed", code=error.code)
            pause = _BACK_OFF_S
        stop.wait(pause)


def _bar() -> Progress:
    return Progress(
        TextColumn("识别"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("页 {task.fields[left]}"),
        console=_console,
    )

"""``query-room worker``: the one process that writes the index and seals the log."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import click
import structlog

from indexer.commands.wiring import open_archive
from indexer.indexing.supervision import run_worker, stop_on_signals, stop_with_parent
from search_api.log import seal
from search_api.rehearsing import Rehearsals, load_rehearsal

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.commands.wiring import Archive
    from indexer.indexing.worker import Look
    from indexer.repositories.generations import GenerationRow

_WORST: Final = 5
_log = structlog.get_logger(__name__)

SEAL_EVERY_S: Final = 10.0
"""How long an event may stand in the log before a seal vouches for it."""


@click.command("worker")
@click.option("--parent", type=int, help="End when this process does.")
def worker_command(parent: int | None) -> None:
    """Write the index as changes come in; `serve` starts one by itself."""
    archive = open_archive()
    stop = stop_on_signals()
    if parent is not None:
        stop_with_parent(stop, parent)
    run_worker(
        archive.engine,
        archive.settings,
        stop,
        _Sealing(archive.engine).run_if_due,
        look=_comparing(archive),
    )


def _comparing(archive: Archive) -> Look:
    """What compares generations and says so in the log of the program: nobody sits before it."""
    compare = Rehearsals(engine=archive.engine, settings=archive.settings)

    def look(former: GenerationRow, following: GenerationRow) -> None:
        compare(former, following)
        made = load_rehearsal(archive.engine, following.number)
        if made is not None:
            _log.info(
                "generations_compared",
                former=made.former,
                following=made.following,
                compared=made.compared,
                unchanged=made.unchanged,
                worst=[each.search_id for each in made.searches[:_WORST]],
            )

    return look


class _Sealing:
    """Seals the log now and then."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._due = 0.0

    def run_if_due(self) -> None:
        """Seal what is unsealed, if the last seal is long enough ago."""
        now = time.monotonic()
        if now >= self._due:
            seal(self._engine)
            self._due = now + SEAL_EVERY_S

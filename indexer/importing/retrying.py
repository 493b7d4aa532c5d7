"""Files that failed, given another chance: a newer version reads what an older one refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import writing
from indexer.importing.lock import import_lock
from indexer.repositories import failures

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.extraction import Reason
    from indexer.settings import IndexerSettings


def retry(engine: Engine, settings: IndexerSettings, reason: Reason) -> int:
    """Let the next batch over their folders read the files that failed for ``reason``.

    What is quarantined is no failure and needs a clearance.

    Args:
        engine: The database.
        settings: Of the archive.
        reason: Why they gave no text.

    Returns:
        How many files it are.

    Raises:
        ImportRefusedError: An import runs: it would not know.
    """
    with import_lock(settings.data), writing(engine) as connection:
        return failures.try_again(connection, reason)

"""Files given another chance: a newer version reads what an older one refused, or read worse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import writing
from indexer.extraction.registry import NAMES
from indexer.importing.lock import import_lock
from indexer.repositories import failures

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.extraction import Reason
    from indexer.settings import IndexerSettings


def read_outdated_again(engine: Engine, settings: IndexerSettings) -> int:
    """Let the next batch over their folders read what older versions of the extractors read.

    The text that is there stays until the new one is: what cannot be read now stays as it was.

    Returns:
        How many files it are.

    Raises:
        ImportRefusedError: An import runs: it would not know.
    """
    families = {_family(name) for name in NAMES}
    with import_lock(settings.data), writing(engine) as connection:
        outdated = [
            name
            for name in failures.extractors_used(connection)
            if name not in NAMES and _family(name) in families
        ]
        return failures.read_again(connection, outdated)


def _family(extractor: str) -> str:
    return extractor.rpartition("/")[0]


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

"""Settings and database for a command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.database import open_database
from indexer.settings import IndexerSettings

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass(frozen=True, slots=True)
class Archive:
    """What every command of the archive works on. The database is already migrated."""

    settings: IndexerSettings
    engine: Engine


def open_archive() -> Archive:
    """The archive that the environment names.

    Raises:
        SettingsError: A variable cannot be used.
    """
    settings = IndexerSettings.from_env()
    return Archive(settings=settings, engine=open_database(settings.database_url))

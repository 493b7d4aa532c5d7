"""An empty shelf for every test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.database import open_database
from indexer.settings import IndexerSettings
from tests.indexer.importing.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine


def settings_in(folder: Path, url: str) -> IndexerSettings:
    """One process is enough for a few files."""
    return IndexerSettings(
        data=folder / "data", database_url=url, processes=1, extraction_timeout_s=20
    )


@pytest.fixture
def shelf(tmp_path: Path, sqlite_url: str) -> Iterator[Shelf]:
    """A shelf whose archive is in SQLite; statements are tried on both databases elsewhere."""
    engine = open_database(sqlite_url)
    settings = settings_in(tmp_path, sqlite_url)
    yield Shelf(folder=tmp_path / "papers", engine=engine, settings=settings)
    engine.dispose()


@pytest.fixture
def shelf_anywhere(tmp_path: Path, database: Engine, database_url: str) -> Shelf:
    """A shelf on each kind of database."""
    return Shelf(
        folder=tmp_path / "papers", engine=database, settings=settings_in(tmp_path, database_url)
    )

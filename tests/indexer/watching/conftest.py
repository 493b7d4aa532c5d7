"""A shelf that is followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.database import open_database
from tests.indexer.importing.conftest import settings_in
from tests.indexer.importing.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shelf(tmp_path: Path, sqlite_url: str) -> Iterator[Shelf]:
    """A shelf whose archive is in SQLite."""
    engine = open_database(sqlite_url)
    folder = tmp_path.resolve() / "papers"
    yield Shelf(folder=folder, engine=engine, settings=settings_in(tmp_path, sqlite_url))
    engine.dispose()

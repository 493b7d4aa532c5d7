"""A shelf that is followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.database import migrate, open_database
from tests.indexer.importing.conftest import settings_in
from tests.indexer.importing.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """A shelf whose archive is in SQLite."""
    url = f"sqlite:///{tmp_path / 'query_room.db'}"
    engine = open_database(url)
    migrate(engine, "indexer")
    folder = tmp_path.resolve() / "papers"
    yield Shelf(folder=folder, engine=engine, settings=settings_in(tmp_path, url))
    engine.dispose()

"""An archive to be damaged."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from indexer.database import open_database
from tests.fixtures.archive import SmallArchive, settings_in
from tests.indexer.damage import filled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def filled_once(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three records, imported and indexed: database and data folder, to be copied."""
    folder = tmp_path_factory.mktemp("filled")
    filled(migrated_sqlite, folder).engine.dispose()
    return folder


@pytest.fixture
def house(filled_once: Path, tmp_path: Path) -> Iterator[SmallArchive]:
    """The same in a folder of its own; what is imported into it is another source."""
    shutil.copytree(filled_once, tmp_path, dirs_exist_ok=True)
    url = f"sqlite:///{tmp_path / 'query_room.db'}"
    archive = SmallArchive(
        folder=tmp_path / "papers", engine=open_database(url), settings=settings_in(tmp_path, url)
    )
    yield archive
    archive.engine.dispose()

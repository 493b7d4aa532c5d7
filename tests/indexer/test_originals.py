from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from indexer.database import writing
from indexer.errors import StorageError
from indexer.originals import locate
from indexer.repositories import files
from indexer.storage.names import key_of
from indexer.storage.originals import FolderOriginalStore, hash_file
from tests.indexer.repositories.conftest import begin

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine


@pytest.mark.parametrize("name", ["低保.txt", os.fsdecode("低保.txt".encode("gb18030"))])
def test_an_original_in_place_is_found_while_it_is_what_was_archived(
    database: Engine, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text("防汛", encoding="utf-8")
    file_hash = hash_file(path)
    store = FolderOriginalStore(tmp_path / "originals")
    number = begin(database).number
    with writing(database) as connection:
        with pytest.raises(StorageError):
            locate(connection, store, file_hash)
        files.store_contents(connection, number, {file_hash: (6, key_of(path))})
        assert locate(connection, store, file_hash) == path
        path.write_text("别的", encoding="utf-8")
        with pytest.raises(StorageError, match="unchanged in place"):
            locate(connection, store, file_hash)
        path.write_text("防汛", encoding="utf-8")
        store.add(path)
        path.unlink()
        assert locate(connection, store, file_hash) == store.path(file_hash)

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.database import reading
from indexer.errors import ImportRefusedError
from indexer.importing.clearances import clear
from indexer.records import FileHash
from indexer.repositories import clearances

if TYPE_CHECKING:
    from tests.indexer.importing.shelf import Shelf


def hash_of(shelf: Shelf, path: str) -> FileHash:
    file_hash = shelf.paths()[path].file_hash
    assert file_hash is not None
    return file_hash


def test_only_a_marked_file_is_cleared_and_only_with_a_ground(shelf: Shelf) -> None:
    shelf.put("marked.txt", "机密★10年\n内容")
    shelf.put("plain.txt", "内容")
    shelf.put("secret.txt", "密件内容")
    shelf.describe(id="1", title="密件", 密级="秘密", file="secret.txt")
    shelf.run()
    for file_hash, message in (
        (hash_of(shelf, "plain.txt"), "no quarantined file"),
        (FileHash("0" * 64), "no quarantined file"),
        (hash_of(shelf, "secret.txt"), "mend the catalogue"),
    ):
        with pytest.raises(ImportRefusedError, match=message):
            clear(shelf.engine, file_hash, ground="已解密", by="审查员")
    marked = hash_of(shelf, "marked.txt")
    with pytest.raises(ImportRefusedError, match="ground"):
        clear(shelf.engine, marked, ground=" ", by="审查员")
    clear(shelf.engine, marked, ground="已解密", by="审查员")
    with reading(shelf.engine) as connection:
        assert clearances.cleared(connection) == {marked}

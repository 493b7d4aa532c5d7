"""Where an original's bytes are: in the store, or in place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import StorageError
from indexer.repositories import files
from indexer.storage.names import locate as locate_key
from indexer.storage.originals import hash_file

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from indexer.records import FileHash
    from indexer.storage import OriginalStore


def locate(connection: Connection, store: OriginalStore, file_hash: FileHash) -> Path:
    """The path of an original.

    Raises:
        StorageError: It is neither in the store nor where it was left.
    """
    if store.has(file_hash):
        return store.path(file_hash)
    content = files.contents(connection, [file_hash]).get(file_hash)
    if content is not None and content.in_place:
        # Outside our care: whatever stands there now is given out only if it is what was archived.
        path = locate_key(Path("/"), content.in_place)
        if path.is_file() and hash_file(path) == file_hash:
            return path
    raise StorageError(f"{file_hash} is neither stored nor unchanged in place")

"""Archived bytes in a folder, each under its own SHA-256."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from indexer.errors import SourceUnreadableError, StorageError
from indexer.records import FileHash
from indexer.storage.atomic import in_folders, keep, partial_file, sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_BLOCK: Final = 1 << 20
_READ_ONLY: Final = 0o440
_HEX: Final = 64


class FolderOriginalStore:
    """An :class:`~indexer.storage.OriginalStore` on a folder.

    Layout: ``ab/<hash>``, read-only.

    Args:
        root: The folder.
        in_place: Where an original that was not copied stands, or ``None`` where it was. Such a
            file is outside our care: it is given out only while it still has its hash.
    """

    def __init__(
        self, root: Path, in_place: Callable[[FileHash], Path | None] | None = None
    ) -> None:
        self._root = root
        self._in_place = in_place

    def add(self, path: Path) -> FileHash:
        """Copy a file in; see the port."""
        with partial_file(self._incoming) as copy:
            digest = hashlib.sha256()
            for block in blocks_of(path):
                digest.update(block)
                copy.write(block)
            file_hash = FileHash(digest.hexdigest())
            if not self.has(file_hash):
                keep(copy, self._place(file_hash), _READ_ONLY)
        return file_hash

    def path(self, file_hash: FileHash) -> Path:
        """Where the bytes are; see the port."""
        place = self._place(file_hash)
        if place.is_file():
            return place
        outside = self._in_place(file_hash) if self._in_place else None
        if outside is None:
            raise StorageError(f"{file_hash} is not among the originals")
        if hash_file(outside) != file_hash:
            raise StorageError(f"{outside.name} has changed since it was archived in place")
        return outside

    def has(self, file_hash: FileHash) -> bool:
        """Whether its bytes were copied into the store."""
        return self._place(file_hash).is_file()

    def remove(self, file_hash: FileHash) -> None:
        """Forget it; see the port."""
        self._place(file_hash).unlink(missing_ok=True)

    def hashes(self) -> Iterator[FileHash]:
        """Every hash in the store; see the port."""
        for place in in_folders(self._root, "*"):
            if len(place.name) == _HEX:
                yield FileHash(place.name)

    def sweep(self) -> None:
        """Clear away what a killed process left half-copied; only while nobody copies."""
        sweep(self._incoming)

    @property
    def _incoming(self) -> Path:
        return self._root / "incoming"

    def _place(self, file_hash: FileHash) -> Path:
        return self._root / file_hash[:2] / file_hash


def hash_file(path: Path) -> FileHash:
    """SHA-256 of a file that is left where it is.

    Raises:
        SourceUnreadableError: It cannot be read.
    """
    digest = hashlib.sha256()
    for block in blocks_of(path):
        digest.update(block)
    return FileHash(digest.hexdigest())


def blocks_of(path: Path) -> Iterator[bytes]:
    """What a file holds.

    Raises:
        SourceUnreadableError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block
    except OSError as error:
        raise SourceUnreadableError(f"{error.strerror}: {path.name}") from error

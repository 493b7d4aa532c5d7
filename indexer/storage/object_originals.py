"""Originals in a bucket that several hosts share, each under its own SHA-256.

Programs read files by their path, so an original lies on this host while it is in use: fetched,
held against its hash, and gone some minutes after it was last asked for.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
import time
from typing import TYPE_CHECKING, Final

from indexer.errors import StorageError
from indexer.records import FileHash
from indexer.storage.atomic import in_folders, keep, partial_file, sweep
from indexer.storage.objects import ObjectMissingError
from indexer.storage.originals import blocks_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from indexer.storage.objects import ObjectStore

_BLOCK: Final = 1 << 20
_READ_ONLY: Final = 0o440
_HASH: Final = 64
_FOLDER: Final = "originals"

KEPT_S: Final = 600.0
"""How long a file stays here after it was last asked for."""

_LOOKED_EVERY_S: Final = 10.0

_IN_USE_S: Final = 60.0
"""Within this time whoever asked for a file opens it: until then it goes for no want of room."""


class ObjectOriginalStore:
    """An :class:`~indexer.storage.OriginalStore` in a bucket.

    Args:
        objects: The bucket.
        scratch: Folder of this host where files lie while they are in use.
        scratch_bytes: How much of them may lie there.
    """

    def __init__(self, objects: ObjectStore, scratch: Path, scratch_bytes: int) -> None:
        self._objects = objects
        self._scratch = scratch
        self._scratch_bytes = scratch_bytes
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._looked_at = -_LOOKED_EVERY_S

    def add(self, path: Path) -> FileHash:
        """Copy a file in; see the port."""
        with partial_file(self._incoming) as copy:
            digest = hashlib.sha256()
            size = 0
            for block in blocks_of(path):
                digest.update(block)
                size += len(block)
                copy.write(block)
            copy.flush()
            file_hash = FileHash(digest.hexdigest())
            if self._objects.size(_key(file_hash)) != size:
                self._objects.put_file(_key(file_hash), copy, size)
            # It is read next, as a rule.
            keep(copy, self._place(file_hash), _READ_ONLY)
        self._make_room_if_due()
        return file_hash

    def path(self, file_hash: FileHash) -> Path:
        """Where the bytes are; see the port."""
        if not self.has(file_hash):
            self._place(file_hash).unlink(missing_ok=True)
            raise StorageError(f"{file_hash} is not among the originals")
        place = self._place(file_hash)
        try:
            os.utime(place)
        except OSError:
            self._fetch(file_hash)
        return place

    def has(self, file_hash: FileHash) -> bool:
        """Whether its bytes were copied into the store."""
        return self._objects.size(_key(file_hash)) is not None

    def remove(self, file_hash: FileHash) -> None:
        """Forget it; see the port."""
        self._objects.delete(_key(file_hash))
        self._place(file_hash).unlink(missing_ok=True)

    def hashes(self) -> Iterator[FileHash]:
        """Every hash in the store; see the port."""
        for key in self._objects.keys(f"{_FOLDER}/"):
            file_hash = FileHash(key.rpartition("/")[2])
            if len(file_hash) == _HASH and key == _key(file_hash):
                yield file_hash

    def sweep(self) -> None:
        """Clear away what a killed process left half-copied; only while nobody copies."""
        sweep(self._incoming)
        self._make_room()

    @property
    def _incoming(self) -> Path:
        return self._scratch / "incoming"

    def _place(self, file_hash: FileHash) -> Path:
        return self._scratch / file_hash[:2] / file_hash

    def _fetch(self, file_hash: FileHash) -> None:
        with partial_file(self._incoming) as copy:
            digest = hashlib.sha256()
            try:
                for block in self._objects.blocks(_key(file_hash), _BLOCK):
                    digest.update(block)
                    copy.write(block)
            except ObjectMissingError as error:
                raise StorageError(f"{file_hash} is not among the originals") from error
            if digest.hexdigest() != file_hash:
                raise StorageError(f"{file_hash} is damaged among the originals")
            keep(copy, self._place(file_hash), _READ_ONLY)
        self._make_room_if_due()

    def _make_room_if_due(self) -> None:
        """An import brings many files a second, and looking takes as long as there are files."""
        if time.monotonic() - self._looked_at >= _LOOKED_EVERY_S:
            self._make_room()

    def _make_room(self) -> None:
        """Take away what was not asked for of late, and see that somebody does so again."""
        self._looked_at = time.monotonic()
        now = time.time()
        lying: list[tuple[float, int, Path]] = []
        for path in in_folders(self._scratch, "*"):
            with contextlib.suppress(OSError):  # gone in this moment
                about = path.stat()
                lying.append((about.st_mtime, about.st_size, path))
        size = sum(each for _, each, _ in lying)
        left = False
        for asked_at, bytes_, path in sorted(lying):
            idle = now - asked_at
            if idle > KEPT_S or (size > self._scratch_bytes and idle > _IN_USE_S):
                with contextlib.suppress(OSError):
                    if path.stat().st_mtime == asked_at:  # nobody asked for it just now
                        path.unlink()
                size -= bytes_
            else:
                left = True
        if left:
            self._come_back()

    def _when_idle(self) -> None:
        with self._lock:
            self._timer = None
        self._make_room()

    def _come_back(self) -> None:
        with self._lock:
            if self._timer is None:
                self._timer = threading.Timer(KEPT_S, self._when_idle)
                self._timer.daemon = True
                self._timer.start()


def _key(file_hash: FileHash) -> str:
    return f"{_FOLDER}/{file_hash[:2]}/{file_hash}"

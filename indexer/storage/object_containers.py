"""Containers in a bucket that several hosts share."""

from __future__ import annotations

import os
import stat
import threading
import time
from collections import OrderedDict
from concurrent.futures import wait
from contextlib import suppress
from functools import partial
from typing import IO, TYPE_CHECKING, Final, cast

from indexer.errors import StorageError
from indexer.storage.containers import entry_of, name_of
from indexer.storage.objects import CONNECTIONS, ObjectFile, ObjectMissingError
from indexer.threads import KeptThreads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from indexer.records import FileHash
    from indexer.storage.objects import ObjectStore, Part

TAIL_BYTES: Final = 64 << 10
"""Read first: most texts are no longer, and of longer ones the table is in it."""

AHEAD_BYTES: Final = 256 << 10

_KEPT_S: Final = 30.0
"""How long the end of a container is taken for what it was: another host may have put another."""

_KEPT_BYTES: Final = 32 << 20
_THREADS: Final = KeptThreads("ahead", CONNECTIONS)
_HASH: Final = 64


class ObjectContainers:
    """:class:`~indexer.storage.containers.Containers` in a bucket.

    A page of text costs one request, or two where its text is long. The ends of containers are kept
    in memory for half a minute: an answer reads several pages of the same texts. They are on no
    disk, and whoever asks for one has been found to have the right to it before.

    Args:
        objects: The bucket.
        folder: What their keys begin with.
        suffix: What they end with.
    """

    def __init__(self, objects: ObjectStore, folder: str, suffix: str) -> None:
        self._objects = objects
        self._folder = folder
        self._suffix = suffix
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[float, Part]] = OrderedDict()
        self._kept_bytes = 0

    def put(self, file_hash: FileHash, extractor: str, content: bytes) -> None:
        """Keep one; see the protocol."""
        key = self._key(file_hash, extractor)
        self._objects.put(key, content)
        self._forget(key)

    def open(self, file_hash: FileHash, extractor: str) -> IO[bytes]:
        """One of them; see the protocol."""
        key = self._key(file_hash, extractor)
        file = ObjectFile(self._objects, key, self._tail(key), AHEAD_BYTES)
        return cast("IO[bytes]", file)

    def expect(self, wanted: Iterable[tuple[FileHash, str]]) -> None:
        """Fetch their ends at the same time, and keep them; see the protocol."""
        fetched = [_THREADS.submit(partial(self._tail, self._key(*each))) for each in wanted]
        wait(fetched)
        for each in fetched:
            with suppress(ObjectMissingError):
                each.result()

    def adopt(self, path: Path, file_hash: FileHash, extractor: str) -> bool:
        """Take one in from a folder; see the protocol."""
        try:
            status = path.lstat()
            if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
                return False
            with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
                content = file.read()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise StorageError(f"cannot read in {path.parent}: {error.strerror}") from error
        self.put(file_hash, extractor, content)
        path.unlink(missing_ok=True)
        return True

    def remove(self, file_hash: FileHash, extractor: str | None = None) -> None:
        """Forget one or all of a file; see the protocol."""
        if extractor is not None:
            self._remove(self._key(file_hash, extractor))
            return
        for key in self._objects.keys(f"{self._folder}/{file_hash[:2]}/{file_hash}."):
            if key.endswith(self._suffix):
                self._remove(key)

    def entries(self) -> Iterator[tuple[FileHash, str]]:
        """The names of all; see the protocol."""
        for key in self._objects.keys(f"{self._folder}/"):
            entry = entry_of(key.rpartition("/")[2], self._suffix)
            if len(entry[0]) == _HASH and key == self._key(*entry):
                yield entry

    def sweep(self) -> None:
        """Nothing: an object is there whole or not at all."""

    def _key(self, file_hash: FileHash, extractor: str) -> str:
        name = name_of(file_hash, extractor, self._suffix)
        return f"{self._folder}/{file_hash[:2]}/{name}"

    def _remove(self, key: str) -> None:
        self._objects.delete(key)
        self._forget(key)

    def _tail(self, key: str) -> Part:
        with self._lock:
            if key in self._kept:
                at, part = self._kept[key]
                if time.monotonic() - at < _KEPT_S:
                    return part
        part = self._objects.tail(key, TAIL_BYTES)
        with self._lock:
            self._drop(key)
            self._kept[key] = time.monotonic(), part
            self._kept_bytes += len(part.content)
            while self._kept_bytes > _KEPT_BYTES:
                self._drop(next(iter(self._kept)))
        return part

    def _forget(self, key: str) -> None:
        with self._lock:
            self._drop(key)

    def _drop(self, key: str) -> None:
        if key in self._kept:
            _, part = self._kept.pop(key)
            self._kept_bytes -= len(part.content)

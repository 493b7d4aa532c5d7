"""Pictures of pages that were drawn, kept for the next reader as long as there is room.

Nothing here is needed: whatever is missing is drawn again. So it is no part of a backup, a damaged
file is no loss, and what was not looked at for longest makes room.
"""

from __future__ import annotations

import contextlib
import os
import threading
import zlib
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from indexer.errors import StorageError
from indexer.storage.atomic import sweep, write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.records import FileHash

_SUFFIX: Final = ".page"
_CHECK: Final = 4
# Room is made in larger steps, so that not every picture looks through the folder.
_KEPT_SHARE: Final = 0.9


class FolderPictureStore:
    """Pictures in a folder: ``ab/<hash>.<page>.<maker>.page``, its checksum first.

    Safe in a program with threads, and beside other programs on the same folder.

    Args:
        root: The folder.
        max_bytes: How much may lie in it; 0 keeps none.
    """

    def __init__(self, root: Path, max_bytes: int) -> None:
        self._root = root
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._size: int | None = None  # as far as this program knows

    def get(self, file_hash: FileHash, page: int, maker: str) -> bytes | None:
        """A picture as it was put, or ``None`` where it is not there (any more)."""
        path = self._path(file_hash, page, maker)
        try:
            content = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        body = content[_CHECK:]
        return body if zlib.crc32(body).to_bytes(_CHECK) == content[:_CHECK] else None

    def put(self, file_hash: FileHash, page: int, maker: str, content: bytes) -> None:
        """Keep a picture, if there is room and the folder takes it.

        Args:
            file_hash: Its file.
            page: Of the file.
            maker: Which versions of what made it.
            content: Whatever :meth:`get` is to give.
        """
        if len(content) > self._max_bytes:
            return
        checked = zlib.crc32(content).to_bytes(_CHECK) + content
        path = self._path(file_hash, page, maker)
        # A full disk costs the picture and nothing else.
        with contextlib.suppress(StorageError):
            write_atomically(path, checked, incoming=self._incoming)
            self._make_room(len(checked))

    def remove(self, file_hash: FileHash) -> None:
        """Forget every picture of a file; absent is no error."""
        for path in (self._root / file_hash[:2]).glob(f"{file_hash}.*{_SUFFIX}"):
            path.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Clear away what a killed process left half-written; whoever still writes draws again."""
        sweep(self._incoming)

    @property
    def _incoming(self) -> Path:
        return self._root / "incoming"

    def _path(self, file_hash: FileHash, page: int, maker: str) -> Path:
        name = f"{file_hash}.{page}.{quote(maker, safe='')}{_SUFFIX}"
        return self._root / file_hash[:2] / name

    def _make_room(self, added: int) -> None:
        with self._lock:
            if self._size is not None:
                self._size += added
                if self._size <= self._max_bytes:
                    return
            kept: list[tuple[int, int, Path]] = []
            for path in self._root.glob(f"??/*{_SUFFIX}"):
                with contextlib.suppress(OSError):  # gone in this moment
                    about = path.stat()
                    kept.append((about.st_mtime_ns, about.st_size, path))
            self._size = sum(size for _, size, _ in kept)
            if self._size <= self._max_bytes:
                return
            for _, size, path in sorted(kept):
                if self._size <= self._max_bytes * _KEPT_SHARE:
                    return
                path.unlink(missing_ok=True)
                self._size -= size

"""The desk of an extraction process: the one file it may read and the one place it may write.

The file is laid there by a link or a copy, so that the process needs no right to any other; the
text that it leaves is taken into the store by the program that runs the pool, under the name that
this program expects. A process that was broken into can spoil the text of its own file, no more.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, Self

from indexer.confinement import Fence, Work
from indexer.errors import StorageError, StorageFullError
from indexer.storage.atomic import PARTIAL
from indexer.storage.text_store import FolderTextStore

if TYPE_CHECKING:
    from indexer.records import FileHash
    from indexer.storage import TextStore

_NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


class Desk:
    """A folder with what is laid out and what comes of it.

    Args:
        root: The folder, with its two parts in it.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self.file = root / "in" / "file"
        """The file that is being read."""
        self.results = root / "out"
        """Where texts are left."""

    @classmethod
    def made_in(cls, store_root: Path) -> Self:
        """A new desk on the disk of a text store.

        Raises:
            StorageFullError: No space. StorageError: The folder refuses it.
        """
        incoming = store_root / "incoming"
        try:
            incoming.mkdir(parents=True, exist_ok=True)
            desk = cls(Path(tempfile.mkdtemp(dir=incoming, prefix=PARTIAL)))
            desk.file.parent.mkdir()
            desk.results.mkdir()
        except OSError as error:
            raise _refused(error, incoming) from error
        return desk

    @property
    def root(self) -> Path:
        """The folder itself."""
        return self._root

    def fence(self, work: Work) -> Fence:
        """What the process at this desk may still do."""
        return Fence(work=work, readable=(self.file.parent,), writable=(self.results,))

    def lay(self, source: Path) -> None:
        """Lay a file out, in place of the one before.

        Raises:
            OSError: The file cannot be read.
            StorageFullError: A copy was needed, and there is no space.
        """
        self.clear()
        source = source.resolve()
        # Opened first: of a folder, or of a file that is gone, the system says so.
        with source.open("rb") as file:
            status = os.fstat(file.fileno())
            if status.st_uid == os.geteuid() and stat.S_ISREG(status.st_mode):
                try:
                    os.link(source, self.file)
                except OSError:
                    pass  # another disk, or a system that lets no one link: a copy does
                else:
                    return
            self._copy(file)

    def clear(self) -> None:
        """Take the file away."""
        self.file.unlink(missing_ok=True)

    def hand_over(self, store: TextStore, file_hash: FileHash, extractor: str) -> bool:
        """Whether the text of the file was there; it is in the store now.

        Raises:
            StorageError: The store refuses it.
        """
        return store.adopt(FolderTextStore(self.results), file_hash, extractor)

    def remove(self) -> None:
        """Take the desk away with all that lies on it."""
        shutil.rmtree(self._root, ignore_errors=True)

    def _copy(self, source: IO[bytes]) -> None:
        try:
            with self.file.open("xb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
        except OSError as error:
            self.clear()
            if error.errno in _NO_SPACE:
                raise _refused(error, self._root) from error
            raise


def _refused(error: OSError, folder: Path) -> StorageError:
    if error.errno in _NO_SPACE:
        return StorageFullError(f"no space left in {folder}")
    return StorageError(f"cannot write in {folder}: {error.strerror}")

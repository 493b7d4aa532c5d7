"""Where containers lie: one for each file and extractor version, in a folder or in a bucket."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Protocol
from urllib.parse import quote, unquote

from indexer.records import FileHash
from indexer.storage.atomic import in_folders, move_in, sweep, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path


class Containers(Protocol):
    """Containers (:mod:`~indexer.storage.frames`) by file hash and extractor."""

    def put(self, file_hash: FileHash, extractor: str, content: bytes) -> None:
        """Keep one under its name, whole or not at all; one of that name is replaced.

        Raises:
            StorageFullError: No space. StorageError: It is refused.
        """

    def open(self, file_hash: FileHash, extractor: str) -> AbstractContextManager[IO[bytes]]:
        """One of them, to be read from any place.

        Raises:
            OSError: It is not there, or cannot be read.
            StoreUnreachableError: Whether it is there cannot be told now.
        """

    def expect(self, wanted: Iterable[tuple[FileHash, str]]) -> None:
        """These are opened next: what takes its time is fetched together; absent is no error.

        Raises:
            StoreUnreachableError: What is there cannot be told now.
        """

    def adopt(self, path: Path, file_hash: FileHash, extractor: str) -> bool:
        """Whether a plain file lay at ``path``; it is kept under its name, and gone from there.

        Raises:
            StorageFullError: No space. StorageError: It is refused.
        """

    def remove(self, file_hash: FileHash, extractor: str | None = None) -> None:
        """Forget one, or all of a file; absent is no error."""

    def entries(self) -> Iterator[tuple[FileHash, str]]:
        """The names of all there are."""

    def sweep(self) -> None:
        """Clear away what a killed process left half-written; only while nobody writes."""


class FolderContainers:
    """:class:`Containers` in a folder: ``ab/<hash>.<extractor><suffix>``.

    Args:
        root: The folder.
        suffix: Of the names of its files.
        incoming: Where what is written stands until it is whole; below ``root`` unless given.
    """

    def __init__(self, root: Path, suffix: str, incoming: Path | None = None) -> None:
        self._root = root
        self._suffix = suffix
        self._incoming = incoming or root / "incoming"

    def put(self, file_hash: FileHash, extractor: str, content: bytes) -> None:
        """Keep one; see the protocol."""
        write_atomically(self.path(file_hash, extractor), content, incoming=self._incoming)

    def open(self, file_hash: FileHash, extractor: str) -> IO[bytes]:
        """One of them; see the protocol."""
        return self.path(file_hash, extractor).open("rb")

    def expect(self, wanted: Iterable[tuple[FileHash, str]]) -> None:
        """Let the system read them ahead, all at once; see the protocol."""
        for each in wanted:
            with suppress(OSError), self.open(*each) as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)

    def adopt(self, path: Path, file_hash: FileHash, extractor: str) -> bool:
        """Move one in from the same disk; see the protocol."""
        return move_in(path, self.path(file_hash, extractor))

    def remove(self, file_hash: FileHash, extractor: str | None = None) -> None:
        """Forget one or all of a file; see the protocol."""
        if extractor is not None:
            self.path(file_hash, extractor).unlink(missing_ok=True)
            return
        for path in self._folder(file_hash).glob(f"{file_hash}.*{self._suffix}"):
            path.unlink(missing_ok=True)

    def entries(self) -> Iterator[tuple[FileHash, str]]:
        """The names of all; see the protocol."""
        for path in in_folders(self._root, f"*{self._suffix}"):
            entry = entry_of(path.name, self._suffix)
            if path == self.path(*entry):
                yield entry

    def sweep(self) -> None:
        """Clear away what is half-written; see the protocol."""
        sweep(self._incoming)

    def path(self, file_hash: FileHash, extractor: str) -> Path:
        """Where one lies, or would."""
        return self._folder(file_hash) / name_of(file_hash, extractor, self._suffix)

    def _folder(self, file_hash: FileHash) -> Path:
        return self._root / file_hash[:2]


def name_of(file_hash: FileHash, extractor: str, suffix: str) -> str:
    """The name of a container, without its folder."""
    return f"{file_hash}.{quote(extractor, safe='')}{suffix}"


def entry_of(name: str, suffix: str) -> tuple[FileHash, str]:
    """The inverse of :func:`name_of`."""
    file_hash, _, extractor = name.removesuffix(suffix).partition(".")
    return FileHash(file_hash), unquote(extractor)

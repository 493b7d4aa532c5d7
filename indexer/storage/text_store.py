"""Extracted pages in a folder, one container per file and extractor version.

``ab/<hash>.<extractor>.text`` is a container (:mod:`~indexer.storage.frames`): its frames are lists
of pages of at most 64 KiB of text, a longer page in a frame of its own, and the table says how many
pages each has. A page is read by reading its frame alone.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from indexer.errors import TextDamagedError, TextMissingError
from indexer.records import FileHash
from indexer.storage.atomic import in_folders, move_in, sweep, write_atomically
from indexer.storage.frames import DamagedContainerError, pack, table_of, unpack

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

BLOCK_CHARS: Final = 20_000
"""Code points per frame: some 60 KiB of Chinese text."""

_SUFFIX: Final = ".text"


class FolderTextStore:
    """A :class:`~indexer.storage.TextStore` on a folder.

    Args:
        root: The folder.
        incoming: Where what is written stands until it is whole; below ``root`` unless given.
    """

    def __init__(self, root: Path, incoming: Path | None = None) -> None:
        self._root = root
        self._incoming = incoming or root / "incoming"

    def put(self, file_hash: FileHash, extractor: str, pages: Sequence[str]) -> None:
        """Keep the pages; see the port."""
        write_atomically(
            self._path(file_hash, extractor),
            pack((block, len(block)) for block in _blocks(pages)),
            incoming=self._incoming,
        )

    def adopt(self, other: FolderTextStore, file_hash: FileHash, extractor: str) -> bool:
        """Whether another store on the same disk had this text; it is here now.

        Raises:
            StorageError: The folder refuses it.
        """
        return move_in(other._path(file_hash, extractor), self._path(file_hash, extractor))

    def pages(self, file_hash: FileHash, extractor: str) -> tuple[str, ...]:
        """All pages; see the port."""
        with self._open(file_hash, extractor) as file:
            table = _table(file, file_hash)
            file.seek(0)
            return tuple(page for size, _ in table for page in _block(file.read(size), file_hash))

    def page(self, file_hash: FileHash, extractor: str, number: int) -> str:
        """One page; see the port."""
        with self._open(file_hash, extractor) as file:
            at, first = 0, 1
            for size, count in _table(file, file_hash):
                if first <= number < first + count:
                    file.seek(at)
                    return _block(file.read(size), file_hash)[number - first]
                at += size
                first += count
        raise TextMissingError(f"{file_hash} has no page {number}")

    def remove(self, file_hash: FileHash) -> None:
        """Forget every extraction of a file; see the port."""
        for path in self._folder(file_hash).glob(f"{file_hash}.*{_SUFFIX}"):
            path.unlink(missing_ok=True)

    def remove_version(self, file_hash: FileHash, extractor: str) -> None:
        """Forget one extraction of a file, another being there; absent is no error."""
        self._path(file_hash, extractor).unlink(missing_ok=True)

    def entries(self) -> Iterator[tuple[FileHash, str]]:
        """Every text in the store; see the port."""
        for path in in_folders(self._root, f"*{_SUFFIX}"):
            file_hash, _, extractor = path.name.removesuffix(_SUFFIX).partition(".")
            yield FileHash(file_hash), unquote(extractor)

    def sweep(self) -> None:
        """Clear away what a killed process left half-written; only while nobody writes."""
        sweep(self._incoming)

    def _open(self, file_hash: FileHash, extractor: str) -> IO[bytes]:
        try:
            return self._path(file_hash, extractor).open("rb")
        except OSError as error:
            raise TextMissingError(f"{file_hash} ({extractor})") from error

    def _path(self, file_hash: FileHash, extractor: str) -> Path:
        return self._folder(file_hash) / f"{file_hash}.{quote(extractor, safe='')}{_SUFFIX}"

    def _folder(self, file_hash: FileHash) -> Path:
        return self._root / file_hash[:2]


def _blocks(pages: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    size = 0
    for page in pages:
        if block and size + len(page) > BLOCK_CHARS:
            yield block
            block, size = [], 0
        block.append(page)
        size += len(page)
    if block:
        yield block


def _table(file: IO[bytes], file_hash: FileHash) -> list[tuple[int, int]]:
    try:
        return table_of(file)
    except OSError as error:
        raise TextMissingError(f"{file_hash} cannot be read from the text store") from error
    except DamagedContainerError as error:
        raise TextDamagedError(f"{file_hash} is damaged in the text store") from error


def _block(frame: bytes, file_hash: FileHash) -> list[str]:
    try:
        pages: list[str] = unpack(frame)
    except DamagedContainerError as error:
        raise TextDamagedError(f"{file_hash} is damaged in the text store") from error
    return pages

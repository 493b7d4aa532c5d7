"""Extracted pages, one container per file and extractor version.

The frames of a container (:mod:`~indexer.storage.frames`) are lists of pages of at most 64 KiB of
text, a longer page in a frame of its own, and the table says how many pages each has. A page is
read by reading its frame alone.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

from indexer.errors import TextDamagedError, TextMissingError
from indexer.storage.containers import FolderContainers
from indexer.storage.frames import DamagedContainerError, pack, table_of, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from indexer.records import FileHash
    from indexer.storage.containers import Containers

BLOCK_CHARS: Final = 20_000
"""Code points per frame: some 60 KiB of Chinese text."""

SUFFIX: Final = ".text"


class ContainerTextStore:
    """A :class:`~indexer.storage.TextStore` on containers, wherever they lie.

    Args:
        containers: Where.
    """

    def __init__(self, containers: Containers) -> None:
        self._containers = containers

    def put(self, file_hash: FileHash, extractor: str, pages: Sequence[str]) -> None:
        """Keep the pages; see the port."""
        content = pack((block, len(block)) for block in _blocks(pages))
        self._containers.put(file_hash, extractor, content)

    def adopt(self, left: FolderTextStore, file_hash: FileHash, extractor: str) -> bool:
        """Whether a folder had this text; see the port."""
        return self._containers.adopt(left.path(file_hash, extractor), file_hash, extractor)

    def pages(self, file_hash: FileHash, extractor: str) -> tuple[str, ...]:
        """All pages; see the port."""
        with self._open(file_hash, extractor) as file:
            table = table_of(file)
            file.seek(0)
            return tuple(page for size, _ in table for page in unpack(file.read(size)))

    def page(self, file_hash: FileHash, extractor: str, number: int) -> str:
        """One page; see the port."""
        with self._open(file_hash, extractor) as file:
            at, first = 0, 1
            for size, count in table_of(file):
                if first <= number < first + count:
                    file.seek(at)
                    pages: list[str] = unpack(file.read(size))
                    return pages[number - first]
                at += size
                first += count
        raise TextMissingError(f"{file_hash} has no page {number}")

    def expect(self, wanted: Iterable[tuple[FileHash, str]]) -> None:
        """Fetch what is asked for next; see the port."""
        self._containers.expect(wanted)

    def remove(self, file_hash: FileHash) -> None:
        """Forget every extraction of a file; see the port."""
        self._containers.remove(file_hash)

    def remove_version(self, file_hash: FileHash, extractor: str) -> None:
        """Forget one extraction of a file; see the port."""
        self._containers.remove(file_hash, extractor)

    def entries(self) -> Iterator[tuple[FileHash, str]]:
        """Every text in the store; see the port."""
        return self._containers.entries()

    def sweep(self) -> None:
        """Clear away what is half-written; see the port."""
        self._containers.sweep()

    @contextmanager
    def _open(self, file_hash: FileHash, extractor: str) -> Iterator[IO[bytes]]:
        try:
            with self._containers.open(file_hash, extractor) as file:
                yield file
        except OSError as error:
            raise TextMissingError(f"{file_hash} ({extractor})") from error
        except DamagedContainerError as error:
            raise TextDamagedError(f"{file_hash} is damaged in the text store") from error


class FolderTextStore(ContainerTextStore):
    """A text store in a folder.

    Args:
        root: The folder.
        incoming: Where what is written stands until it is whole; below ``root`` unless given.
    """

    def __init__(self, root: Path, incoming: Path | None = None) -> None:
        self._folder = FolderContainers(root, SUFFIX, incoming)
        super().__init__(self._folder)

    def path(self, file_hash: FileHash, extractor: str) -> Path:
        """Where a text lies, or would."""
        return self._folder.path(file_hash, extractor)


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

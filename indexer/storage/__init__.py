"""Originals and extracted text, by content hash, outside SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from indexer.records import FileHash


class OriginalStore(Protocol):
    """The archived bytes themselves. Once stored, an original never changes."""

    def add(self, path: Path) -> FileHash:
        """Copy a file in and return its hash; hashing and copying are one reading of the file.

        Raises:
            StorageFullError: No space; nothing half-written stays.
            SourceUnreadableError: The file itself cannot be read.
        """

    def path(self, file_hash: FileHash) -> Path:
        """Where the bytes are, to be opened for reading.

        Raises:
            StorageError: It is not in the store.
        """

    def has(self, file_hash: FileHash) -> bool:
        """Whether it is in the store."""

    def remove(self, file_hash: FileHash) -> None:
        """Forget it (a quarantined file, an undone batch); absent is no error."""

    def hashes(self) -> Iterator[FileHash]:
        """Every hash in the store, for verification and backup."""


class TextStore(Protocol):
    """Extracted pages by file hash and extractor version: a rebuild never extracts again."""

    def put(self, file_hash: FileHash, extractor: str, pages: Sequence[str]) -> None:
        """Keep the pages; all or nothing, and again is no error.

        Raises:
            StorageFullError: No space.
        """

    def pages(self, file_hash: FileHash, extractor: str) -> tuple[str, ...]:
        """All pages in order.

        Raises:
            TextMissingError: There is no such text, or it is damaged.
        """

    def page(self, file_hash: FileHash, extractor: str, number: int) -> str:
        """One page (1-based), without reading all the others of a long file.

        Raises:
            TextMissingError: There is no such page.
        """

    def remove(self, file_hash: FileHash) -> None:
        """Forget every extraction of that file; absent is no error."""

    def entries(self) -> Iterator[tuple[FileHash, str]]:
        """Every ``(file hash, extractor)`` in the store, for verification."""

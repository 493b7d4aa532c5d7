"""Originals, extracted text and where its words stand, by content hash, outside SQL.

Stores lie in the data folder, or in a bucket that several hosts share. Whatever asks a store may be
told by :class:`~indexer.errors.StoreUnreachableError` that it does not answer now: that is never
taken for an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from indexer.page_words import PageWord
    from indexer.records import FileHash
    from indexer.storage.text_store import FolderTextStore


class OriginalStore(Protocol):
    """The archived bytes themselves. Once stored, an original never changes."""

    def add(self, path: Path) -> FileHash:
        """Copy a file in and return its hash; hashing and copying are one reading of the file.

        Raises:
            StorageFullError: No space; nothing half-written stays.
            SourceUnreadableError: The file itself cannot be read.
        """

    def path(self, file_hash: FileHash) -> Path:
        """Where the bytes are, to be opened for reading soon.

        Raises:
            StorageError: It is not in the store.
        """

    def has(self, file_hash: FileHash) -> bool:
        """Whether it is in the store."""

    def remove(self, file_hash: FileHash) -> None:
        """Forget it (a quarantined file, an undone batch); absent is no error."""

    def hashes(self) -> Iterator[FileHash]:
        """Every hash in the store, in their order, for verification and backup."""

    def sweep(self) -> None:
        """Clear away what a killed process left half-copied; only while nobody copies."""


class TextStore(Protocol):
    """Extracted pages by file hash and extractor version: a rebuild never extracts again."""

    def put(self, file_hash: FileHash, extractor: str, pages: Sequence[str]) -> None:
        """Keep the pages; all or nothing, and again is no error.

        Raises:
            StorageFullError: No space.
        """

    def adopt(self, left: FolderTextStore, file_hash: FileHash, extractor: str) -> bool:
        """Whether a folder of this machine had this text; it is here now, and gone from there.

        Raises:
            StorageError: It is refused.
        """

    def pages(self, file_hash: FileHash, extractor: str) -> tuple[str, ...]:
        """All pages in order.

        Raises:
            TextMissingError: There is no such text. TextDamagedError: It is damaged.
        """

    def page(self, file_hash: FileHash, extractor: str, number: int) -> str:
        """One page (1-based), without reading all the others of a long file.

        Raises:
            TextMissingError: There is no such page.
        """

    def expect(self, wanted: Iterable[tuple[FileHash, str]]) -> None:
        """Pages of these texts are asked for next: what takes its time is fetched together.

        Nothing is told of what is missing: whoever asks for it is told.
        """

    def remove(self, file_hash: FileHash) -> None:
        """Forget every extraction of that file; absent is no error."""

    def remove_version(self, file_hash: FileHash, extractor: str) -> None:
        """Forget one extraction of that file, another being there; absent is no error."""

    def entries(self) -> Iterator[tuple[FileHash, str]]:
        """Every ``(file hash, extractor)`` in the store, for verification."""

    def sweep(self) -> None:
        """Clear away what a killed process left half-written; only while nobody writes."""


class WordStore(Protocol):
    """Where the words of recognised pages stand, beside the text they are words of."""

    def put(
        self, file_hash: FileHash, extractor: str, pages: Mapping[int, Sequence[PageWord]]
    ) -> None:
        """Keep the words of some pages (1-based); all or nothing, and again is no error.

        Raises:
            StorageFullError: No space.
        """

    def words(self, file_hash: FileHash, extractor: str, page: int) -> tuple[PageWord, ...]:
        """The words of a page in the order of its text; empty where none are known.

        Words that are damaged on disk are none: a picture without boxes is better than no picture.
        """

    def pages(self, file_hash: FileHash, extractor: str) -> Mapping[int, tuple[PageWord, ...]]:
        """The words of every page that has any, by its number."""

    def remove(self, file_hash: FileHash) -> None:
        """Forget the words of that file; absent is no error."""

    def remove_version(self, file_hash: FileHash, extractor: str) -> None:
        """Forget the words of one extraction; absent is no error."""

    def entries(self) -> Iterator[tuple[FileHash, str]]:
        """Every ``(file hash, extractor)`` in the store."""

    def sweep(self) -> None:
        """Clear away what a killed process left half-written; only while nobody writes."""

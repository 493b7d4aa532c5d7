"""The stores of an archive, as the importer writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.storage.originals import FolderOriginalStore
from indexer.storage.pictures import FolderPictureStore
from indexer.storage.text_store import FolderTextStore
from indexer.storage.word_store import FolderWordStore

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.records import FileHash
    from indexer.settings import IndexerSettings


@dataclass(frozen=True, slots=True)
class Stores:
    """Originals, texts, where the words of recognised pages stand, and pages that were drawn."""

    originals: FolderOriginalStore
    texts: FolderTextStore
    words: FolderWordStore
    pictures: FolderPictureStore

    @classmethod
    def of(cls, settings: IndexerSettings, incoming: Path | None = None) -> Stores:
        """The stores in the data folder.

        Args:
            settings: Of the archive.
            incoming: Where texts and words stand until they are whole, for a writer beside the
                importer: the importer sweeps its own.
        """
        return cls(
            FolderOriginalStore(settings.originals),
            FolderTextStore(settings.texts, incoming),
            FolderWordStore(settings.words, incoming),
            FolderPictureStore(settings.pictures, settings.picture_cache_mb << 20),
        )

    def forget(self, file_hash: FileHash) -> None:
        """Delete a content's bytes, text, words and pictures; absent is no error."""
        self.pictures.remove(file_hash)
        self.words.remove(file_hash)
        self.texts.remove(file_hash)
        self.originals.remove(file_hash)

    def sweep(self) -> None:
        """Clear away what a killed import or server left half-written."""
        self.pictures.sweep()
        self.words.sweep()
        self.texts.sweep()
        self.originals.sweep()

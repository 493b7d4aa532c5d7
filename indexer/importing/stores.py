"""The stores of an archive, as the importer writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.storage.opening import open_originals, open_texts, open_words
from indexer.storage.pictures import FolderPictureStore

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.records import FileHash
    from indexer.settings import IndexerSettings
    from indexer.storage import OriginalStore, TextStore, WordStore


@dataclass(frozen=True, slots=True)
class Stores:
    """Originals, texts, where the words of recognised pages stand, and pages that were drawn."""

    originals: OriginalStore
    texts: TextStore
    words: WordStore
    pictures: FolderPictureStore

    @classmethod
    def of(cls, settings: IndexerSettings, incoming: Path | None = None) -> Stores:
        """The stores that the settings name.

        Args:
            settings: Of the archive.
            incoming: Where texts and words stand until they are whole, for a writer beside the
                importer: the importer sweeps its own.
        """
        return cls(
            open_originals(settings),
            open_texts(settings, incoming),
            open_words(settings, incoming),
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

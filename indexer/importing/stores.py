"""The stores of an archive, as the importer writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.storage.originals import FolderOriginalStore
from indexer.storage.text_store import FolderTextStore
from indexer.storage.word_store import FolderWordStore

if TYPE_CHECKING:
    from indexer.records import FileHash
    from indexer.settings import IndexerSettings


@dataclass(frozen=True, slots=True)
class Stores:
    """Originals, texts, and where the words of recognised pages stand."""

    originals: FolderOriginalStore
    texts: FolderTextStore
    words: FolderWordStore

    @classmethod
    def of(cls, settings: IndexerSettings) -> Stores:
        """The stores in the data folder."""
        return cls(
            FolderOriginalStore(settings.originals),
            FolderTextStore(settings.texts),
            FolderWordStore(settings.words),
        )

    def forget(self, file_hash: FileHash) -> None:
        """Delete a content's bytes, text and words; absent is no error."""
        self.words.remove(file_hash)
        self.texts.remove(file_hash)
        self.originals.remove(file_hash)

    def sweep(self) -> None:
        """Clear away what a killed import left half-written."""
        self.words.sweep()
        self.texts.sweep()
        self.originals.sweep()

"""The two stores of an archive, as the importer writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.storage.originals import FolderOriginalStore
from indexer.storage.text_store import FolderTextStore

if TYPE_CHECKING:
    from indexer.records import FileHash
    from indexer.settings import IndexerSettings


@dataclass(frozen=True, slots=True)
class Stores:
    """Originals and texts."""

    originals: FolderOriginalStore
    texts: FolderTextStore

    @classmethod
    def of(cls, settings: IndexerSettings) -> Stores:
        """The stores in the data folder."""
        return cls(FolderOriginalStore(settings.originals), FolderTextStore(settings.texts))

    def forget(self, file_hash: FileHash) -> None:
        """Delete a content's bytes and text; absent is no error."""
        self.texts.remove(file_hash)
        self.originals.remove(file_hash)

    def sweep(self) -> None:
        """Clear away what a killed import left half-written."""
        self.texts.sweep()
        self.originals.sweep()

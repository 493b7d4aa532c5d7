"""The embedded engine, opened."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, ClassVar, Final

from indexer.engine.embedded.indexes import EmbeddedIndexes
from indexer.engine.embedded.schema import SCHEMA_VERSION
from indexer.engine.embedded.writer import EmbeddedWriter
from indexer.engine.searching.searcher import IndexSearcher
from indexer.engine.weights import DEFAULT_WEIGHTS

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.engine.port import IndexWriter, Searcher
    from indexer.engine.weights import Weights
    from indexer.settings import IndexerSettings


class EmbeddedEngine:
    """An :class:`~indexer.engine.opening.Adapter`: a generation is a folder."""

    schema_version: ClassVar[int] = SCHEMA_VERSION
    allows_many_writers: ClassVar[bool] = False

    def searcher(
        self, settings: IndexerSettings, generation: int, weights: Weights | None = None
    ) -> Searcher:
        """Answers from one generation."""
        indexes = EmbeddedIndexes(generation_folder(settings, generation))
        return IndexSearcher(indexes, weights or DEFAULT_WEIGHTS)

    def writer(self, settings: IndexerSettings, generation: int) -> IndexWriter:
        """Writes one generation."""
        return EmbeddedWriter(generation_folder(settings, generation))

    def drop(self, settings: IndexerSettings, generation: int) -> None:
        """Delete a generation's folder."""
        shutil.rmtree(generation_folder(settings, generation), ignore_errors=True)

    def remnants(self, settings: IndexerSettings) -> list[str]:
        """The folder of the indexes, where any is in it."""
        return ["index/"] if any(path.is_dir() for path in settings.index.glob("*")) else []

    def settle(self, settings: IndexerSettings, generation: int) -> None:
        """Nothing: its segments are merged while it is written."""

    def name_serving(self, settings: IndexerSettings, generation: int) -> None:
        """Nothing: nobody looks into these folders."""


def generation_folder(settings: IndexerSettings, generation: int) -> Path:
    """Where a generation is kept."""
    return settings.index / f"{generation:06d}"


ADAPTER: Final = EmbeddedEngine()

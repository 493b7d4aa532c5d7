"""Which adapter: the only module that names one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from indexer.engine.embedded.schema import SCHEMA_VERSION
from indexer.engine.embedded.searcher import EmbeddedSearcher
from indexer.engine.embedded.writer import EmbeddedWriter
from indexer.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.engine.port import IndexWriter, Searcher
    from indexer.settings import IndexerSettings


def schema_version(settings: IndexerSettings) -> int:
    """The schema that a new generation of this engine gets."""
    _require_embedded(settings)
    return SCHEMA_VERSION


def open_searcher(settings: IndexerSettings, generation: int) -> Searcher:
    """Answers from one generation."""
    return EmbeddedSearcher(generation_folder(settings, generation))


def open_writer(settings: IndexerSettings, generation: int) -> IndexWriter:
    """Writes one generation; call only while holding the writer's lock."""
    return EmbeddedWriter(generation_folder(settings, generation))


def drop_generation(settings: IndexerSettings, generation: int) -> None:
    """Delete a generation that nobody asks any more; a missing one is no error."""
    shutil.rmtree(generation_folder(settings, generation), ignore_errors=True)


def generation_folder(settings: IndexerSettings, generation: int) -> Path:
    """Where the embedded engine keeps a generation."""
    _require_embedded(settings)
    return settings.index / f"{generation:06d}"


def _require_embedded(settings: IndexerSettings) -> None:
    if settings.engine != "embedded":
        msg = f"QUERY_ROOM_ENGINE={settings.engine} is not available in this version"
        raise SettingsError(msg)

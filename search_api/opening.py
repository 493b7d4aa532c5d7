"""Put the search service together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.indexing.serving import Serving
from indexer.storage.originals import FolderOriginalStore
from indexer.storage.text_store import FolderTextStore
from search_api.service import SearchService

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.settings import IndexerSettings


def open_service(engine: Engine, settings: IndexerSettings) -> SearchService:
    """The service on an archive whose database is migrated."""
    return SearchService(
        engine=engine,
        serving=Serving(settings),
        texts=FolderTextStore(settings.texts),
        originals=FolderOriginalStore(settings.originals),
    )

"""Put the search service together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.indexing.serving import Serving
from indexer.rendering.pictures import PagePictures
from indexer.storage.opening import open_originals, open_texts, open_words
from search_api.listing import ResultLists
from search_api.news import SearchNews
from search_api.pictures import PictureReader
from search_api.replaying import Replays
from search_api.service import SearchService

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.settings import IndexerSettings


def open_service(engine: Engine, settings: IndexerSettings) -> SearchService:
    """The service on an archive whose database is migrated."""
    texts = open_texts(settings)
    originals = open_originals(settings)
    return SearchService(
        engine=engine,
        serving=Serving(settings),
        texts=texts,
        originals=originals,
        pictures=PictureReader(
            engine=engine,
            originals=originals,
            texts=texts,
            words=open_words(settings),
            pictures=PagePictures.of(settings),
        ),
    )


def open_replays(engine: Engine, settings: IndexerSettings) -> Replays:
    """What asks logged searches again, on an archive whose database is migrated."""
    return Replays(engine=engine, serving=Serving(settings))


def open_lists(engine: Engine, settings: IndexerSettings) -> ResultLists:
    """What makes lists of answers, on an archive whose database is migrated."""
    return ResultLists(engine=engine, serving=Serving(settings))


def open_news(engine: Engine, settings: IndexerSettings) -> SearchNews:
    """What counts news, on an archive whose database is migrated."""
    return SearchNews(engine=engine, serving=Serving(settings))

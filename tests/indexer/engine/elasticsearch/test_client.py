"""What a cluster that is not there, or that refuses, says to those who asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engine.elasticsearch.client import connected, telling_errors
from indexer.engine.opening import open_searcher, open_writer
from indexer.engine.port import Pair
from indexer.errors import EngineUnavailableError
from indexer.settings import IndexerSettings
from tests.fixtures.elasticsearch import free_port


def test_a_cluster_that_is_not_there_is_told_without_its_password() -> None:
    nowhere = IndexerSettings(
        data=Path("unused"),
        database_url="sqlite://",
        engine="elasticsearch",
        elasticsearch_urls=(f"http://name:password@127.0.0.1:{free_port()}",),
    )
    with pytest.raises(EngineUnavailableError) as told:
        open_writer(nowhere, 1)
    assert "password" not in str(told.value)


@pytest.mark.elastic
def test_what_the_cluster_refuses_is_told_in_our_words(settings: IndexerSettings) -> None:
    with pytest.raises(EngineUnavailableError, match="404"), telling_errors():
        connected(settings).indices.get(index="query-room-nothing")


@pytest.mark.elastic
def test_a_generation_that_is_not_there_is_no_empty_answer(settings: IndexerSettings) -> None:
    searcher = open_searcher(settings, 2)
    with pytest.raises(EngineUnavailableError, match="index_not_found"):
        list(searcher.record_ids(Pair.FULL))
    with pytest.raises(EngineUnavailableError, match="index_not_found"):
        searcher.word_counts(["低保"])

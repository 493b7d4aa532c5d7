from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.engine.opening import drop_generation
from indexer.settings import IndexerSettings

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def settings(elasticsearch_url: str) -> Iterator[IndexerSettings]:
    """A cluster with room for an archive of this test's own, in two shards."""
    made = IndexerSettings(
        data=Path("unused"),
        database_url="sqlite://",
        processes=1,
        engine="elasticsearch",
        elasticsearch_urls=(elasticsearch_url,),
        elasticsearch_prefix=f"test-{uuid.uuid4().hex}",
        elasticsearch_shards=2,
        elasticsearch_replicas=0,
    )
    yield made
    for generation in (1, 2):
        drop_generation(made, generation)

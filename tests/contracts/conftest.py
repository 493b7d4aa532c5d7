"""Every adapter of the engine's ports."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.settings import IndexerSettings
from tests.contracts.generations import Generation, TestedEngine

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(
    scope="session",
    params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elastic)],
)
def engine(request: pytest.FixtureRequest) -> TestedEngine:
    """Each engine."""
    settings = IndexerSettings(data=Path("unused"), database_url="sqlite://", processes=1)
    if request.param == "embedded":
        return TestedEngine(settings)
    url: str = request.getfixturevalue("elasticsearch_url")
    return TestedEngine(
        IndexerSettings(
            data=settings.data,
            database_url=settings.database_url,
            processes=1,
            engine="elasticsearch",
            elasticsearch_urls=(url,),
            # Several of these may ask one server.
            elasticsearch_prefix=f"contract-{os.getpid()}",
            elasticsearch_replicas=0,
        ),
        share=0.2,
    )


@pytest.fixture
def index(engine: TestedEngine) -> Iterator[Generation]:
    """An empty generation of each engine."""
    with engine.generation() as generation:
        yield generation

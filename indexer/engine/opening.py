"""Which adapter: the only module that knows there are several.

An adapter is loaded when it is first asked for: the client of a cluster takes a second of a
processor, and most archives have none.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from indexer.engine.port import IndexWriter, Searcher
    from indexer.engine.weights import Weights
    from indexer.settings import IndexerSettings


class Adapter(Protocol):
    """One engine. ``indexer.engine.<name>.adapter`` has one as ``ADAPTER``."""

    @property
    def schema_version(self) -> int:
        """Of the indexes that it makes."""

    @property
    def allows_many_writers(self) -> bool:
        """Whether several processes may write one generation at once."""

    def searcher(
        self, settings: IndexerSettings, generation: int, weights: Weights | None = None
    ) -> Searcher:
        """Answers from one generation."""

    def writer(self, settings: IndexerSettings, generation: int) -> IndexWriter:
        """Writes one generation."""

    def drop(self, settings: IndexerSettings, generation: int) -> None:
        """Delete one generation; a missing one is no error."""

    def remnants(self, settings: IndexerSettings) -> list[str]:
        """What there is of any generation, by the engine's own names, whoever made it."""

    def settle(self, settings: IndexerSettings, generation: int) -> None:
        """Let a generation that is built take the room it needs and no more; done in time."""

    def name_serving(self, settings: IndexerSettings, generation: int) -> None:
        """Let those who look into the engine itself see which generation answers."""


def schema_version(settings: IndexerSettings) -> int:
    """The schema that a new generation of this engine gets."""
    return _adapter(settings.engine).schema_version


def allows_many_writers(settings: IndexerSettings) -> bool:
    """Whether several processes may write one generation at once."""
    return _adapter(settings.engine).allows_many_writers


def open_searcher(
    settings: IndexerSettings, generation: int, weights: Weights | None = None
) -> Searcher:
    """Answers from one generation; with other weights than the product's for measuring them."""
    return _adapter(settings.engine).searcher(settings, generation, weights)


def open_writer(settings: IndexerSettings, generation: int) -> IndexWriter:
    """Writes one generation; where one alone may write, call only while holding its lock."""
    return _adapter(settings.engine).writer(settings, generation)


def drop_generation(settings: IndexerSettings, generation: int) -> None:
    """Delete a generation that nobody asks any more; a missing one is no error."""
    _adapter(settings.engine).drop(settings, generation)


def remnants(settings: IndexerSettings) -> list[str]:
    """What there is of any generation, by the engine's own names, whoever made it.

    A database that begins its numbers anew would take it for its own.
    """
    return _adapter(settings.engine).remnants(settings)


def settle_generation(settings: IndexerSettings, generation: int) -> None:
    """Let a generation that is built take the room it needs and no more; done in time."""
    _adapter(settings.engine).settle(settings, generation)


def name_serving(settings: IndexerSettings, generation: int) -> None:
    """Let those who look into the engine itself see which generation answers."""
    _adapter(settings.engine).name_serving(settings, generation)


@cache
def _adapter(engine: str) -> Adapter:
    adapter: Adapter = import_module(f"indexer.engine.{engine}.adapter").ADAPTER
    return adapter

"""Indexing on many hosts: one coordinator cuts the work into slices, every worker does some.

For an engine that many may write at once, with PostgreSQL. Nobody holds a record: two workers may
have the same one in different states in hand, for each writes what it finds, looks again, and
writes anew until what it wrote is what there is (:mod:`indexer.indexing.spread.slice_work`). A
slice counts as done only then, and the position of a generation passes a slice only when it and all
before it are done; until then what restricts is denied, as ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.engine.opening import allows_many_writers

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.settings import IndexerSettings


def is_spread(engine: Engine, settings: IndexerSettings) -> bool:
    """Whether the index is written by many; else by the one who holds the writer's lock."""
    return allows_many_writers(settings) and engine.dialect.name == "postgresql"

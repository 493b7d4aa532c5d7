"""Elasticsearch, opened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from indexer.engine.elasticsearch.client import connected, telling_errors
from indexer.engine.elasticsearch.indexes import ElasticsearchIndexes
from indexer.engine.elasticsearch.schema import SCHEMA_VERSION, Names
from indexer.engine.elasticsearch.state import States
from indexer.engine.elasticsearch.writer import ElasticsearchWriter
from indexer.engine.searching.searcher import IndexSearcher
from indexer.engine.weights import DEFAULT_WEIGHTS

if TYPE_CHECKING:
    from indexer.engine.port import IndexWriter, Searcher
    from indexer.engine.weights import Weights
    from indexer.settings import IndexerSettings


_SEGMENTS: Final = 5
"""Of a generation that is built: few enough to be quick, and not so large that none is merged."""


class ElasticsearchEngine:
    """An :class:`~indexer.engine.opening.Adapter`: a generation is four indexes of a cluster."""

    schema_version: ClassVar[int] = SCHEMA_VERSION
    allows_many_writers: ClassVar[bool] = True

    def searcher(
        self, settings: IndexerSettings, generation: int, weights: Weights | None = None
    ) -> Searcher:
        """Answers from one generation."""
        return IndexSearcher(ElasticsearchIndexes(settings, generation), weights or DEFAULT_WEIGHTS)

    def writer(self, settings: IndexerSettings, generation: int) -> IndexWriter:
        """Writes one generation."""
        return ElasticsearchWriter(settings, generation)

    def drop(self, settings: IndexerSettings, generation: int) -> None:
        """Delete a generation's indexes and its state."""
        client = connected(settings)
        names = Names(settings.elasticsearch_prefix, generation)
        with telling_errors():
            client.indices.delete(index=list(names.all), ignore_unavailable=True)
        States(client, names).forget()

    def remnants(self, settings: IndexerSettings) -> list[str]:
        """The indexes of this archive's prefix, and of no other that only begins like it."""
        prefix = settings.elasticsearch_prefix
        with telling_errors():
            found = connected(settings).indices.get_settings(index=f"{prefix}-0*")
        return sorted(name for name in found if re.match(rf"{re.escape(prefix)}-\d{{6}}-", name))

    def settle(self, settings: IndexerSettings, generation: int) -> None:
        """Have its segments merged, behind what else the cluster does.

        Until they are, they hold each document once more as it came, three quarters of an index, to
        bring a copy up to date that was away.
        """
        names = Names(settings.elasticsearch_prefix, generation)
        with telling_errors():
            connected(settings).indices.forcemerge(
                index=list(names.all), max_num_segments=_SEGMENTS, wait_for_completion=False
            )

    def name_serving(self, settings: IndexerSettings, generation: int) -> None:
        """Let the aliases without a number name the indexes of this generation, in one call.

        The product itself asks by number, for the database says which generation answers; the
        aliases are for those who look at the cluster or take copies of what it serves.
        """
        names = Names(settings.elasticsearch_prefix, generation)
        actions = [
            action
            for index in names.all
            for action in (
                {
                    "remove": {
                        "index": f"{names.prefix}-*",
                        "alias": names.alias(index),
                        "must_exist": False,
                    }
                },
                {"add": {"index": index, "alias": names.alias(index)}},
            )
        ]
        with telling_errors():
            connected(settings).indices.update_aliases(actions=actions)


ADAPTER: Final = ElasticsearchEngine()

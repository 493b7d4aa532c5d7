"""The indexes of one generation in the cluster."""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from elasticsearch import ApiError, TransportError

from indexer.engine.elasticsearch.client import connected, telling_errors
from indexer.engine.elasticsearch.schema import Names
from indexer.engine.elasticsearch.snapshot import ElasticsearchSnapshot
from indexer.engine.elasticsearch.state import States

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from indexer.engine.port import Pair
    from indexer.engine.snapshot import Answer, Snapshot
    from indexer.records import RecordId
    from indexer.settings import IndexerSettings

_KEEP_ALIVE: Final = "1m"

_ATTEMPTS: Final = 6
_PAUSE_S: Final = 0.25
_LOST: Final = frozenset({404, 429, 500, 502, 503, 504})
"""What a search says whose node went away with its point in time."""

_NO_INDEX: Final = "index_not_found_exception"


class ElasticsearchIndexes:
    """The :class:`~indexer.engine.snapshot.Indexes` of one generation."""

    def __init__(self, settings: IndexerSettings, generation: int) -> None:
        self._client = connected(settings)
        self._names = Names(settings.elasticsearch_prefix, generation)
        self._states = States(self._client, self._names)
        self._is_split = settings.elasticsearch_shards > 1

    @property
    def position(self) -> int:
        """The outbox position that they have reached."""
        return self._states.read().position

    def ask(self, pair: Pair, question: Callable[[Snapshot, Snapshot], Answer]) -> Answer:
        """What the question says of one snapshot; asked again where a node was lost on the way."""
        with telling_errors():
            for attempt in range(1, _ATTEMPTS):
                try:
                    return self._ask(pair, question)
                except (ApiError, TransportError) as error:
                    if isinstance(error, ApiError) and (
                        error.status_code not in _LOST or error.error == _NO_INDEX
                    ):
                        raise
                    time.sleep(_PAUSE_S * attempt)
            return self._ask(pair, question)

    def record_ids(self, pair: Pair) -> Iterator[RecordId]:
        """Every record of a pair; see the port."""
        with telling_errors(), self._snapshot(self._names.records(pair)) as records:
            yield from records.every_record_id()

    def _ask(self, pair: Pair, question: Callable[[Snapshot, Snapshot], Answer]) -> Answer:
        passages = {"index": self._names.passages(pair)}
        with self._snapshot(self._names.records(pair)) as records:
            return question(
                records, ElasticsearchSnapshot(self._client, passages, is_split=self._is_split)
            )

    @contextmanager
    def _snapshot(self, index: str) -> Iterator[ElasticsearchSnapshot]:
        opened = self._client.open_point_in_time(index=index, keep_alive=_KEEP_ALIVE)["id"]
        target = {"pit": {"id": opened, "keep_alive": _KEEP_ALIVE}}
        try:
            yield ElasticsearchSnapshot(self._client, target, is_split=self._is_split)
        finally:
            # It ends by itself if nobody can say so any more.
            with suppress(ApiError, TransportError):
                once = self._client.options(ignore_status=404, max_retries=0)
                once.close_point_in_time(id=target["pit"]["id"])

"""How far a generation has come: one document, which many writers may note."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from elasticsearch import BadRequestError, ConflictError

from indexer.engine.elasticsearch.client import telling_errors
from indexer.engine.state import GenerationState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elasticsearch import Elasticsearch

    from indexer.engine.elasticsearch.schema import Names
    from indexer.settings import IndexerSettings

_MAPPING: Final = {
    "dynamic": "strict",
    "properties": {
        "position": {"type": "long"},
        "cursor": {"type": "keyword", "index": False, "doc_values": False},
    },
}


class States:
    """The states of all generations, in an index of their own."""

    def __init__(self, client: Elasticsearch, names: Names) -> None:
        self._client = client
        self._index = f"{names.prefix}-generations"
        self._id = f"{names.generation:06d}"

    def prepare(self, settings: IndexerSettings) -> None:
        """Make the index of them if there is none yet."""
        make_index(
            self._client,
            self._index,
            _MAPPING,
            {"number_of_shards": 1, "number_of_replicas": settings.elasticsearch_replicas},
        )

    def read(self) -> GenerationState:
        """The state of this generation, as the last note left it; a new one is at position 0."""
        with telling_errors():
            found = self._client.options(ignore_status=404).get(index=self._index, id=self._id)
        if not found.get("found"):
            return GenerationState()
        source = found["_source"]
        return GenerationState(position=int(source["position"]), cursor=source["cursor"])

    def note(self, state: GenerationState) -> None:
        """Keep the state, unless a later position was noted meanwhile."""
        with telling_errors(), suppress(ConflictError):
            self._client.index(
                index=self._index,
                id=self._id,
                document={"position": state.position, "cursor": state.cursor},
                version=state.position,
                version_type="external_gte",
            )

    def forget(self) -> None:
        """Drop the state of this generation."""
        with telling_errors():
            self._client.options(ignore_status=404).delete(index=self._index, id=self._id)


def make_index(
    client: Elasticsearch, index: str, mapping: Mapping[str, object], settings: Mapping[str, object]
) -> None:
    """Make an index if there is none of that name yet; several may want it at once."""
    with telling_errors():
        if client.indices.exists(index=index):
            return
        try:
            client.indices.create(index=index, mappings=mapping, settings=settings)
        except BadRequestError as error:
            if error.error != "resource_already_exists_exception":
                raise

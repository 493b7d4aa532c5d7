"""One index of the cluster at one moment."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, cast

from indexer.engine.elasticsearch.queries import query_of
from indexer.engine.elasticsearch.schema import MAX_WINDOW
from indexer.engine.expressions import OneOf, Term
from indexer.engine.snapshot import Found, Tally
from indexer.records import RecordId

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from elastic_transport import ObjectApiResponse
    from elasticsearch import Elasticsearch

    from indexer.engine.expressions import Expression

_PAGE: Final = 10_000
_MOST_REVISIONS: Final = 100
_NUMBERS_ALONE: Final = (
    "pit_id",
    *(f"hits.hits.{each}" for each in ("_score", "fields", "sort")),
)
"""What is wanted of an answer of which only numbers are."""

_SHARD_SIZE: Final = 10_000
"""Values of a field that a shard counts: with fewer, the counts of several shards are exact."""


class ElasticsearchSnapshot:
    """A :class:`~indexer.engine.snapshot.Snapshot` of one index.

    Args:
        client: Of the cluster.
        target: Which index, or which point in time of one.
        is_split: Whether it has several shards, which must rank alike.
    """

    def __init__(self, client: Elasticsearch, target: dict[str, Any], *, is_split: bool) -> None:
        self._client = client
        self._target = target
        self._is_split = is_split

    @cached_property
    def documents(self) -> int:
        """How many it holds."""
        return self._total({"match_all": {}})

    def frequencies(self, field: str, tokens: Sequence[str]) -> list[int]:
        """In how many documents each token stands."""
        if not tokens:
            return []
        # Of each the list of documents knows its own length: nothing is read through.
        having = {str(at): query_of(Term(field, token)) for at, token in enumerate(tokens)}
        answer = self._search(
            {
                "query": {"match_all": {}},
                "size": 0,
                "track_total_hits": False,
                "aggs": {"having": {"filters": {"filters": having}}},
            }
        )
        buckets = answer["aggregations"]["having"]["buckets"]
        return [int(buckets[str(at)]["doc_count"]) for at in range(len(tokens))]

    def best(self, wanted: Expression, limit: int, columns: Sequence[str] = ()) -> Found:
        """The documents that score highest; see the port."""
        hits = self._hits(query_of(wanted), limit, columns)
        return _found(hits, [float(hit["_score"]) for hit in hits])

    def ordered(
        self, wanted: Expression, by: str, *, is_descending: bool, limit: int, offset: int = 0
    ) -> Found:
        """Documents by a number; see the port."""
        sort = [{by: "desc" if is_descending else "asc"}]
        query = query_of(wanted)
        after = None
        if offset + limit > MAX_WINDOW:
            # Deeper than one answer reaches: on from the last one of the answer before.
            while offset:
                skipped = self._hits(
                    query, min(offset, MAX_WINDOW), (), {"sort": sort, "search_after": after}
                )
                if not skipped:
                    return Found([], [], [])
                after = skipped[-1]["sort"]
                offset -= len(skipped)
        hits = self._hits(
            query, limit, (), {"sort": sort, "search_after": after, "from_": offset or None}
        )
        return _found(hits, [0.0] * len(hits))

    def tally(self, wanted: Expression, fields: Sequence[str] = (), most: int = 0) -> Tally:
        """Total and values; see the port."""
        answer = self._search(
            {
                "query": query_of(wanted),
                "size": 0,
                "track_total_hits": True,
                "aggs": {
                    name: {"terms": {"field": name, "size": most, "shard_size": _SHARD_SIZE}}
                    for name in fields
                },
            }
        )
        return Tally(
            total=int(answer["hits"]["total"]["value"]),
            values={
                name: [
                    (each["key"], int(each["doc_count"]))
                    for each in answer["aggregations"][name]["buckets"]
                ]
                for name in fields
            },
        )

    def numbers(self, places: Sequence[object], columns: Sequence[str]) -> list[tuple[int, ...]]:
        """The numbers in these columns, which came with the documents."""
        return [tuple(int(hit["fields"][name][0]) for name in columns) for hit in _hits_at(places)]

    def record_ids(self, places: Sequence[object]) -> list[RecordId]:
        """Whose these documents are: a record's document bears its id."""
        keys = _keys_at(places)
        hits = self._by_key(keys, {"stored_fields": []})
        ids = {_key_of(hit): RecordId(hit["_id"]) for hit in hits}
        return [ids[key] for key in keys]

    def kept(self, places: Sequence[object], name: str) -> list[str]:
        """The text that each document keeps; see the port."""
        keys = _keys_at(places)
        hits = self._by_key(keys, {"stored_fields": [name]})
        texts = {_key_of(hit): hit["fields"].get(name, [""])[0] for hit in hits}
        return [texts.get(key, "") for key in keys]

    def revisions(self, keys: Sequence[int]) -> Mapping[int, Mapping[int, int]]:
        """How many documents of each revision each key has; see the port."""
        if not keys:
            return {}
        each_revision = {"terms": {"field": "revision", "size": _MOST_REVISIONS}}
        by_key = {"terms": {"field": "key", "size": len(keys)}, "aggs": {"by": each_revision}}
        answer = self._search(
            {
                "query": query_of(OneOf("key", tuple(keys))),
                "size": 0,
                "aggs": {"by": by_key},
            }
        )
        return {
            key["key"]: {each["key"]: int(each["doc_count"]) for each in key["by"]["buckets"]}
            for key in answer["aggregations"]["by"]["buckets"]
        }

    def every_record_id(self) -> Iterator[RecordId]:
        """Whose the documents of a records index are, all of them, a page at a time."""
        deeper: dict[str, Any] = {}
        while True:
            answer = self._search(
                {
                    "query": {"match_all": {}},
                    "size": _PAGE,
                    "sort": ["_shard_doc"],
                    "stored_fields": [],
                    "track_total_hits": False,
                    **deeper,
                }
            )
            hits = answer["hits"]["hits"]
            for hit in hits:
                yield RecordId(hit["_id"])
            if len(hits) < _PAGE:
                return
            deeper = {"search_after": hits[-1]["sort"]}

    def _hits(
        self,
        query: dict[str, Any],
        limit: int,
        columns: Sequence[str],
        more: Mapping[str, Any] | None = None,
    ) -> list[dict[str, Any]]:
        """Documents by their numbers alone.

        Stored fields are left where they are, ids among them: with them lies, in a segment that is
        not merged yet, each document as it came, and it would be unpacked for every hit.
        """
        asked = {name: value for name, value in (more or {}).items() if value is not None}
        answer = self._search(
            {
                "query": query,
                "size": min(limit, MAX_WINDOW),
                "docvalue_fields": ["key", *columns],
                "stored_fields": "_none_",
                "track_total_hits": False,
                "filter_path": _NUMBERS_ALONE,
                **asked,
            }
        )
        # Of an answer without hits the filter leaves nothing.
        hits: list[dict[str, Any]] = answer.get("hits", {}).get("hits", [])
        return hits

    def _by_key(self, keys: Sequence[int], what: dict[str, Any]) -> list[dict[str, Any]]:
        if not keys:
            return []
        hits: list[dict[str, Any]] = self._search(
            {
                "query": query_of(OneOf("key", tuple(keys))),
                "size": len(keys),
                "docvalue_fields": ["key"],
                "track_total_hits": False,
                **what,
            }
        )["hits"]["hits"]
        return hits

    def _total(self, query: dict[str, Any]) -> int:
        answer = self._search({"query": query, "size": 0, "track_total_hits": True})
        return int(answer["hits"]["total"]["value"])

    def _search(self, asked: dict[str, Any]) -> ObjectApiResponse[Any]:
        answer = self._client.search(
            **self._target,
            **asked,
            allow_partial_search_results=False,
            # Otherwise each shard would rank by what it holds itself.
            search_type="dfs_query_then_fetch" if self._is_split else None,
        )
        # Of two threads that ask, either's is right: all of them name the same moment.
        if "pit_id" in answer:
            self._target["pit"]["id"] = answer["pit_id"]
        return answer


def _found(hits: list[dict[str, Any]], scores: list[float]) -> Found:
    return Found(scores, _keys_at(hits), hits)


def _key_of(hit: dict[str, Any]) -> int:
    return int(hit["fields"]["key"][0])


def _keys_at(places: Sequence[object]) -> list[int]:
    return [_key_of(hit) for hit in _hits_at(places)]


def _hits_at(places: Sequence[object]) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", places)

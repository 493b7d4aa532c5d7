"""The tantivy indexes of one generation, and snapshots of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from tantivy import Order

from indexer.engine.embedded.holding import every, revisions
from indexer.engine.embedded.queries import query_of
from indexer.engine.embedded.schema import open_index, passages_schema, records_schema
from indexer.engine.embedded.state import read_state
from indexer.engine.layout import PAIRS
from indexer.engine.snapshot import Found, Tally
from indexer.records import RecordId

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tantivy import DocAddress, Index, Schema, Searcher

    from indexer.engine.expressions import Expression
    from indexer.engine.port import Pair
    from indexer.engine.snapshot import Answer, Snapshot

_TOTAL: Final = "total"


class EmbeddedSnapshot:
    """A :class:`~indexer.engine.snapshot.Snapshot` of one tantivy index."""

    def __init__(self, searcher: Searcher, schema: Schema) -> None:
        self._searcher = searcher
        self._schema = schema

    @property
    def documents(self) -> int:
        """How many it holds."""
        return int(self._searcher.num_docs)

    def frequencies(self, field: str, tokens: Sequence[str]) -> list[int]:
        """In how many documents each token stands."""
        return [int(self._searcher.doc_freq(field, token)) for token in tokens]

    def best(
        self,
        wanted: Expression,
        limit: int,
        columns: Sequence[str] = (),  # noqa: ARG002 - read when they are asked for
    ) -> list[Found]:
        """The documents that score highest; see the port."""
        query = query_of(self._schema, wanted)
        hits = self._searcher.search(query, limit, count=False).hits
        keys = self._keys([address for _, address in hits])
        return [Found(score, key, at) for (score, at), key in zip(hits, keys, strict=True)]

    def ordered(
        self, wanted: Expression, by: str, *, is_descending: bool, limit: int, offset: int = 0
    ) -> list[Found]:
        """Documents by a number; see the port."""
        hits = self._searcher.search(
            query_of(self._schema, wanted),
            limit,
            count=False,
            order_by_field=by,
            offset=offset,
            order=Order.Desc if is_descending else Order.Asc,
        ).hits
        addresses = [address for _, address in hits]
        keys = self._keys(addresses)
        return [Found(0.0, key, address) for address, key in zip(addresses, keys, strict=True)]

    def tally(self, wanted: Expression, fields: Sequence[str] = (), most: int = 0) -> Tally:
        """Total and values, in one pass; see the port."""
        request: dict[str, Any] = {
            name: {"terms": {"field": name, "size": most}} for name in fields
        }
        # Every document has one key.
        request[_TOTAL] = {"value_count": {"field": "key"}}
        answer: dict[str, Any] = self._searcher.aggregate(query_of(self._schema, wanted), request)
        return Tally(
            total=int(answer[_TOTAL]["value"]),
            values={
                name: [(each["key"], int(each["doc_count"])) for each in answer[name]["buckets"]]
                for name in fields
            },
        )

    def numbers(self, found: Sequence[Found], columns: Sequence[str]) -> list[tuple[int, ...]]:
        """The numbers in these columns; see the port."""
        read = [self._column(name, _addresses(found)) for name in columns]
        return list(zip(*read, strict=True))

    def record_ids(self, found: Sequence[Found]) -> list[RecordId]:
        """Whose these documents are; see the port."""
        return [self._record_id(each) for each in _addresses(found)]

    def kept(self, found: Sequence[Found], name: str) -> list[str]:
        """The text that each document keeps; see the port."""
        return [
            bytes(self._searcher.doc(each).get_first(name) or b"").decode()
            for each in _addresses(found)
        ]

    def revisions(self, keys: Sequence[int]) -> Mapping[int, Mapping[int, int]]:
        """How many documents of each revision each key has; see the port."""
        return revisions(self._searcher, self._schema, keys)

    def every_record_id(self) -> Iterator[RecordId]:
        """Whose the documents of a records index are, all of them."""
        for address in every(self._searcher, self._schema):
            yield self._record_id(address)

    def _record_id(self, address: DocAddress) -> RecordId:
        return RecordId(str(self._searcher.doc(address).get_first("record_id")))

    def _keys(self, addresses: list[DocAddress]) -> list[int]:
        return self._column("key", addresses)

    def _column(self, name: str, addresses: list[DocAddress]) -> list[int]:
        return [int(each or 0) for each in self._searcher.fast_field_values(name, addresses)]


class _Pair:
    """The records and passages indexes of one pair, reopened when a commit has passed."""

    def __init__(self, folder: Path) -> None:
        self._records_schema: Schema = records_schema()
        self._passages_schema: Schema = passages_schema()
        self._records: Index = open_index(folder / "records", self._records_schema)
        self._passages: Index = open_index(folder / "passages", self._passages_schema)

    def snapshots(self) -> tuple[EmbeddedSnapshot, EmbeddedSnapshot]:
        """One snapshot of each; what commits meanwhile is not seen."""
        self._records.reload()
        self._passages.reload()
        return (
            EmbeddedSnapshot(self._records.searcher(), self._records_schema),
            EmbeddedSnapshot(self._passages.searcher(), self._passages_schema),
        )


class EmbeddedIndexes:
    """The :class:`~indexer.engine.snapshot.Indexes` in a generation's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pairs = {pair: _Pair(folder / pair) for pair in PAIRS}

    @property
    def position(self) -> int:
        """The outbox position that they have reached."""
        return read_state(self._folder).position

    def ask(self, pair: Pair, question: Callable[[Snapshot, Snapshot], Answer]) -> Answer:
        """What the question says of one snapshot; see the port."""
        return question(*self._pairs[pair].snapshots())

    def record_ids(self, pair: Pair) -> Iterator[RecordId]:
        """Every record of a pair; see the port."""
        records, _ = self._pairs[pair].snapshots()
        return records.every_record_id()


def _addresses(found: Sequence[Found]) -> list[DocAddress]:
    return [cast("DocAddress", each.place) for each in found]

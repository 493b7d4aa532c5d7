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
    ) -> Found:
        """The documents that score highest; see the port."""
        query = query_of(self._schema, wanted)
        hits = self._searcher.search(query, limit, count=False).hits
        addresses = [address for _, address in hits]
        return Found([score for score, _ in hits], self._column("key", addresses), addresses)

    def ordered(
        self, wanted: Expression, by: str, *, is_descending: bool, limit: int, offset: int = 0
    ) -> Found:
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
        return Found([0.0] * len(hits), self._column("key", addresses), addresses)

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

    def numbers(self, places: Sequence[object], columns: Sequence[str]) -> list[tuple[int, ...]]:
        """The numbers in these columns; see the port."""
        read = [self._column(name, _addresses(places)) for name in columns]
        return list(zip(*read, strict=True))

    def record_ids(self, places: Sequence[object]) -> list[RecordId]:
        """Whose these documents are; see the port."""
        return [self._record_id(each) for each in _addresses(places)]

    def kept(self, places: Sequence[object], name: str) -> list[str]:
        """The text that each document keeps; see the port."""
        return [
            bytes(self._searcher.doc(each).get_first(name) or b"").decode()
            for each in _addresses(places)
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

    def _column(self, name: str, addresses: list[DocAddress]) -> list[int]:
        return [int(each or 0) for each in self._searcher.fast_field_values(name, addresses)]


class _Reader:
    """One tantivy index, read anew when a commit has passed."""

    def __init__(self, folder: Path, schema: Schema) -> None:
        self._schema = schema
        self._index: Index = open_index(folder, schema)
        self._commit = folder / "meta.json"
        self._read: tuple[int, int] | None = None

    def snapshot(self) -> EmbeddedSnapshot:
        """The index as it is now; what commits meanwhile is not seen."""
        # A commit puts another file in the place of this one. Looked at before reading, so that a
        # commit in between is read the next time.
        found = self._commit.stat()
        commit = found.st_ino, found.st_mtime_ns
        if commit != self._read:
            self._index.reload()
            self._read = commit
        return EmbeddedSnapshot(self._index.searcher(), self._schema)


class _Pair:
    """The records and passages indexes of one pair."""

    def __init__(self, folder: Path) -> None:
        self.records = _Reader(folder / "records", records_schema())
        self.passages = _Reader(folder / "passages", passages_schema())


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
        indexes = self._pairs[pair]
        return question(indexes.records.snapshot(), indexes.passages.snapshot())

    def record_ids(self, pair: Pair) -> Iterator[RecordId]:
        """Every record of a pair; see the port."""
        return self._pairs[pair].records.snapshot().every_record_id()


def _addresses(places: Sequence[object]) -> list[DocAddress]:
    return cast("list[DocAddress]", list(places))

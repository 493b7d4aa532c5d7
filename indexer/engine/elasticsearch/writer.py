"""Writes one generation of Elasticsearch indexes. Any number of processes may, on any host.

Every document carries the revision of its record, which is a position of the outbox, as its
version: an older state never takes the place of a newer one, in whatever order they come, and what
comes twice is left alone.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from indexer.access import Audience
from indexer.engine.elasticsearch.bulk import Bulk
from indexer.engine.elasticsearch.client import connected, telling_errors
from indexer.engine.elasticsearch.operations import (
    deletion,
    passage_names,
    passages_of,
    record_of,
)
from indexer.engine.elasticsearch.schema import (
    MAX_WINDOW,
    Names,
    index_settings,
    passages_mapping,
    records_mapping,
)
from indexer.engine.elasticsearch.state import States, make_index
from indexer.engine.layout import PAIRS, key_of
from indexer.engine.port import Counts
from indexer.engine.state import GenerationState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from elasticsearch import Elasticsearch

    from indexer.engine.elasticsearch.operations import Operation
    from indexer.engine.port import AnalyzedRecord, Pair
    from indexer.records import RecordId
    from indexer.settings import IndexerSettings

BATCH: Final = 200
"""Records that are looked up and written together."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the index has of a record."""

    revision: int
    passages: int


@dataclass(frozen=True, slots=True)
class _Gone:
    """A record that was deleted since the last commit, as of a position."""

    position: int


class ElasticsearchWriter:
    """An :class:`~indexer.engine.port.IndexWriter` on a cluster.

    Args:
        settings: Which cluster.
        generation: Which of its generations; its indexes are made if they are missing.
    """

    def __init__(self, settings: IndexerSettings, generation: int) -> None:
        self._client: Elasticsearch = connected(settings)
        self._names = Names(settings.elasticsearch_prefix, generation)
        self._states = States(self._client, self._names)
        self._states.prepare(settings)
        shape = index_settings(settings)
        for pair in PAIRS:
            make_index(self._client, self._names.passages(pair), passages_mapping(), shape)
            make_index(self._client, self._names.records(pair), records_mapping(), shape)
        self._state = self._states.read()
        self._bulk = Bulk(self._client)
        # Of each pair, what was done since the last commit, which no search sees.
        self._put: dict[Pair, dict[RecordId, _Standing | _Gone]] = {pair: {} for pair in PAIRS}
        self._is_fresh = False

    @property
    def position(self) -> int:
        """The outbox position that the last commit reached."""
        return self._state.position

    @property
    def cursor(self) -> str:
        """While the generation is being built, the last record id that was committed."""
        return self._state.cursor

    def counts(self) -> Counts:
        """What the last commit holds."""
        with telling_errors():
            records, passages = (
                int(self._client.count(index=index)["count"])
                for index in (self._names.records("full"), self._names.passages("full"))
            )
        return Counts(records=records, passages=passages)

    def put(self, records: Iterable[AnalyzedRecord]) -> None:
        """Add or replace records; see the port."""
        waiting = iter(records)
        while batch := list(islice(waiting, BATCH)):
            ids = [each.access.record_id for each in batch]
            if any(isinstance(put.get(each), _Gone) for put in self._put.values() for each in ids):
                # What is on its way would delete what is put.
                self._land()
            standing = self._standing(ids)
            with self._forgetting():
                self._bulk.send(*self._operations(batch, standing))

    def delete(self, gone: Mapping[RecordId, int]) -> None:
        """Remove records; see the port."""
        waiting = iter(gone.items())
        while batch := dict(islice(waiting, BATCH)):
            standing = self._standing(list(batch))
            passages, records = [], []
            for pair in PAIRS:
                left = self._passage_ids(pair, batch)
                for record_id, position in batch.items():
                    present = standing[pair].get(record_id)
                    names = {
                        *left.get(record_id, ()),
                        *passage_names(record_id, 0, present.passages if present else 0),
                    }
                    index = self._names.passages(pair)
                    passages += [deletion(index, name, position) for name in sorted(names)]
                    records.append(deletion(self._names.records(pair), record_id, position))
                    self._put[pair][record_id] = _Gone(position)
            with self._forgetting():
                self._bulk.send(passages, records)

    def flush(self) -> None:
        """Make everything durable and visible; passages before records, so that a hit has pages."""
        self._land()
        if any(self._put.values()):
            self._refresh()
            self._forget()

    def commit(self, position: int, cursor: str = "") -> None:
        """Make everything durable and visible, and note how far it reaches; see the port."""
        self.flush()
        self._state = GenerationState(position=position, cursor=cursor)
        self._states.note(self._state)

    def close(self) -> None:
        """Let go of the writer."""
        self._bulk.close()

    def _land(self) -> None:
        with self._forgetting():
            self._bulk.land()

    @contextmanager
    def _forgetting(self) -> Iterator[None]:
        """Where writing fails, whoever tries again must find what is there, not what was meant."""
        try:
            yield
        except BaseException:
            self._forget()
            self._is_fresh = False
            raise

    def _forget(self) -> None:
        for put in self._put.values():
            put.clear()

    def _refresh(self) -> None:
        with telling_errors():
            for name in (self._names.passages, self._names.records):
                self._client.indices.refresh(index=",".join(map(name, PAIRS)))

    def _standing(self, record_ids: list[RecordId]) -> dict[Pair, dict[RecordId, _Standing]]:
        """What each pair has of these records, committed or not."""
        if not self._is_fresh:
            # What a writer before this one left uncommitted is seen from here on.
            self._refresh()
            self._is_fresh = True
        return {pair: self._standing_in(pair, record_ids) for pair in PAIRS}

    def _standing_in(self, pair: Pair, record_ids: list[RecordId]) -> dict[RecordId, _Standing]:
        with telling_errors():
            answer = self._client.search(
                index=self._names.records(pair),
                query={"ids": {"values": record_ids}},
                docvalue_fields=[{"field": "revision"}, {"field": "passages"}],
                size=len(record_ids),
                track_total_hits=False,
                allow_partial_search_results=False,
            )
        found: dict[RecordId, _Standing | _Gone] = {
            hit["_id"]: _Standing(hit["fields"]["revision"][0], hit["fields"]["passages"][0])
            for hit in answer["hits"]["hits"]
        }
        put = self._put[pair]
        found |= {each: put[each] for each in record_ids if each in put}
        return {each: state for each, state in found.items() if isinstance(state, _Standing)}

    def _passage_ids(self, pair: Pair, record_ids: Iterable[RecordId]) -> dict[RecordId, set[str]]:
        """The passages that a search sees of these records, left over ones among them."""
        keyed = {key_of(each): each for each in record_ids}
        found: dict[RecordId, set[str]] = {}
        after = None
        while True:
            with telling_errors():
                hits = self._client.search(
                    index=self._names.passages(pair),
                    query={"terms": {"key": list(keyed)}},
                    sort=["key", "revision", "file_ordinal", "page", "start"],
                    search_after=after,
                    size=MAX_WINDOW,
                    track_total_hits=False,
                    allow_partial_search_results=False,
                )["hits"]["hits"]
            for hit in hits:
                found.setdefault(keyed[hit["sort"][0]], set()).add(hit["_id"])
            if len(hits) < MAX_WINDOW:
                return found
            after = hits[-1]["sort"]

    def _operations(
        self, batch: list[AnalyzedRecord], standing: dict[Pair, dict[RecordId, _Standing]]
    ) -> tuple[list[Operation], list[Operation]]:
        """What must be done to the passages, and then to the records.

        A record's own document says that all of it is there, so it comes last.
        """
        passages: list[Operation] = []
        records: list[Operation] = []
        for record in batch:
            record_id, revision = record.access.record_id, record.revision
            is_public = record.access.audience is Audience.PUBLIC
            for pair in PAIRS:
                present = standing[pair].get(record_id)
                is_held = pair == "full" or is_public
                if present and present.revision >= revision + (not is_held):
                    continue
                index = self._names.passages(pair)
                if is_held:
                    new = len(record.passages)
                    version = self._version(pair, record)
                    passages += passages_of(record, index, version)
                    records.append(record_of(record, self._names.records(pair), version))
                    self._put[pair][record_id] = _Standing(revision, new)
                elif present:
                    new = 0
                    records.append(deletion(self._names.records(pair), record_id, revision))
                    self._put[pair][record_id] = _Gone(revision)
                else:
                    continue
                surplus = passage_names(record_id, new, present.passages if present else 0)
                passages += [deletion(index, name, revision) for name in surplus]
        return passages, records

    def _version(self, pair: Pair, record: AnalyzedRecord) -> Operation:
        before = self._put[pair].get(record.access.record_id)
        if isinstance(before, _Gone):
            # Removed to be put anew: as new as its removal, whatever its revision.
            version = max(record.revision, before.position)
            return {"version": version, "version_type": "external_gte"}
        return {"version": record.revision, "version_type": "external"}

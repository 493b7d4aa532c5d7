"""Answers from one generation of tantivy indexes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tantivy import Occur, Query
from tantivy import Order as TantivyOrder

from indexer.access import Audience
from indexer.engine.embedded.conditions import required
from indexer.engine.embedded.counting import count, number_of
from indexer.engine.embedded.holding import every, held
from indexer.engine.embedded.likeness import sharing, words_of
from indexer.engine.embedded.locating import NO_PASSAGES, BestPassages, Locator
from indexer.engine.embedded.meeting import OneRecord, among, lacking, pages_met
from indexer.engine.embedded.queries import (
    matching,
    narrowed,
    near,
    record_evidence,
    silent,
    some_of,
    visible,
)
from indexer.engine.embedded.ranking import Ranked, by_score, top
from indexer.engine.embedded.schema import (
    PAIRS,
    key_of,
    open_index,
    passages_schema,
    records_schema,
)
from indexer.engine.embedded.sounding import sounding, standing
from indexer.engine.embedded.state import read_state
from indexer.engine.embedded.suggesting import suggested
from indexer.engine.port import Counts as PairCounts
from indexer.engine.port import Pair
from indexer.engine.query import (
    FEW,
    MAX_RELEVANCE_DEPTH,
    Alike,
    Examination,
    Hit,
    Order,
    ResultPage,
    WordCounts,
)
from indexer.engine.weights import DEFAULT_WEIGHTS, RERANKED, Weights
from indexer.records import RecordId

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tantivy import DocAddress, Index, Schema, Searcher

    from indexer.access import Viewer
    from indexer.engine.embedded.counting import Counts
    from indexer.engine.port import Held
    from indexer.engine.query import (
        AnalyzedQuery,
        PagesMet,
        SearchQuery,
        Sounding,
        SoundQuery,
        Standing,
        Suggested,
        Typed,
    )


class _Pair:
    """The records and passages indexes of one pair, reopened when a commit has passed."""

    def __init__(self, folder: Path) -> None:
        self.records_schema: Schema = records_schema()
        self.passages_schema: Schema = passages_schema()
        self._records: Index = open_index(folder / "records", self.records_schema)
        self._passages: Index = open_index(folder / "passages", self.passages_schema)

    def searchers(self) -> tuple[Searcher, Searcher]:
        """One snapshot of each; what commits meanwhile is not seen."""
        self._records.reload()
        self._passages.reload()
        return self._records.searcher(), self._passages.searcher()


class EmbeddedSearcher:
    """A :class:`~indexer.engine.port.Searcher` on a generation's folder."""

    def __init__(self, folder: Path, weights: Weights = DEFAULT_WEIGHTS) -> None:
        self._folder = folder
        self._weights = weights
        self._pairs = {pair: _Pair(folder / pair) for pair in PAIRS}

    @property
    def position(self) -> int:
        """The outbox position these answers have reached."""
        return read_state(self._folder).position

    def search(self, query: SearchQuery) -> ResultPage:
        """One page of the answer; see the port."""
        pair = self._pairs[_pair_for(query)]
        records, passages = pair.searchers()
        schema = pair.records_schema
        conditions = _conditions(schema, query)
        matched, matched_clauses, counts = _matched_set(records, schema, query, conditions)
        if chosen := some_of(schema, query.among, query.after):
            matched = Query.boolean_query([(Occur.Must, matched), *chosen])
            counts = count(records, matched, query.facets)
        evidence = record_evidence(schema, records, query.query, self._weights)
        locator = Locator(passages, pair.passages_schema, query.query, self._weights)
        seen = NO_PASSAGES
        if query.order is Order.RELEVANCE and evidence:
            page, seen = self._by_relevance(records, locator, query, (matched, evidence))
        else:
            page = _by_date(records, query, matched)
        nearby = (
            _nearby(records, schema, query, [*conditions, (Occur.MustNot, matched)], evidence)
            if 0 < counts.total < FEW and counts.total <= query.limit and not chosen
            else []
        )[: FEW - counts.total]
        located = locator.locate([ranked.key for ranked in page], seen)
        near_keys = [ranked.key for ranked in nearby]
        located |= locator.locate(near_keys, locator.best(near_keys))
        incomplete = [*(page if matched_clauses < len(query.query.clauses) else ()), *nearby]
        lacks = lacking(records, schema, query.query, [ranked.key for ranked in incomplete])
        hits = [
            Hit(
                record_id=_record_id(records, ranked.address),
                passages=located.get(ranked.key, ()),
                lacks=lacks.get(ranked.key, ()),
                score=ranked.score,
            )
            for ranked in (*page, *nearby)
        ]
        return ResultPage(
            total=counts.total,
            hits=tuple(hits[: len(page)]),
            facets=counts.facets,
            matched_clauses=matched_clauses,
            nearby=tuple(hits[len(page) :]),
        )

    def record_ids(self, pair: Pair) -> Iterator[RecordId]:
        """Every record of a pair; see the port."""
        records, _ = self._pairs[pair].searchers()
        for address in every(records, self._pairs[pair].records_schema):
            yield _record_id(records, address)

    def held(self, pair: Pair, record_ids: Sequence[RecordId]) -> Mapping[RecordId, Held]:
        """What a pair holds of records; see the port."""
        schemas = self._pairs[pair].records_schema, self._pairs[pair].passages_schema
        return held(*self._pairs[pair].searchers(), *schemas, record_ids)

    def counts(self, pair: Pair) -> PairCounts:
        """How much a pair holds; see the port."""
        records, passages = self._pairs[pair].searchers()
        return PairCounts(records=records.num_docs, passages=passages.num_docs)

    def count(self, query: SearchQuery) -> int:
        """How many records have all of it; see the port."""
        records, schema = self._records_for(query)
        asked = query.query
        return number_of(
            records,
            [
                (Occur.Must, silent(matching(schema, asked, asked.minimum_match))),
                *_conditions(schema, query),
            ],
        )

    def sounding(self, query: SoundQuery) -> Sequence[Sounding]:
        """Records that sound so; see the port."""
        if query.names and query.viewer.audience < Audience.STAFF:
            return ()
        records, schema = self._records_for(query)
        return sounding(records, schema, query)

    def standing(
        self, query: SearchQuery, runs: Sequence[Sequence[str]], where: Standing
    ) -> Sequence[int]:
        """In how many records each run stands; see the port."""
        records, schema = self._records_for(query)
        return standing(records, schema, _conditions(schema, query), runs, where)

    def suggest(
        self, typed: Typed, viewer: Viewer, denied: frozenset[RecordId], limit: int
    ) -> Suggested:
        """What may be meant by what was typed; see the port."""
        records, schema = self._records_for(viewer)
        return suggested(records, schema, typed, visible(schema, viewer, denied), limit)

    def _records_for(self, asking: SearchQuery | SoundQuery | Viewer) -> tuple[Searcher, Schema]:
        pair = self._pairs[_pair_for(asking)]
        return pair.searchers()[0], pair.records_schema

    def pages_met(
        self,
        query: AnalyzedQuery,
        record_ids: Sequence[RecordId],
        viewer: Viewer,
        denied: frozenset[RecordId],
    ) -> Mapping[RecordId, PagesMet]:
        """The pages on which the question was met; see the port."""
        pair = self._pairs[_pair_for(viewer)]
        records, passages = pair.searchers()
        seen = among(records, pair.records_schema, record_ids, visible_to=(viewer, denied))
        met = pages_met(passages, pair.passages_schema, query, list(seen))
        return {seen[key]: pages for key, pages in met.items()}

    def word_counts(self, words: Sequence[str]) -> WordCounts:
        """In how many public records words stand; see the port."""
        records, _ = self._pairs[Pair.PUBLIC].searchers()
        having = {word: records.doc_freq("body_words", word) for word in words}
        return WordCounts(records=records.num_docs, having=having)

    def alike(
        self,
        words: Mapping[str, float],
        viewer: Viewer,
        denied: frozenset[RecordId],
        limit: int,
    ) -> Sequence[Alike]:
        """Records that share words; see the port."""
        pair = self._pairs[_pair_for(viewer)]
        records, _ = pair.searchers()
        schema = pair.records_schema
        found = top(records, sharing(schema, words, visible(schema, viewer, denied)), limit)
        keys = [each.key for each in found]
        shared = words_of(records, schema, sorted(words, key=lambda each: -words[each]), keys)
        return [
            Alike(record_id=_record_id(records, each.address), words=shared.get(each.key, ()))
            for each in found
        ]

    def examine(self, query: SearchQuery, record_id: RecordId) -> Examination | None:
        """How one record stands to a question; see the port."""
        pair = self._pairs[_pair_for(query)]
        records, passages = pair.searchers()
        schema = pair.records_schema
        rights = visible(schema, query.viewer, query.denied)
        asked = query.query
        one = OneRecord(records, schema, key_of(record_id))
        if not one.meets(rights):
            return None
        needed = required(schema, asked.conditions, query.viewer)
        conditions = [*rights, *narrowed(schema, query.filters), *needed]
        matched, _, _ = _matched_set(records, schema, replace(query, facets=()), conditions)
        rank = None
        if is_matched := one.meets([(Occur.Must, matched)]):
            evidence = record_evidence(schema, records, asked, self._weights)
            if query.order is Order.RELEVANCE and evidence:
                locator = Locator(passages, pair.passages_schema, asked, self._weights)
                deep = replace(query, offset=0, limit=MAX_RELEVANCE_DEPTH)
                page, _ = self._by_relevance(records, locator, deep, (matched, evidence))
                keys = [each.key for each in page]
                rank = keys.index(one.key) + 1 if one.key in keys else None
            else:
                rank = one.place_by_date(matched, query.order)
        return Examination(
            revision=one.value("revision"),
            lacks=lacking(records, schema, asked, [one.key]).get(one.key, ()),
            unmet=tuple(at for at, each in enumerate(needed) if not one.meets([each])),
            kept_out_by=tuple(
                name
                for name, each in query.filters.apart().items()
                if not one.meets(narrowed(schema, each))
            ),
            is_matched=is_matched,
            rank=rank,
        )

    def _by_relevance(
        self,
        records: Searcher,
        locator: Locator,
        query: SearchQuery,
        asked: tuple[Query, list[Query]],
    ) -> tuple[list[Ranked], BestPassages]:
        matched, evidence = asked
        scored = _scored([(Occur.Must, matched)], evidence)
        end = query.offset + query.limit
        ranked = top(records, scored, max(end, RERANKED))
        first = ranked[:RERANKED]
        best = locator.best([each.key for each in first])
        for each in first:
            each.score += self._weights.best_passage * best.score(each.key)
        first.sort(key=by_score)
        return [*first, *ranked[RERANKED:]][query.offset : end], best


def _pair_for(asking: SearchQuery | SoundQuery | Viewer) -> Pair:
    return Pair.PUBLIC if asking.is_public else Pair.FULL


def _conditions(schema: Schema, query: SearchQuery) -> list[tuple[Occur, Query]]:
    """What holds whatever is relaxed: rights, deny-list, filters, conditions of the question."""
    return [
        *visible(schema, query.viewer, query.denied),
        *(visible(schema, query.within, frozenset()) if query.within else ()),
        *narrowed(schema, query.filters),
        *required(schema, query.query.conditions, query.viewer),
    ]


def _scored(conditions: list[tuple[Occur, Query]], evidence: list[Query]) -> Query:
    """What meets the conditions, with the evidence summed up as its score."""
    return Query.boolean_query([*conditions, *((Occur.Should, each) for each in evidence)])


def _matched_set(
    records: Searcher, schema: Schema, query: SearchQuery, conditions: list[tuple[Occur, Query]]
) -> tuple[Query, int, Counts]:
    """The largest part of the question that anything has: how many clauses, and what it counts.

    A sentence ordered by relevance is not narrowed: people ask in words that papers do not use,
    and the right paper often has one or two of them. Ordered by date there is nothing to hold
    back what hardly matches, so there a record must have its share of the sentence.
    """
    clauses = query.query.clauses
    phrases = sum(1 for clause in clauses if clause.is_phrase)
    least = max(1, phrases) if clauses else 0
    minimum = max(query.query.minimum_match, least)
    if query.order is Order.RELEVANCE and query.query.minimum_match < len(clauses):
        minimum = least
    while True:
        matched = Query.boolean_query(
            [(Occur.Must, silent(matching(schema, query.query, minimum))), *conditions]
        )
        counts = count(records, matched, query.facets)
        if counts.total or minimum <= least:
            return matched, minimum, counts
        minimum -= 1


def _nearby(
    records: Searcher,
    schema: Schema,
    query: SearchQuery,
    conditions: list[tuple[Occur, Query]],
    evidence: list[Query],
) -> list[Ranked]:
    """What comes nearest to a question that few records answer; see :class:`ResultPage`."""
    asked = query.query
    first_page = query.order is Order.RELEVANCE and not query.offset
    if not first_page or not asked.bigrams or any(each.numbers for each in asked.clauses):
        return []
    conditions = [*conditions, (Occur.Must, silent(near(schema, asked)))]
    return top(records, _scored(conditions, evidence), FEW)


def _by_date(records: Searcher, query: SearchQuery, matched: Query) -> list[Ranked]:
    oldest_first = query.order is Order.OLDEST
    result = records.search(
        matched,
        query.limit,
        count=False,
        order_by_field="oldest" if oldest_first else "newest",
        offset=query.offset,
        order=TantivyOrder.Asc if oldest_first else TantivyOrder.Desc,
    )
    addresses = [address for _, address in result.hits]
    keys = records.fast_field_values("key", addresses)
    return [
        Ranked(address, int(key or 0), 0.0) for address, key in zip(addresses, keys, strict=True)
    ]


def _record_id(searcher: Searcher, address: DocAddress) -> RecordId:
    return RecordId(str(searcher.doc(address).get_first("record_id")))

"""Answers from one generation of tantivy indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tantivy import Occur, Query
from tantivy import Order as TantivyOrder

from indexer.access import Audience
from indexer.engine.embedded.queries import (
    any_of,
    literal_run,
    matching,
    narrowed,
    passage_evidence,
    record_evidence,
    silent,
    visible,
)
from indexer.engine.embedded.schema import PAIRS, open_index, passages_schema, records_schema
from indexer.engine.embedded.state import read_state
from indexer.engine.port import BOUNDARY
from indexer.engine.query import FacetCount, FacetField, Hit, Order, PassageHit, ResultPage
from indexer.engine.weights import DEFAULT_WEIGHTS, RERANKED, Weights
from indexer.records import RecordId

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tantivy import DocAddress, Index, Schema, Searcher

    from indexer.access import Viewer
    from indexer.engine.query import AnalyzedQuery, SearchQuery

MAX_FACET_VALUES: Final = 1_000
_PASSAGES_PER_RECORD: Final = 3
_PASSAGES_SCANNED: Final = 1_000
_SCORE_DIGITS: Final = 4
"""Scores are compared to this many decimals: the sum of equal parts in another order is equal."""

_MAX_TIES: Final = 20_000
_FACETS: Final = {
    FacetField.AGENCY: "agency",
    FacetField.YEAR: "year",
    FacetField.CATEGORY: "category",
    FacetField.AUDIENCE: "audience",
}


class _Ranked:
    """A record on its way into the answer."""

    __slots__ = ("address", "key", "score")

    def __init__(self, address: DocAddress, key: int, score: float) -> None:
        self.address = address
        self.key = key
        self.score = score


class _Passages:
    """The best passages of some records, best first.

    Attributes:
        by_key: Score and address of up to :data:`_PASSAGES_PER_RECORD` passages of each record.
        is_whole: Whether no passage that matched was left out.
    """

    __slots__ = ("by_key", "is_whole")

    def __init__(
        self, by_key: dict[int, list[tuple[float, DocAddress]]], *, is_whole: bool
    ) -> None:
        self.by_key = by_key
        self.is_whole = is_whole

    def score(self, key: int) -> float:
        """The best passage's score; 0 where none matched."""
        return self.by_key[key][0][0] if key in self.by_key else 0.0

    def addresses(self, key: int) -> list[DocAddress] | None:
        """The record's best passages, or ``None`` where others may have crowded them out."""
        found = self.by_key.get(key, [])
        if not self.is_whole and len(found) < _PASSAGES_PER_RECORD:
            return None
        return [address for _, address in found]


_NO_PASSAGES: Final = _Passages({}, is_whole=False)


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
        pair = self._pairs["public" if query.viewer.is_public else "full"]
        records, passages = pair.searchers()
        schema = pair.records_schema
        conditions = [
            *visible(schema, query.viewer, query.denied),
            *narrowed(schema, query.filters),
        ]
        matched, matched_clauses = self._matched_set(records, schema, query.query, conditions)
        evidence = record_evidence(schema, query.query, self._weights)
        seen = _NO_PASSAGES
        if query.order is Order.RELEVANCE and evidence:
            page, seen = self._by_relevance(pair, (records, passages), query, (matched, evidence))
        else:
            page = self._by_date(records, query, matched)
        located = self._locate(pair, passages, query.query, [ranked.key for ranked in page], seen)
        return ResultPage(
            total=_total(records, matched),
            hits=tuple(
                Hit(
                    record_id=_record_id(records, ranked.address),
                    passages=located.get(ranked.key, ()),
                )
                for ranked in page
            ),
            facets=_count(records, matched, query.facets),
            matched_clauses=matched_clauses,
        )

    def revisions(self) -> Iterator[tuple[RecordId, int]]:
        """Every record with its revision; see the port."""
        records, _ = self._pairs["full"].searchers()
        if not records.num_docs:
            return
        hits = records.search(Query.all_query(), records.num_docs, count=False).hits
        addresses = [address for _, address in hits]
        revisions = records.fast_field_values("revision", addresses)
        for address, revision in zip(addresses, revisions, strict=True):
            yield _record_id(records, address), int(revision or 0)

    def suggest(
        self, chars: Sequence[str], viewer: Viewer, denied: frozenset[RecordId], limit: int
    ) -> Sequence[RecordId]:
        """Records whose title has the run; see the port."""
        pair = self._pairs["public" if viewer.is_public else "full"]
        records, _ = pair.searchers()
        schema = pair.records_schema
        run = tuple(chars)
        query = Query.boolean_query(
            [
                (Occur.Must, literal_run(schema, "title", run)),
                (
                    Occur.Should,
                    Query.const_score_query(
                        literal_run(schema, "title", (BOUNDARY, *run)), self._weights.number
                    ),
                ),
                *visible(schema, viewer, denied),
            ]
        )
        found = _top(records, query, limit)
        return [_record_id(records, each.address) for each in found[:limit]]

    def _matched_set(
        self,
        records: Searcher,
        schema: Schema,
        query: AnalyzedQuery,
        conditions: list[tuple[Occur, Query]],
    ) -> tuple[Query, int]:
        """The largest part of the question that anything has, and how many clauses that is."""
        phrases = sum(1 for clause in query.clauses if clause.is_phrase)
        least = max(1, phrases) if query.clauses else 0
        for minimum in _steps(query, least):
            matched = Query.boolean_query(
                [(Occur.Must, silent(matching(schema, query, minimum))), *conditions]
            )
            if minimum == least or _total(records, matched):
                return matched, minimum
        return matched, least

    def _by_relevance(
        self,
        pair: _Pair,
        searchers: tuple[Searcher, Searcher],
        query: SearchQuery,
        asked: tuple[Query, list[Query]],
    ) -> tuple[list[_Ranked], _Passages]:
        records, passages = searchers
        matched, evidence = asked
        scored = Query.boolean_query(
            [(Occur.Must, matched), *((Occur.Should, each) for each in evidence)]
        )
        end = query.offset + query.limit
        ranked = _top(records, scored, max(end, RERANKED))
        first = ranked[:RERANKED]
        best = self._best_passages(pair, passages, query.query, [each.key for each in first])
        for each in first:
            each.score += self._weights.best_passage * best.score(each.key)
        first.sort(key=_rank)
        return [*first, *ranked[RERANKED:]][query.offset : end], best

    def _by_date(self, records: Searcher, query: SearchQuery, matched: Query) -> list[_Ranked]:
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
            _Ranked(address, int(key or 0), 0.0)
            for address, key in zip(addresses, keys, strict=True)
        ]

    def _best_passages(
        self, pair: _Pair, passages: Searcher, query: AnalyzedQuery, keys: list[int]
    ) -> _Passages:
        if not keys:
            return _NO_PASSAGES
        scored = _within(pair.passages_schema, keys, passage_evidence(pair.passages_schema, query))
        hits = passages.search(scored, _PASSAGES_SCANNED, count=False).hits
        found = passages.fast_field_values("key", [address for _, address in hits])
        by_key: dict[int, list[tuple[float, DocAddress]]] = {}
        for (score, address), key in zip(hits, found, strict=True):
            best = by_key.setdefault(int(key or 0), [])
            if len(best) < _PASSAGES_PER_RECORD:
                best.append((score, address))
        return _Passages(by_key, is_whole=len(hits) < _PASSAGES_SCANNED)

    def _locate(
        self,
        pair: _Pair,
        passages: Searcher,
        query: AnalyzedQuery,
        keys: list[int],
        seen: _Passages,
    ) -> dict[int, tuple[PassageHit, ...]]:
        evidence = passage_evidence(pair.passages_schema, query)
        if not keys or not evidence:
            return {}
        located: dict[int, tuple[PassageHit, ...]] = {}
        for key in keys:
            addresses = seen.addresses(key)
            if addresses is None:
                # One record at a time: a long volume must not crowd out the others.
                within = _within(pair.passages_schema, [key], evidence)
                hits = passages.search(within, _PASSAGES_PER_RECORD, count=False).hits
                addresses = [address for _, address in hits]
            columns = [
                passages.fast_field_values(name, addresses)
                for name in ("file_ordinal", "page", "start", "end")
            ]
            located[key] = tuple(
                PassageHit(
                    file_ordinal=int(ordinal or 0),
                    page=int(page or 0),
                    start=int(start or 0),
                    end=int(end or 0),
                )
                for ordinal, page, start, end in zip(*columns, strict=True)
            )
        return located


def _steps(query: AnalyzedQuery, least: int) -> list[int]:
    """How many clauses to ask for, most first."""
    return list(range(query.minimum_match, least - 1, -1)) or [least]


def _within(schema: Schema, keys: list[int], evidence: list[Query]) -> Query:
    return Query.boolean_query(
        [
            (Occur.Must, silent(Query.term_set_query(schema, "key", keys))),
            (Occur.Must, any_of(evidence)),
        ]
    )


def _top(searcher: Searcher, query: Query, limit: int) -> list[_Ranked]:
    """The best ``limit`` records, ties broken by key.

    The engine breaks ties by where a document happens to lie. Where the last place is tied, the
    whole tie is fetched, so that the same records come out of any two indexes of the same records.
    """
    wanted = limit
    while True:
        hits = searcher.search(query, wanted + 1, count=False).hits
        if len(hits) <= wanted:
            break
        if _rounded(hits[limit - 1][0]) != _rounded(hits[-1][0]) or wanted >= _MAX_TIES:
            break
        wanted = min(wanted * 4, _MAX_TIES)
    addresses = [address for _, address in hits]
    keys = searcher.fast_field_values("key", addresses)
    ranked = [
        _Ranked(address, int(key or 0), score)
        for (score, address), key in zip(hits, keys, strict=True)
    ]
    ranked.sort(key=_rank)
    return ranked[:limit]


def _record_id(searcher: Searcher, address: DocAddress) -> RecordId:
    return RecordId(str(searcher.doc(address).get_first("record_id")))


def _total(searcher: Searcher, query: Query) -> int:
    # The published stub forgets the attribute.
    return int(searcher.search(query, 1, count=True).count)  # type: ignore[attr-defined]


def _rounded(score: float) -> float:
    return round(score, _SCORE_DIGITS)


def _rank(ranked: _Ranked) -> tuple[float, int]:
    return -_rounded(ranked.score), ranked.key


def _count(
    searcher: Searcher, matched: Query, facets: Sequence[FacetField]
) -> dict[FacetField, tuple[FacetCount, ...]]:
    """Every facet in one pass over the matched set."""
    if not facets:
        return {}
    request = {
        facet.value: {"terms": {"field": _FACETS[facet], "size": MAX_FACET_VALUES}}
        for facet in facets
    }
    answer: dict[str, Any] = searcher.aggregate(matched, request)
    return {facet: _counts(facet, answer[facet.value]["buckets"]) for facet in facets}


def _counts(facet: FacetField, buckets: list[dict[str, Any]]) -> tuple[FacetCount, ...]:
    counts = [
        FacetCount(value=_facet_value(facet, bucket["key"]), count=int(bucket["doc_count"]))
        for bucket in buckets
    ]
    known = [count for count in counts if count.value]
    return tuple(sorted(known, key=lambda count: (-count.count, count.value)))


def _facet_value(facet: FacetField, key: str | float) -> str:
    if facet is FacetField.AUDIENCE:
        return Audience(int(key)).slug
    if facet is FacetField.YEAR:
        return str(int(key)) if int(key) else ""
    return str(key)

"""The questions of the port, answered from the snapshots of an adapter."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from indexer.access import Audience
from indexer.engine.expressions import Every, Not, every, silent
from indexer.engine.layout import key_of
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
from indexer.engine.searching.conditions import required
from indexer.engine.searching.counting import count
from indexer.engine.searching.holding import held
from indexer.engine.searching.likeness import sharing, words_of
from indexer.engine.searching.locating import NO_PASSAGES, BestPassages, Locator
from indexer.engine.searching.matching import conditions_of, matched_set, matched_sets, nearby
from indexer.engine.searching.meeting import OneRecord, among, lacking, pages_met
from indexer.engine.searching.queries import (
    matching,
    narrowed,
    record_evidence,
    some_of,
    visible,
)
from indexer.engine.searching.ranking import by_score, ranked, top
from indexer.engine.searching.side_by_side import side_by_side
from indexer.engine.searching.sounding import sounding, standing
from indexer.engine.searching.suggesting import suggested
from indexer.engine.weights import DEFAULT_WEIGHTS, RERANKED, Weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from indexer.access import Viewer
    from indexer.engine.expressions import Expression
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
    from indexer.engine.searching.matching import MatchedSet
    from indexer.engine.searching.ranking import Ranked
    from indexer.engine.snapshot import Answer, Indexes, Snapshot
    from indexer.records import RecordId


class IndexSearcher:
    """A :class:`~indexer.engine.port.Searcher` on the indexes of a generation."""

    def __init__(self, indexes: Indexes, weights: Weights = DEFAULT_WEIGHTS) -> None:
        self._indexes = indexes
        self._weights = weights

    @property
    def position(self) -> int:
        """The outbox position these answers have reached."""
        return self._indexes.position

    def record_ids(self, pair: Pair) -> Iterator[RecordId]:
        """Every record of a pair; see the port."""
        return self._indexes.record_ids(pair)

    def held(self, pair: Pair, record_ids: Sequence[RecordId]) -> Mapping[RecordId, Held]:
        """What a pair holds of records; see the port."""
        return self._indexes.ask(
            pair, lambda records, passages: held(records, passages, record_ids)
        )

    def counts(self, pair: Pair) -> PairCounts:
        """How much a pair holds; see the port."""
        return self._indexes.ask(
            pair,
            lambda records, passages: PairCounts(
                records=records.documents, passages=passages.documents
            ),
        )

    def search(self, query: SearchQuery) -> ResultPage:
        """One page of the answer; see the port."""
        return self._ask(query, lambda records, passages: self._search(records, passages, query))

    def count(self, query: SearchQuery) -> int:
        """How many records have all of it; see the port."""
        asked = query.query
        wanted = every([silent(matching(asked, asked.minimum_match)), *conditions_of(query)])
        return self._ask(query, lambda records, _: records.tally(wanted).total)

    def sounding(self, query: SoundQuery) -> Sequence[Sounding]:
        """Records that sound so; see the port."""
        if query.names and query.viewer.audience < Audience.STAFF:
            return ()
        return self._ask(query, lambda records, _: sounding(records, query))

    def standing(
        self, query: SearchQuery, runs: Sequence[Sequence[str]], where: Standing
    ) -> Sequence[int]:
        """In how many records each run stands; see the port."""
        conditions = conditions_of(query)
        return self._ask(query, lambda records, _: standing(records, conditions, runs, where))

    def suggest(
        self, typed: Typed, viewer: Viewer, denied: frozenset[RecordId], limit: int
    ) -> Suggested:
        """What may be meant by what was typed; see the port."""
        rights = visible(viewer, denied)
        return self._ask(viewer, lambda records, _: suggested(records, typed, rights, limit))

    def pages_met(
        self,
        query: AnalyzedQuery,
        record_ids: Sequence[RecordId],
        viewer: Viewer,
        denied: frozenset[RecordId],
    ) -> Mapping[RecordId, PagesMet]:
        """The pages on which the question was met; see the port."""

        def asked(records: Snapshot, passages: Snapshot) -> Mapping[RecordId, PagesMet]:
            seen = among(records, record_ids, visible_to=(viewer, denied))
            met = pages_met(passages, query, list(seen))
            return {seen[key]: pages for key, pages in met.items()}

        return self._ask(viewer, asked)

    def word_counts(self, words: Sequence[str]) -> WordCounts:
        """In how many public records words stand; see the port."""

        def asked(records: Snapshot, _: Snapshot) -> WordCounts:
            having = records.frequencies("body_words", words)
            return WordCounts(
                records=records.documents, having=dict(zip(words, having, strict=True))
            )

        return self._indexes.ask(Pair.PUBLIC, asked)

    def alike(
        self,
        words: Mapping[str, float],
        viewer: Viewer,
        denied: frozenset[RecordId],
        limit: int,
    ) -> Sequence[Alike]:
        """Records that share words; see the port."""

        def asked(records: Snapshot, _: Snapshot) -> list[Alike]:
            found = top(records, sharing(words, visible(viewer, denied)), limit)
            by_weight = sorted(words, key=lambda each: -words[each])
            shared = words_of(records, by_weight, [each.key for each in found])
            return [
                Alike(record_id=record_id, words=shared.get(each.key, ()))
                for each, record_id in zip(
                    found, records.record_ids([each.place for each in found]), strict=True
                )
            ]

        return self._ask(viewer, asked)

    def examine(self, query: SearchQuery, record_id: RecordId) -> Examination | None:
        """How one record stands to a question; see the port."""
        return self._ask(
            query, lambda records, passages: self._examine(records, passages, query, record_id)
        )

    def _ask(
        self,
        asking: SearchQuery | SoundQuery | Viewer,
        question: Callable[[Snapshot, Snapshot], Answer],
    ) -> Answer:
        return self._indexes.ask(Pair.PUBLIC if asking.is_public else Pair.FULL, question)

    def _search(self, records: Snapshot, passages: Snapshot, query: SearchQuery) -> ResultPage:
        conditions = conditions_of(query)
        evidence = record_evidence(records, query.query, self._weights)
        locator = Locator(passages, query.query, self._weights)
        chosen = some_of(query.among, query.after)
        sets: Iterable[MatchedSet] = matched_sets(query, conditions)
        if chosen:
            # Which set answers is decided on all records, and then narrowed to the chosen.
            of_all = matched_set(records, query, conditions)
            sets = [replace(of_all, expression=every([of_all.expression, *chosen]))]
        for matched in sets:
            # Nearly always there are some, and to count them and to show them takes each its time.
            counts, (page, seen) = side_by_side(
                partial(count, records, matched.expression, query.facets),
                partial(self._page, records, locator, query, (matched.expression, evidence)),
            )
            if counts.total:
                break
        near = (
            nearby(records, query, [*conditions, Not(matched.expression)], evidence)
            if 0 < counts.total < FEW and counts.total <= query.limit and not chosen
            else []
        )[: FEW - counts.total]
        located = locator.locate([each.key for each in page], seen)
        near_keys = [each.key for each in near]
        located |= locator.locate(near_keys, locator.best(near_keys))
        incomplete = [*(page if matched.clauses < len(query.query.clauses) else ()), *near]
        lacks = lacking(records, query.query, [each.key for each in incomplete])
        shown = [*page, *near]
        hits = [
            Hit(
                record_id=record_id,
                passages=located.get(each.key, ()),
                lacks=lacks.get(each.key, ()),
                score=each.score,
            )
            for each, record_id in zip(
                shown, records.record_ids([each.place for each in shown]), strict=True
            )
        ]
        return ResultPage(
            total=counts.total,
            hits=tuple(hits[: len(page)]),
            facets=counts.facets,
            matched_clauses=matched.clauses,
            nearby=tuple(hits[len(page) :]),
        )

    def _examine(
        self, records: Snapshot, passages: Snapshot, query: SearchQuery, record_id: RecordId
    ) -> Examination | None:
        rights = visible(query.viewer, query.denied)
        asked = query.query
        one = OneRecord(records, key_of(record_id))
        if not one.meets(rights):
            return None
        needed = required(asked.conditions, query.viewer)
        conditions = [*rights, *narrowed(query.filters), *needed]
        matched = matched_set(records, query, conditions).expression
        rank = None
        if is_matched := one.meets([matched]):
            evidence = record_evidence(records, asked, self._weights)
            if query.order is Order.RELEVANCE and evidence:
                locator = Locator(passages, asked, self._weights)
                deep = replace(query, offset=0, limit=MAX_RELEVANCE_DEPTH)
                page, _ = self._page(records, locator, deep, (matched, evidence))
                keys = [each.key for each in page]
                rank = keys.index(one.key) + 1 if one.key in keys else None
            else:
                rank = one.place_by_date(matched, query.order)
        return Examination(
            revision=one.value("revision"),
            lacks=lacking(records, asked, [one.key]).get(one.key, ()),
            unmet=tuple(at for at, each in enumerate(needed) if not one.meets([each])),
            kept_out_by=tuple(
                name
                for name, each in query.filters.apart().items()
                if not one.meets(narrowed(each))
            ),
            is_matched=is_matched,
            rank=rank,
        )

    def _page(
        self,
        records: Snapshot,
        locator: Locator,
        query: SearchQuery,
        asked: tuple[Expression, tuple[Expression, ...]],
    ) -> tuple[list[Ranked], BestPassages]:
        matched, evidence = asked
        if query.order is not Order.RELEVANCE or not evidence:
            return _by_date(records, query, matched), NO_PASSAGES
        end = query.offset + query.limit
        best_records = top(records, Every((matched,), besides=evidence), max(end, RERANKED))
        first = best_records[:RERANKED]
        best = locator.best([each.key for each in first])
        for each in first:
            each.score += self._weights.best_passage * best.score(each.key)
        first.sort(key=by_score)
        return [*first, *best_records[RERANKED:]][query.offset : end], best


def _by_date(records: Snapshot, query: SearchQuery, matched: Expression) -> list[Ranked]:
    is_newest_first = query.order is not Order.OLDEST
    return ranked(
        records.ordered(
            matched,
            "newest" if is_newest_first else "oldest",
            is_descending=is_newest_first,
            limit=query.limit,
            offset=query.offset,
        )
    )

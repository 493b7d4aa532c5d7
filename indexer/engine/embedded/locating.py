"""Where in its text a record was met: its best passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tantivy import Query

from indexer.engine.embedded.queries import all_of, any_of, passage_runs, passage_terms, silent
from indexer.engine.query import PassageHit

if TYPE_CHECKING:
    from tantivy import DocAddress, Schema, Searcher

    from indexer.engine.query import AnalyzedQuery
    from indexer.engine.weights import Weights

_PASSAGES_PER_RECORD: Final = 3
_PASSAGES_SCANNED: Final = 1_000


@dataclass(frozen=True, slots=True)
class BestPassages:
    """The best passages of some records.

    Attributes:
        by_key: Score and address of up to three passages of each record, best first.
        is_whole: Whether no passage that matched was left out.
    """

    by_key: dict[int, list[tuple[float, DocAddress]]]
    is_whole: bool

    def score(self, key: int) -> float:
        """The best passage's score; 0 where none matched."""
        return self.by_key[key][0][0] if key in self.by_key else 0.0

    def addresses(self, key: int) -> list[DocAddress] | None:
        """The record's best passages, or ``None`` where others may have crowded them out."""
        found = self.by_key.get(key, [])
        if not self.is_whole and len(found) < _PASSAGES_PER_RECORD:
            return None
        return [address for _, address in found]


NO_PASSAGES: Final = BestPassages({}, is_whole=False)


class Locator:
    """Finds the passages of one question in one snapshot of the passages index."""

    def __init__(
        self, passages: Searcher, schema: Schema, query: AnalyzedQuery, weights: Weights
    ) -> None:
        self._passages = passages
        self._schema = schema
        self._terms = passage_terms(schema, passages, query, weights)
        self._runs = passage_runs(schema, query, weights)

    def best(self, keys: list[int]) -> BestPassages:
        """The best passages of the records with these keys."""
        if not keys or not self._has_evidence:
            return NO_PASSAGES
        hits = self._passages.search(self._within(keys), _PASSAGES_SCANNED, count=False).hits
        found = self._passages.fast_field_values("key", [address for _, address in hits])
        by_key: dict[int, list[tuple[float, DocAddress]]] = {}
        for (score, address), key in zip(hits, found, strict=True):
            best = by_key.setdefault(int(key or 0), [])
            if len(best) < _PASSAGES_PER_RECORD:
                best.append((score, address))
        return BestPassages(by_key, is_whole=len(hits) < _PASSAGES_SCANNED)

    def locate(self, keys: list[int], seen: BestPassages) -> dict[int, tuple[PassageHit, ...]]:
        """Where each record was met, from what was seen already wherever that is enough."""
        if not self._has_evidence:
            return {}
        located: dict[int, tuple[PassageHit, ...]] = {}
        for key in keys:
            addresses = seen.addresses(key)
            if addresses is None:
                # One record at a time: a long volume must not crowd out the others.
                within = self._within([key])
                hits = self._passages.search(within, _PASSAGES_PER_RECORD, count=False).hits
                addresses = [address for _, address in hits]
            located[key] = self._hits(addresses)
        return located

    def _hits(self, addresses: list[DocAddress]) -> tuple[PassageHit, ...]:
        columns = [
            self._passages.fast_field_values(name, addresses)
            for name in ("file_ordinal", "page", "start", "end")
        ]
        return tuple(
            PassageHit(
                file_ordinal=int(ordinal or 0),
                page=int(page or 0),
                start=int(start or 0),
                end=int(end or 0),
            )
            for ordinal, page, start, end in zip(*columns, strict=True)
        )

    @property
    def _has_evidence(self) -> bool:
        return bool(self._terms or self._runs)

    def _within(self, keys: list[int]) -> Query:
        of_records = silent(Query.term_set_query(self._schema, "key", keys))
        # Positions are compared in these records alone: as a part of the sum below, a run would
        # be looked for in whole stretches of the index.
        runs = [all_of([of_records, run]) for run in self._runs]
        return all_of([of_records, any_of([*self._terms, *runs])])

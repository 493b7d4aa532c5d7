"""Where in its text a record was met: its best passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.engine.expressions import OneOf, every, silent, some
from indexer.engine.query import PassageHit
from indexer.engine.searching.queries import passage_runs, passage_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.engine.expressions import Expression
    from indexer.engine.query import AnalyzedQuery
    from indexer.engine.snapshot import Snapshot
    from indexer.engine.weights import Weights

_PASSAGES_PER_RECORD: Final = 3
_PASSAGES_SCANNED: Final = 1_000
_COLUMNS: Final = ("file_ordinal", "page", "start", "end")


@dataclass(frozen=True, slots=True)
class BestPassages:
    """The best passages of some records.

    Attributes:
        by_key: Score and place of up to three passages of each record, best first.
        is_whole: Whether no passage that matched was left out.
    """

    by_key: dict[int, list[tuple[float, object]]]
    is_whole: bool

    def score(self, key: int) -> float:
        """The best passage's score; 0 where none matched."""
        return self.by_key[key][0][0] if key in self.by_key else 0.0

    def places(self, key: int) -> list[object] | None:
        """The record's best passages, or ``None`` where others may have crowded them out."""
        found = self.by_key.get(key, [])
        if not self.is_whole and len(found) < _PASSAGES_PER_RECORD:
            return None
        return [place for _, place in found]


NO_PASSAGES: Final = BestPassages({}, is_whole=False)


class Locator:
    """Finds the passages of one question in one snapshot of the passages index."""

    def __init__(self, passages: Snapshot, query: AnalyzedQuery, weights: Weights) -> None:
        self._passages = passages
        self._terms = passage_terms(passages, query, weights)
        self._runs = passage_runs(query, weights)

    def best(self, keys: Sequence[int]) -> BestPassages:
        """The best passages of the records with these keys."""
        if not keys or not self._has_evidence:
            return NO_PASSAGES
        found = self._passages.best(self._within(keys), _PASSAGES_SCANNED, _COLUMNS)
        by_key: dict[int, list[tuple[float, object]]] = {}
        for score, key, place in zip(found.scores, found.keys, found.places, strict=True):
            best = by_key.setdefault(key, [])
            if len(best) < _PASSAGES_PER_RECORD:
                best.append((score, place))
        return BestPassages(by_key, is_whole=len(found) < _PASSAGES_SCANNED)

    def locate(self, keys: Sequence[int], seen: BestPassages) -> dict[int, tuple[PassageHit, ...]]:
        """Where each record was met, from what was seen already wherever that is enough."""
        if not self._has_evidence:
            return {}
        located: dict[int, tuple[PassageHit, ...]] = {}
        for key in keys:
            places: Sequence[object] | None = seen.places(key)
            if places is None:
                # One record at a time: a long volume must not crowd out the others.
                within = self._within([key])
                places = self._passages.best(within, _PASSAGES_PER_RECORD, _COLUMNS).places
            located[key] = self._hits(places)
        return located

    def _hits(self, places: Sequence[object]) -> tuple[PassageHit, ...]:
        return tuple(
            PassageHit(file_ordinal=ordinal, page=page, start=start, end=end)
            for ordinal, page, start, end in self._passages.numbers(places, _COLUMNS)
        )

    @property
    def _has_evidence(self) -> bool:
        return bool(self._terms or self._runs)

    def _within(self, keys: Sequence[int]) -> Expression:
        of_records = silent(OneOf("key", tuple(keys)))
        # Positions are compared in these records alone: as a part of the sum below, a run would
        # be looked for in whole stretches of the index.
        runs = [every([of_records, run]) for run in self._runs]
        return every([of_records, some([*self._terms, *runs])])

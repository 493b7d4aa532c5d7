"""Where in its text a record was met: its best passages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.engine.expressions import OneOf, every, silent, some, within
from indexer.engine.query import PassageHit
from indexer.engine.searching.queries import passage_runs, passage_terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
        by_key: Score and place of the passages of each record, best first.
        is_whole: Whether no passage that matched was left out.
    """

    by_key: Mapping[int, list[tuple[float, object]]]
    is_whole: bool

    def score(self, key: int) -> float:
        """The best passage's score; 0 where none matched."""
        return self.by_key[key][0][0] if key in self.by_key else 0.0

    def places(self, key: int) -> list[object] | None:
        """The record's best passages, or ``None`` where others may have crowded them out."""
        found = self.by_key.get(key, [])[:_PASSAGES_PER_RECORD]
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
        by_key: defaultdict[int, list[tuple[float, object]]] = defaultdict(list)
        passages = zip(found.scores, found.places, strict=True)
        for key, passage in zip(found.keys, passages, strict=True):
            by_key[key].append(passage)
        return BestPassages(by_key, is_whole=len(found) < _PASSAGES_SCANNED)

    def locate(self, keys: Sequence[int], seen: BestPassages) -> dict[int, tuple[PassageHit, ...]]:
        """Where each record was met, from what was seen already wherever that is enough."""
        if not self._has_evidence:
            return {}
        found: dict[int, Sequence[object] | None] = {key: seen.places(key) for key in keys}
        # The few that are shown may have room among themselves.
        crowded_out = [key for key, places in found.items() if places is None]
        by_themselves = self.best(crowded_out)
        found |= {key: by_themselves.places(key) for key in crowded_out}
        return {
            key: self._hits(self._alone(key) if places is None else places)
            for key, places in found.items()
        }

    def _alone(self, key: int) -> Sequence[object]:
        """The best passages of one record, which no long volume can crowd out."""
        return self._passages.best(self._within([key]), _PASSAGES_PER_RECORD, _COLUMNS).places

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
        # Terms are read far quicker as one sum below the condition than each beside it.
        runs = [within(of_records, run) for run in self._runs]
        return every([of_records, some([*self._terms, *runs])])

"""What of a question single records have: which parts they lack, which of their pages have any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.engine.conditions import Part
from indexer.engine.expressions import Between, Constant, OneOf, Term, every, silent, some, within
from indexer.engine.layout import key_of
from indexer.engine.query import Order, PagesMet
from indexer.engine.searching.queries import has_clause, in_any_form, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.access import Viewer
    from indexer.engine.expressions import Expression
    from indexer.engine.query import AnalyzedQuery
    from indexer.engine.snapshot import Snapshot
    from indexer.records import RecordId

MAX_PASSAGES_MET: Final = 10_000
"""Passages that are looked at for one question; beyond that, pages are not all known."""

_PAGE: Final = ("file_ordinal", "page")

_TOLD_APART: Final = 20
"""Clauses that one question tells apart: a score has 24 bits, and must have all of them."""


def among(
    records: Snapshot,
    record_ids: Sequence[RecordId],
    *,
    visible_to: tuple[Viewer, frozenset[RecordId]],
) -> dict[int, RecordId]:
    """Those of the records, by key, that this snapshot holds and the viewer may see."""
    keyed = {key_of(each): each for each in record_ids}
    if not keyed:
        return {}
    wanted = every([silent(OneOf("key", tuple(keyed))), *visible(*visible_to)])
    return {key: keyed[key] for key in records.best(wanted, len(keyed)).keys}


class OneRecord:
    """One record in one snapshot of the records index."""

    def __init__(self, records: Snapshot, key: int) -> None:
        self.key = key
        self._records = records
        self._own = silent(Term("key", key))

    def meets(self, conditions: Sequence[Expression]) -> bool:
        """Whether it is there and meets the conditions."""
        return bool(self._records.best(every([self._own, *conditions]), 1))

    def value(self, name: str) -> int:
        """One of its numbers."""
        found = self._records.best(every([self._own]), 1, (name,))
        ((value,),) = self._records.numbers(found.places, (name,))
        return value

    def place_by_date(self, matched: Expression, order: Order) -> int:
        """Its 1-based place among what matches, ordered by date."""
        if order is Order.OLDEST:
            before = Between("oldest", last=self.value("oldest") - 1)
        else:
            before = Between("newest", first=self.value("newest") + 1)
        return self._records.tally(every([matched, before])).total + 1


def lacking(
    records: Snapshot, query: AnalyzedQuery, keys: Sequence[int]
) -> dict[int, tuple[int, ...]]:
    """For each record the clauses that it has nowhere, by their place in the question."""
    if not keys or not query.clauses:
        return {}
    lacks: dict[int, list[int]] = {}
    of_records = silent(OneOf("key", tuple(keys)))
    for first in range(0, len(query.clauses), _TOLD_APART):
        clauses = query.clauses[first : first + _TOLD_APART]
        # Each clause adds a power of two of its own, so that the sum says which of them are there.
        each = [
            Constant(within(of_records, has_clause(clause)), 1 << at)
            for at, clause in enumerate(clauses)
        ]
        found = records.best(some(each), len(keys))
        having = {key: int(score) for key, score in zip(found.keys, found.scores, strict=True)}
        for key in keys:
            missing = ~having.get(key, 0)
            gone = [first + at for at in range(len(clauses)) if missing >> at & 1]
            if gone:
                lacks.setdefault(key, []).extend(gone)
    return {key: tuple(each) for key, each in lacks.items()}


def pages_met(passages: Snapshot, query: AnalyzedQuery, keys: Sequence[int]) -> dict[int, PagesMet]:
    """For each record the pages with a run that is looked for in its text."""
    runs = [in_any_form("", each) for each in query.sought if each.part is Part.BODY]
    if not keys or not runs:
        return {}
    of_records = silent(OneOf("key", tuple(keys)))
    met = silent(within(of_records, some(runs)))
    found = passages.best(met, MAX_PASSAGES_MET, _PAGE)
    pages: dict[int, set[tuple[int, int]]] = {}
    for key, page in zip(found.keys, passages.numbers(found.places, _PAGE), strict=True):
        pages.setdefault(key, set()).add((page[0], page[1]))
    is_whole = len(found) < MAX_PASSAGES_MET
    return {
        key: PagesMet(pages=tuple(sorted(each)), is_whole=is_whole) for key, each in pages.items()
    }

"""What of a question single records have: which parts they lack, which of their pages have any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tantivy import FieldType, Occur, Query

from indexer.engine.conditions import Part
from indexer.engine.embedded.counting import count
from indexer.engine.embedded.queries import (
    all_of,
    any_of,
    has_clause,
    in_any_form,
    silent,
    visible,
)
from indexer.engine.embedded.schema import key_of
from indexer.engine.query import Order, PagesMet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tantivy import Schema, Searcher

    from indexer.access import Viewer
    from indexer.engine.query import AnalyzedQuery
    from indexer.records import RecordId

MAX_PASSAGES_MET: Final = 10_000
"""Passages that are looked at for one question; beyond that, pages are not all known."""


def among(
    records: Searcher,
    schema: Schema,
    record_ids: Sequence[RecordId],
    *,
    visible_to: tuple[Viewer, frozenset[RecordId]],
) -> dict[int, RecordId]:
    """Those of the records, by key, that this snapshot holds and the viewer may see."""
    keyed = {key_of(each): each for each in record_ids}
    if not keyed:
        return {}
    wanted = Query.boolean_query(
        [
            (Occur.Must, silent(Query.term_set_query(schema, "key", list(keyed)))),
            *visible(schema, *visible_to),
        ]
    )
    return {key: keyed[key] for key in _keys(records, wanted, len(keyed))}


class OneRecord:
    """One record in one snapshot of the records index."""

    def __init__(self, records: Searcher, schema: Schema, key: int) -> None:
        self.key = key
        self._records = records
        self._schema = schema
        self._own = (Occur.Must, silent(Query.term_query(schema, "key", key)))

    def meets(self, conditions: Sequence[tuple[Occur, Query]]) -> bool:
        """Whether it is there and meets the conditions."""
        wanted = Query.boolean_query([self._own, *conditions])
        return bool(_keys(self._records, wanted, 1))

    def value(self, name: str) -> int:
        """One of its numbers."""
        own = Query.boolean_query([self._own])
        addresses = [each for _, each in self._records.search(own, 1, count=False).hits]
        (value,) = self._records.fast_field_values(name, addresses)
        return int(value or 0)

    def place_by_date(self, matched: Query, order: Order) -> int:
        """Its 1-based place among what matches, ordered by date."""
        is_oldest_first = order is Order.OLDEST
        field = "oldest" if is_oldest_first else "newest"
        own = self.value(field)
        before = Query.range_query(
            self._schema,
            field,
            FieldType.Unsigned,
            lower_bound=None if is_oldest_first else own,
            upper_bound=own if is_oldest_first else None,
            include_lower=is_oldest_first,
            include_upper=not is_oldest_first,
        )
        return count(self._records, all_of([matched, before]), ()).total + 1


def lacking(
    records: Searcher, schema: Schema, query: AnalyzedQuery, keys: Sequence[int]
) -> dict[int, tuple[int, ...]]:
    """For each record the clauses that it has nowhere, by their place in the question."""
    lacks: dict[int, tuple[int, ...]] = {}
    if not keys:
        return lacks
    of_records = silent(Query.term_set_query(schema, "key", list(keys)))
    for number, clause in enumerate(query.clauses):
        having = _keys(records, all_of([of_records, has_clause(schema, clause)]), len(keys))
        for key in set(keys) - having:
            lacks[key] = (*lacks.get(key, ()), number)
    return lacks


def pages_met(
    passages: Searcher, schema: Schema, query: AnalyzedQuery, keys: Sequence[int]
) -> dict[int, PagesMet]:
    """For each record the pages with a run that is looked for in its text."""
    runs = [in_any_form(schema, "", each) for each in query.sought if each.part is Part.BODY]
    if not keys or not runs:
        return {}
    of_records = silent(Query.term_set_query(schema, "key", list(keys)))
    # Each run within these records alone: a sum of runs would be looked for far beyond them.
    met = silent(any_of([all_of([of_records, run]) for run in runs]))
    hits = passages.search(met, MAX_PASSAGES_MET, count=False).hits
    addresses = [address for _, address in hits]
    columns = [
        passages.fast_field_values(name, addresses) for name in ("key", "file_ordinal", "page")
    ]
    pages: dict[int, set[tuple[int, int]]] = {}
    for key, ordinal, page in zip(*columns, strict=True):
        pages.setdefault(int(key or 0), set()).add((int(ordinal or 0), int(page or 0)))
    is_whole = len(hits) < MAX_PASSAGES_MET
    return {
        key: PagesMet(pages=tuple(sorted(found)), is_whole=is_whole) for key, found in pages.items()
    }


def _keys(searcher: Searcher, query: Query, limit: int) -> set[int]:
    addresses = [address for _, address in searcher.search(query, limit, count=False).hits]
    return {int(key or 0) for key in searcher.fast_field_values("key", addresses)}

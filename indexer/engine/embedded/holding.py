"""What an index holds, for whoever compares it with what it should hold."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from tantivy import FieldType, Query

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tantivy import DocAddress, Schema, Searcher

_AT_ONCE: Final = 10_000
"""Documents of one answer of the engine, which sets memory aside for as many."""

_KEYS: Final = 1 << 62


def every(searcher: Searcher, schema: Schema) -> Iterator[DocAddress]:
    """Every document of one snapshot, by its key, read slice by slice.

    Keys are digests: they lie evenly, so that slices of the same width are about as full.
    """
    width = _KEYS // (2 * searcher.num_docs // _AT_ONCE + 1) + 1
    for start in range(0, _KEYS, width):
        yield from _between(searcher, schema, start, min(start + width, _KEYS))


def revisions(searcher: Searcher, schema: Schema, keys: Sequence[int]) -> dict[int, Counter[int]]:
    """How many documents of each revision each of these keys has."""
    if not searcher.num_docs or not keys:
        return {}
    wanted = _silent(Query.term_set_query(schema, "key", list(keys)))
    limit = _AT_ONCE
    while True:
        hits = searcher.search(wanted, limit, count=False).hits
        if len(hits) < limit:
            break
        limit *= 4
    addresses = [address for _, address in hits]
    found: dict[int, Counter[int]] = {}
    for key, revision in zip(
        searcher.fast_field_values("key", addresses),
        searcher.fast_field_values("revision", addresses),
        strict=True,
    ):
        found.setdefault(int(key or 0), Counter())[int(revision or 0)] += 1
    return found


def _between(searcher: Searcher, schema: Schema, start: int, end: int) -> Iterator[DocAddress]:
    within = _silent(
        Query.range_query(schema, "key", FieldType.Unsigned, start, end, include_upper=False)
    )
    hits = searcher.search(within, _AT_ONCE + 1, count=False).hits
    # One key can have more documents than that: then there is nothing to halve.
    if len(hits) > _AT_ONCE and end - start > 1:
        middle = (start + end) // 2
        yield from _between(searcher, schema, start, middle)
        yield from _between(searcher, schema, middle, end)
        return
    for _, address in hits:
        yield address


def _silent(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)

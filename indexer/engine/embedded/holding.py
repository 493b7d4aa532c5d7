"""What an index holds, for whoever compares it with what it should hold."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from tantivy import FieldType, Query

from indexer.engine.embedded.queries import silent
from indexer.engine.embedded.schema import key_of
from indexer.engine.port import Held

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tantivy import DocAddress, Schema, Searcher

    from indexer.records import RecordId

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


def _between(searcher: Searcher, schema: Schema, start: int, end: int) -> Iterator[DocAddress]:
    within = silent(
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


def held(
    records: Searcher,
    passages: Searcher,
    records_schema: Schema,
    passages_schema: Schema,
    record_ids: Sequence[RecordId],
) -> dict[RecordId, Held]:
    """What one snapshot of a pair holds of some records."""
    keyed = {key_of(each): each for each in record_ids}
    own = _revisions(records, records_schema, list(keyed))
    parts = _revisions(passages, passages_schema, list(keyed))
    return {
        record_id: Held(
            revisions=tuple(sorted(own.get(key, ()))), passages=Counter(parts.get(key, ()))
        )
        for key, record_id in keyed.items()
        if key in own or key in parts
    }


def _revisions(searcher: Searcher, schema: Schema, keys: list[int]) -> dict[int, list[int]]:
    """The revision of every document with one of these keys, by key."""
    if not searcher.num_docs or not keys:
        return {}
    wanted = silent(Query.term_set_query(schema, "key", keys))
    limit = _AT_ONCE
    while True:
        hits = searcher.search(wanted, limit, count=False).hits
        if len(hits) < limit:
            break
        limit *= 4
    addresses = [address for _, address in hits]
    found: dict[int, list[int]] = {}
    for key, revision in zip(
        searcher.fast_field_values("key", addresses),
        searcher.fast_field_values("revision", addresses),
        strict=True,
    ):
        found.setdefault(int(key or 0), []).append(int(revision or 0))
    return found

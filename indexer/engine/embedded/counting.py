"""Totals and facets: exact, over the whole matched set, in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tantivy import Query

from indexer.access import Audience
from indexer.engine.query import FacetCount, FacetField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tantivy import Occur, Searcher

MAX_FACET_VALUES: Final = 1_000
_TOTAL: Final = "total"
_FACETS: Final = {
    FacetField.AGENCY: "agency",
    FacetField.YEAR: "year",
    FacetField.CATEGORY: "category",
    FacetField.AUDIENCE: "audience",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the matched set adds up to."""

    total: int
    facets: dict[FacetField, tuple[FacetCount, ...]]


def count(searcher: Searcher, matched: Query, facets: Sequence[FacetField]) -> Counts:
    """Total and facets of ``matched``."""
    request: dict[str, Any] = {
        facet.value: {"terms": {"field": _FACETS[facet], "size": MAX_FACET_VALUES}}
        for facet in facets
    }
    # Every record has one key.
    request[_TOTAL] = {"value_count": {"field": "key"}}
    answer: dict[str, Any] = searcher.aggregate(matched, request)
    return Counts(
        total=int(answer[_TOTAL]["value"]),
        facets={facet: _counts(facet, answer[facet.value]["buckets"]) for facet in facets},
    )


def number_of(searcher: Searcher, clauses: list[tuple[Occur, Query]]) -> int:
    """How many records meet all clauses."""
    request = {_TOTAL: {"value_count": {"field": "key"}}}
    answer: dict[str, Any] = searcher.aggregate(Query.boolean_query(clauses), request)
    return int(answer[_TOTAL]["value"])


def values(searcher: Searcher, matched: Query, fields: Sequence[str]) -> list[tuple[str, ...]]:
    """The values of each field in the matched set, most frequent first, then by value."""
    request = {name: {"terms": {"field": name, "size": MAX_FACET_VALUES}} for name in fields}
    answer: dict[str, Any] = searcher.aggregate(matched, request)
    return [
        tuple(
            str(bucket["key"])
            for bucket in sorted(
                answer[name]["buckets"], key=lambda each: (-each["doc_count"], each["key"])
            )
        )
        for name in fields
    ]


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

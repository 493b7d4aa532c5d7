"""Totals and facets: exact, over the whole matched set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.access import Audience
from indexer.engine.query import FacetCount, FacetField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.engine.expressions import Expression
    from indexer.engine.snapshot import Snapshot

MAX_FACET_VALUES: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the matched set adds up to."""

    total: int
    facets: dict[FacetField, tuple[FacetCount, ...]]


def count(records: Snapshot, matched: Expression, facets: Sequence[FacetField]) -> Counts:
    """Total and facets of ``matched``."""
    tally = records.tally(matched, [facet.value for facet in facets], MAX_FACET_VALUES)
    return Counts(
        total=tally.total,
        facets={facet: _counts(facet, tally.values[facet.value]) for facet in facets},
    )


def values(records: Snapshot, matched: Expression, fields: Sequence[str]) -> list[tuple[str, ...]]:
    """The values of each field in the matched set, most frequent first, then by value."""
    tally = records.tally(matched, fields, MAX_FACET_VALUES)
    return [
        tuple(
            str(value)
            for value, _ in sorted(tally.values[name], key=lambda each: (-each[1], each[0]))
        )
        for name in fields
    ]


def _counts(facet: FacetField, found: list[tuple[str | int, int]]) -> tuple[FacetCount, ...]:
    counts = [FacetCount(value=_facet_value(facet, key), count=number) for key, number in found]
    known = [count for count in counts if count.value]
    return tuple(sorted(known, key=lambda count: (-count.count, count.value)))


def _facet_value(facet: FacetField, key: str | int) -> str:
    if facet is FacetField.AUDIENCE:
        return Audience(int(key)).slug
    if facet is FacetField.YEAR:
        return str(int(key)) if int(key) else ""
    return str(key)

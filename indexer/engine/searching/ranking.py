"""The best records of a question, in an order that any two indexes of the same records share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from indexer.engine.expressions import Expression
    from indexer.engine.snapshot import Found, Snapshot

_SCORE_DIGITS: Final = 4
"""Scores are compared to this many decimals: the sum of equal parts in another order is equal."""

_MAX_TIES: Final = 20_000


def top(records: Snapshot, wanted: Expression, limit: int) -> list[Found]:
    """The best ``limit`` records, ties broken by key.

    An engine breaks ties by where a document happens to lie. Where the last place is tied, the
    whole tie is fetched, so that the same records come out of any two indexes of the same records.
    """
    reach = limit
    while True:
        found = records.best(wanted, reach + 1)
        if len(found) <= reach:
            break
        if _rounded(found[limit - 1].score) != _rounded(found[-1].score) or reach >= _MAX_TIES:
            break
        reach = min(reach * 4, _MAX_TIES)
    return sorted(found, key=by_score)[:limit]


def by_score(found: Found) -> tuple[float, int]:
    """What records are sorted by: the best score first, equals by key."""
    return -_rounded(found.score), found.key


def _rounded(score: float) -> float:
    return round(score, _SCORE_DIGITS)

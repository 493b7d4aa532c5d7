"""The best records of a question, in an order that any two indexes of the same records share."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from indexer.engine.expressions import Expression
    from indexer.engine.snapshot import Found, Snapshot

_SCORE_DIGITS: Final = 4
"""Scores are compared to this many decimals: the sum of equal parts in another order is equal."""

_MAX_TIES: Final = 20_000


@dataclass(slots=True)
class Ranked:
    """A record on its way into an answer.

    Attributes:
        score: May be added to. key: The record's. place: Where the snapshot finds it again.
    """

    score: float
    key: int
    place: object


def ranked(found: Found) -> list[Ranked]:
    """Documents of a records index, in the order in which they were found."""
    return list(map(Ranked, found.scores, found.keys, found.places))


def top(records: Snapshot, wanted: Expression, limit: int) -> list[Ranked]:
    """The best ``limit`` records, ties broken by key.

    An engine breaks ties by where a document happens to lie. Where the last place is tied, the
    whole tie is fetched, so that the same records come out of any two indexes of the same records.
    """
    reach = limit
    while True:
        found = records.best(wanted, reach + 1)
        if len(found) <= reach:
            break
        scores = found.scores
        if _rounded(scores[limit - 1]) != _rounded(scores[-1]) or reach >= _MAX_TIES:
            break
        reach = min(reach * 4, _MAX_TIES)
    return first_of(found, limit)


def first_of(found: Found, limit: int) -> list[Ranked]:
    """The first ``limit`` of what was found best first, equals by key."""
    if len(found) > limit:
        # Of the tie at the last place only some have room, and it may be long.
        last = -_rounded(found.scores[limit - 1])
        first = bisect_left(found.scores, last, key=_descending)
        end = bisect_right(found.scores, last, key=_descending)
        tied = nsmallest(limit - first, range(first, end), key=found.keys.__getitem__)
        found = found.only([*range(first), *tied])
    return sorted(ranked(found), key=by_score)


def by_score(record: Ranked) -> tuple[float, int]:
    """What records are sorted by: the best score first, equals by key."""
    return -_rounded(record.score), record.key


def _descending(score: float) -> float:
    return -_rounded(score)


def _rounded(score: float) -> float:
    return round(score, _SCORE_DIGITS)

"""The best records of a query, in an order that any two indexes of the same records share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tantivy import DocAddress, Query, Searcher

_SCORE_DIGITS: Final = 4
"""Scores are compared to this many decimals: the sum of equal parts in another order is equal."""

_MAX_TIES: Final = 20_000


class Ranked:
    """A record on its way into the answer."""

    __slots__ = ("address", "key", "score")

    def __init__(self, address: DocAddress, key: int, score: float) -> None:
        self.address = address
        self.key = key
        self.score = score


def top(searcher: Searcher, query: Query, limit: int) -> list[Ranked]:
    """The best ``limit`` records, ties broken by key.

    The engine breaks ties by where a document happens to lie. Where the last place is tied, the
    whole tie is fetched, so that the same records come out of any two indexes of the same records.
    """
    wanted = limit
    while True:
        hits = searcher.search(query, wanted + 1, count=False).hits
        if len(hits) <= wanted:
            break
        if _rounded(hits[limit - 1][0]) != _rounded(hits[-1][0]) or wanted >= _MAX_TIES:
            break
        wanted = min(wanted * 4, _MAX_TIES)
    addresses = [address for _, address in hits]
    keys = searcher.fast_field_values("key", addresses)
    ranked = [
        Ranked(address, int(key or 0), score)
        for (score, address), key in zip(hits, keys, strict=True)
    ]
    ranked.sort(key=by_score)
    return ranked[:limit]


def _rounded(score: float) -> float:
    return round(score, _SCORE_DIGITS)


def by_score(ranked: Ranked) -> tuple[float, int]:
    """What records are sorted by: the best score first, equals by key."""
    return -_rounded(ranked.score), ranked.key

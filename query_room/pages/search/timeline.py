"""The years of an answer as a table of bars: every year with its exact count."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from indexer.engine.query import FacetField
from query_room.pages.addresses import Arguments, search_url, with_value, without_dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.engine.query import FacetCount

_OPEN: Final = 2
"""So many decades are shown with their years at once."""

_DECADE: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A year, or a decade.

    Attributes:
        first: The year; of a decade its first. count: Records, exactly.
        share: The bar's length, in hundredths of the longest of its kind; at least 1.
        url: The answer narrowed to it.
        is_active: Whether it is narrowed to already.
    """

    first: int
    count: int
    share: int
    url: str
    is_active: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decade:
    """Ten years, those without records left out."""

    bar: Bar
    years: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """The years of an answer, the earliest first.

    Attributes:
        is_open: Whether decades show their years without being opened.
    """

    decades: tuple[Decade, ...]
    is_open: bool


def timeline_view(counts: Sequence[FacetCount], arguments: Arguments) -> TimelineView | None:
    """The bars of an answer's years; ``None`` where no record is dated."""
    years = sorted((int(each.value), each.count) for each in counts)
    if not years:
        return None
    decades = [
        (first, list(some)) for first, some in groupby(years, key=lambda each: _decade(each[0]))
    ]
    longest = max(count for _, count in years)
    totals = {first: sum(count for _, count in some) for first, some in decades}
    most = max(totals.values())
    return TimelineView(
        decades=tuple(
            Decade(
                bar=Bar(
                    first=first,
                    count=totals[first],
                    share=_share(totals[first], most),
                    url=_decade_url(first, arguments),
                ),
                years=tuple(
                    Bar(
                        first=year,
                        count=count,
                        share=_share(count, longest),
                        url=search_url(with_value(arguments, FacetField.YEAR, str(year))),
                        is_active=(FacetField.YEAR.value, str(year)) in arguments,
                    )
                    for year, count in some
                ),
            )
            for first, some in decades
        ),
        is_open=len(decades) <= _OPEN,
    )


def _decade(year: int) -> int:
    return year // _DECADE * _DECADE


def _share(count: int, most: int) -> int:
    return max(1, round(100 * count / most))


def _decade_url(first: int, arguments: Arguments) -> str:
    years = (f"{max(first, 1):04d}-01-01", f"{first + _DECADE - 1:04d}-12-31")
    return search_url([*without_dates(arguments), ("from", years[0]), ("to", years[1])])

"""What the pages of the counter show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

from query_room.pages.addresses import logged_search_url
from query_room.visits import HandoverStatus

if TYPE_CHECKING:
    from query_room.register import RegisterEntry
    from query_room.requests.reading import RequestInList
    from query_room.visits import Handover, PastSearch, Visit, Visitor


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """A search of the visit.

    Attributes:
        url: Asks it again.
    """

    search: PastSearch
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitView:
    """A visit with everything done in it.

    Attributes:
        same_person: Other visits of whoever showed the same document.
        requests: Made in the visit, of the organs that the reader works for.
        revealed: The visitor in full, on the one page that was asked for with a ground.
    """

    visit: Visit
    searches: tuple[SearchView, ...]
    entries: tuple[RegisterEntry, ...]
    handovers: tuple[Handover, ...]
    same_person: tuple[Visit, ...]
    requests: tuple[RequestInList, ...]
    revealed: Visitor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """The visits of a day in China.

    Attributes:
        to_tell: Answers of archivists that no visitor was told yet.
        next_url: ``None`` today: nobody has come tomorrow.
    """

    day: dt.date
    is_today: bool
    visits: tuple[Visit, ...]
    to_tell: tuple[Handover, ...]
    previous_url: str
    next_url: str | None


def search_views(searches: tuple[PastSearch, ...]) -> tuple[SearchView, ...]:
    """The searches, each with the address that asks it again."""
    return tuple(
        SearchView(
            search=each,
            url=logged_search_url(each.text or "", each.filters, literal=each.literal),
        )
        for each in searches
    )


def day_view(
    day: dt.date, today: dt.date, visits: list[Visit], handovers: list[Handover]
) -> DayView:
    """One day at the counter."""
    one = dt.timedelta(days=1)
    return DayView(
        day=day,
        is_today=day == today,
        visits=tuple(visits),
        to_tell=tuple(each for each in handovers if each.status is HandoverStatus.ANSWERED),
        previous_url=url_for("visits.day", day=(day - one).isoformat()),
        next_url=url_for("visits.day", day=(day + one).isoformat()) if day < today else None,
    )

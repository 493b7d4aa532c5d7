"""A search of the log as a question that can be asked, and the rights that it was asked with."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from indexer.access import Audience, Viewer
from indexer.engine.query import Filters, Order
from search_api.answers import Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from search_api.log import SearchEntry
    from search_api.log.model import JsonValue


def logged_question(entry: SearchEntry) -> Question:
    """The question as it was asked."""
    return Question(
        text=entry.text,
        literal=entry.literal,
        as_typed=entry.as_typed,
        filters=logged_filters(entry.filters),
        order=Order(entry.order),
        page=entry.page,
        page_size=entry.page_size,
        since=entry.since,
    )


def logged_filters(named: Mapping[str, JsonValue]) -> Filters:
    """Filters as the log names them; what it does not name is not filtered by."""
    given: dict[str, Any] = dict(named)
    return Filters(
        agencies=tuple(given.get("agencies", ())),
        years=tuple(int(year) for year in given.get("years", ())),
        categories=tuple(given.get("categories", ())),
        audiences=tuple(Audience(int(level)) for level in given.get("audiences", ())),
        fonds=tuple(given.get("fonds", ())),
        date_from=_day(given.get("date_from")),
        date_to=_day(given.get("date_to")),
    )


def logged_viewer(entry: SearchEntry) -> Viewer:
    """The rights of whoever asked, as they were then; grants that have ended count all the same."""
    return Viewer(
        audience=Audience.from_slug(entry.audience),
        agencies=frozenset(entry.agencies),
        all_agencies=entry.all_agencies,
        granted_records=frozenset(entry.granted_records),
        granted_fonds=frozenset(entry.granted_fonds),
    )


def reaches(viewer: Viewer, other: Viewer) -> bool:
    """Whether the first may see everything that the second may."""
    return (
        other.audience <= viewer.audience
        and (viewer.all_agencies or not other.all_agencies)
        and (viewer.all_agencies or other.agencies <= viewer.agencies)
        and other.granted_records <= viewer.granted_records
        and other.granted_fonds <= viewer.granted_fonds
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None

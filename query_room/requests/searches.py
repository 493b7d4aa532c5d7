"""The searches behind a request: what led to it, what was made for it, what was cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from query_room.requests import work_repository
from search_api.log import load_search, searches_of_request

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from query_room.requests.repository import RequestRow
    from search_api.log import LoggedSearch

ORIGIN = "origin"
WITHIN = "within"
CITED = "cited"


def searches_behind(
    connection: Connection, row: RequestRow
) -> tuple[tuple[str, LoggedSearch], ...]:
    """Every search behind a request with how it belongs to it, in the order they were made."""
    found: dict[str, tuple[str, LoggedSearch]] = {}
    if row.origin_search_id is not None:
        origin = load_search(connection, row.origin_search_id)
        found[origin.search_id] = (ORIGIN, origin)
    for search_id in work_repository.attached_searches(connection, row.request_id):
        found[search_id] = (CITED, load_search(connection, search_id))
    for search in searches_of_request(connection, row.request_id):
        found[search.search_id] = (WITHIN, search)
    return tuple(sorted(found.values(), key=lambda each: each[1].event_id))

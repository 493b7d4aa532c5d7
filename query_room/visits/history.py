"""What was searched in a visit, as far as whoever reads it could have searched it themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.database import reading
from query_room.accounts.model import Permission
from query_room.visits.service import require_visit
from search_api.log import searches_of_visit
from search_api.replaying.asking import logged_viewer, reaches

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy import Engine

    from indexer.access import Viewer
    from indexer.records import RecordId
    from query_room.accounts.model import Account
    from search_api.log import LoggedSearch, SearchEntry
    from search_api.log.model import JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class PastSearch:
    """A search of a visit.

    Attributes:
        text: As typed, or ``None`` once it was erased. filters: By name, as they were logged.
        literal: Whether its signs were taken as text.
        total: Records that matched, or ``None`` where the searcher's rights went beyond the
            reader's: a number tells of records, too.
    """

    search_id: str
    at: dt.datetime
    actor: str
    text: str | None
    literal: bool
    filters: Mapping[str, JsonValue]
    total: int | None


class VisitHistory:
    """Searches of visits, read back from the log."""

    def __init__(self, *, engine: Engine) -> None:
        self._engine = engine

    def of_visit(self, visit_id: str, *, by: Account, viewer: Viewer) -> tuple[PastSearch, ...]:
        """Searches of a visit, in order.

        Raises:
            PermissionDeniedError: The role does not allow it.
            VisitNotFoundError: There is no such visit.
        """
        by.require(Permission.SERVE_VISITORS)
        with reading(self._engine) as connection:
            require_visit(connection, visit_id)
            searches = searches_of_visit(connection, visit_id)
        return tuple(_past(search, viewer) for search in searches)

    def hits_of(self, visit_id: str, search_id: str, *, by: Account) -> frozenset[RecordId]:
        """Records that a search of the visit showed; none where the visit has no such search."""
        by.require(Permission.SERVE_VISITORS)
        with reading(self._engine) as connection:
            searches = searches_of_visit(connection, visit_id)
        return frozenset(
            hit.record_id
            for search in searches
            if search.search_id == search_id and search.entry is not None
            for hit in search.entry.hits
        )


def _past(search: LoggedSearch, viewer: Viewer) -> PastSearch:
    entry = search.entry
    return PastSearch(
        search_id=search.search_id,
        at=search.at,
        actor=search.actor,
        text=None if entry is None else entry.text,
        literal=entry is not None and entry.literal,
        filters={} if entry is None else entry.filters,
        total=search.total if entry is not None and is_within(entry, viewer) else None,
    )


def is_within(entry: SearchEntry, viewer: Viewer) -> bool:
    """Whether the viewer may see everything that the search could see."""
    return reaches(viewer, logged_viewer(entry))

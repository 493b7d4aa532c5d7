"""Reading an answer of before, and comparing it with what would be shown now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.database import reading, writing
from indexer.repositories import browsing
from indexer.repositories.records import load_records
from indexer.repositories.withdrawals import withdrawn_records
from query_room.accounts.model import Permission
from query_room.audit.present import present
from query_room.past_searches.model import ComparedSearch, PastHit, PastSearch
from search_api.digests import list_digest
from search_api.errors import SearchNotLoggedError
from search_api.log import load_search
from search_api.replaying import Fate, Reason
from search_api.replaying.asking import logged_viewer, reaches
from search_api.replaying.noting import note_replay

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from indexer.access import Viewer
    from query_room.accounts.model import Account
    from search_api.log import LoggedSearch, SearchEntry
    from search_api.replaying import ComparedHit, Replays

_UNTOLD = frozenset({Reason.WITHDRAWN, Reason.REMOVED, Reason.RESTRICTED})
"""Reasons that tell of a record what only those who look after the archive or its log may know."""


class PastSearches:
    """Answers of before, within the rights of whoever reads them."""

    def __init__(self, *, engine: Engine, replays: Replays) -> None:
        self._engine = engine
        self._replays = replays

    def load(self, search_id: str, *, by: Account | None, viewer: Viewer) -> PastSearch:
        """An answer as it was given.

        Args:
            search_id: Of the log.
            by: Who reads, or ``None`` for somebody unknown.
            viewer: The rights of whoever reads.

        Raises:
            SearchNotLoggedError: There is none, or not for this reader, or it was erased.
        """
        with reading(self._engine) as connection:
            search, entry = _readable(connection, search_id, by)
            hits = _hits(connection, entry, viewer, by_identifiers=_by_identifiers(by))
        is_all = len(hits) == len(entry.hits) and reaches(viewer, logged_viewer(entry))
        if not is_all and not _by_identifiers(by):
            hits = tuple(replace(hit, rank=None) for hit in hits)
        knows_all = is_all or _by_identifiers(by)
        return PastSearch(
            search_id=search_id,
            at=search.at,
            entry=entry,
            total=search.total if knows_all else None,
            hits=hits,
            by_identifiers=_by_identifiers(by),
            list_digest=list_digest(entry.hits) if knows_all else None,
        )

    def compare(self, search_id: str, *, by: Account, viewer: Viewer) -> ComparedSearch:
        """An answer of before with what would be shown now; that it was compared is logged.

        Raises:
            SearchNotLoggedError: There is none, or not for this reader, or it was erased.
            EngineUnavailableError: No index answers.
            InvalidQueryError: This version cannot ask the question any more.
        """
        with reading(self._engine) as connection:
            search, _ = _readable(connection, search_id, by)
        whole = self._replays.replay(search, viewer)
        told = (_told(hit, by) for hit in whole.hits if _may_know(hit, by, search))
        found = replace(whole, hits=tuple(told))
        with writing(self._engine) as connection:
            note_replay(connection, found, by.name)
        shown = [] if _by_identifiers(by) else [hit.record_id for hit in found.hits]
        with reading(self._engine) as connection:
            visible = browsing.visible_to(viewer, withdrawn_records(connection))
            seen = load_records(connection, browsing.seen(connection, visible, shown))
        return ComparedSearch(comparison=found, records=seen, by_identifiers=_by_identifiers(by))


def _readable(
    connection: Connection, search_id: str, by: Account | None
) -> tuple[LoggedSearch, SearchEntry]:
    search = load_search(connection, search_id)
    entry = search.entry
    if entry is None or not _may_read(search, by):
        raise SearchNotLoggedError(f"no search {search_id}")
    return search, entry


def _may_read(search: LoggedSearch, by: Account | None) -> bool:
    if by is None or not search.actor:
        return not search.actor
    return (
        search.actor == by.name
        or by.may(Permission.READ_LOG)
        or (search.visit_id is not None and by.may(Permission.SERVE_VISITORS))
    )


def _by_identifiers(by: Account | None) -> bool:
    """Whether somebody reads searches of others as an auditor: without what the records say."""
    return by is not None and by.may(Permission.READ_LOG)


def _hits(
    connection: Connection, entry: SearchEntry, viewer: Viewer, *, by_identifiers: bool
) -> tuple[PastHit, ...]:
    ids = [hit.record_id for hit in entry.hits]
    now = present(connection, ids)
    visible = set(browsing.seen(connection, browsing.visible_to(viewer, now.withdrawn), ids))
    return tuple(
        PastHit(
            record_id=hit.record_id,
            rank=hit.rank,
            record=None if by_identifiers else now.records[hit.record_id],
            content_hash=hit.content_hash,
            state=now.state(hit.record_id, hit.content_hash),
        )
        for hit in entry.hits
        if by_identifiers or hit.record_id in visible
    )


def _may_know(hit: ComparedHit, by: Account, search: LoggedSearch) -> bool:
    """Whether a record that cannot be shown may still be named by its identifier."""
    if hit.fate is not Fate.BEYOND and hit.reason not in _UNTOLD:
        return True
    return search.actor == by.name or _knows_states(by)


def _told(hit: ComparedHit, by: Account) -> ComparedHit:
    """The hit with what its reader may know of it; what they were shown then is no news to them."""
    if _knows_states(by):
        return hit
    if hit.fate is Fate.BEYOND or hit.reason in _UNTOLD:
        return replace(hit, fate=Fate.LOST, reason=Reason.HIDDEN)
    return hit


def _knows_states(by: Account) -> bool:
    return by.may(Permission.READ_LOG) or by.may(Permission.MANAGE_ARCHIVE)

"""Searches and uses in the log: who asked what, how it was read, what was shown and opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from indexer.records import RecordId
from search_api.answers import LogContext
from search_api.errors import SearchNotLoggedError
from search_api.limits import DEFAULT_PAGE_SIZE
from search_api.log import search_repository as repository
from search_api.log.model import EventKind, JsonValue, NewEvent
from search_api.log.service import append

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from search_api.log.search_filter import SearchFilter
    from search_api.log.search_repository import SearchRow, UseRow


class Use(StrEnum):
    """What was done with a record."""

    OPENED = "opened"
    PAGE = "page"  # a page of its text was shown
    DOWNLOADED = "downloaded"
    COPIED = "copied"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedHit:
    """One record as it was shown in an answer.

    Attributes:
        rank: 1-based place in the whole answer.
        content_hash: Of the record as it was then.
        pages: Pages shown with it, as (file ordinal, 1-based page).
    """

    rank: int
    record_id: RecordId
    content_hash: str
    pages: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchEntry:
    """One screen of an answer, complete enough to be given again and to be evidence.

    Attributes:
        search_id: Identifier that later uses and register entries cite.
        text: As typed. literal: Whether its signs were to be taken as text.
        as_typed: Whether nothing else was to be asked. corrected_to: What was asked instead.
        clauses: As read. tokens: As searched. also_searched: Other forms.
        filters: By name, in a form that JSON knows.
        order: Name of the order. page: 1-based. page_size: Hits of a page.
        since: Position of the outbox after which records had to have come or changed; 0 for all.
        list_digest: Of a list that was exported, as it stands in the file; else ``""``.
        audience: The viewer's, by slug. agencies: Whose internal records the viewer may see.
        all_agencies: Whether it was those of every agency.
        granted_records: Records, and ``granted_fonds``: fonds, open by a grant in force then.
        generation: Index generation that answered. dictionary: Its dictionary version.
        total: Records that matched. relaxed_to: How many clauses each hit has, if not all.
        hits: What was shown. context: Who asked, where, when.
    """

    search_id: str
    text: str
    literal: bool = False
    as_typed: bool = False
    corrected_to: str = ""
    clauses: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    also_searched: tuple[str, ...] = ()
    filters: Mapping[str, JsonValue] = field(default_factory=dict)
    order: str
    page: int
    page_size: int = DEFAULT_PAGE_SIZE
    since: int = 0
    list_digest: str = ""
    audience: str
    agencies: tuple[str, ...] = ()
    all_agencies: bool = False
    granted_records: tuple[RecordId, ...] = ()
    granted_fonds: tuple[str, ...] = ()
    generation: int
    dictionary: str
    total: int
    relaxed_to: int | None = None
    hits: tuple[LoggedHit, ...] = ()
    context: LogContext


@dataclass(frozen=True, slots=True, kw_only=True)
class UseEntry:
    """Something done with a record.

    Attributes:
        content_hash: Of the record as it was used.
        file_ordinal: Which of its files, or ``None`` for the record as a whole.
        pages: 1-based pages of that file; empty for all of it.
        search_id: The answer it was opened from, or ``None``.
    """

    use: Use
    record_id: RecordId
    content_hash: str
    file_ordinal: int | None = None
    pages: tuple[int, ...] = ()
    search_id: str | None = None
    context: LogContext


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedSearch:
    """A search read back.

    Attributes:
        event_id: Its event in the chain.
        entry: What was logged, or ``None`` once it was erased.
        total: Stays when the rest is erased.
    """

    search_id: str
    event_id: int
    at: dt.datetime
    visit_id: str | None
    request_id: str | None
    actor: str
    channel: str
    total: int
    entry: SearchEntry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedUse:
    """A use read back; ``entry`` is ``None`` once it was erased."""

    event_id: int
    at: dt.datetime
    use: Use
    record_id: RecordId
    search_id: str | None
    visit_id: str | None
    request_id: str | None
    entry: UseEntry | None


def log_search(connection: Connection, entry: SearchEntry) -> None:
    """Write a search in the caller's transaction: four inserts."""
    context = entry.context
    event_id = append(
        connection,
        NewEvent(
            at=context.at,
            kind=EventKind.SEARCHED,
            subject=entry.search_id,
            body=_search_body(entry),
        ),
    )
    repository.add_search(
        connection,
        search_id=entry.search_id,
        event_id=event_id,
        context=context,
        total=entry.total,
    )


def log_use(connection: Connection, entry: UseEntry) -> None:
    """Write a use in the caller's transaction: four inserts."""
    context = entry.context
    event_id = append(
        connection,
        NewEvent(
            at=context.at,
            kind=EventKind.USED,
            subject=entry.record_id,
            body=_use_body(entry),
        ),
    )
    repository.add_use(
        connection,
        event_id=event_id,
        context=context,
        search_id=entry.search_id,
        record_id=entry.record_id,
        use=entry.use.value,
    )


def load_search(connection: Connection, search_id: str) -> LoggedSearch:
    """The search of that identifier.

    Raises:
        SearchNotLoggedError: There is none.
    """
    row = repository.find_search(connection, search_id)
    if row is None:
        raise SearchNotLoggedError(f"no search {search_id}")
    return _logged_search(row)


def latest_searches(connection: Connection, limit: int) -> tuple[LoggedSearch, ...]:
    """The last searches, the newest first."""
    return tuple(_logged_search(row) for row in repository.latest_searches(connection, limit))


def searches_of_visit(connection: Connection, visit_id: str) -> tuple[LoggedSearch, ...]:
    """Every search made in a visit, in order."""
    return tuple(_logged_search(row) for row in repository.searches_of_visit(connection, visit_id))


def searches_of_request(connection: Connection, request_id: str) -> tuple[LoggedSearch, ...]:
    """Every search made for a request, in order."""
    rows = repository.searches_of_request(connection, request_id)
    return tuple(_logged_search(row) for row in rows)


def searches_between(
    connection: Connection,
    start: dt.datetime,
    end: dt.datetime,
    *,
    after: int = 0,
    limit: int = 200,
) -> tuple[LoggedSearch, ...]:
    """Searches from ``start`` on and before ``end``, in order, from above event ``after``."""
    rows = repository.searches_between(connection, start, end, after=after, limit=limit)
    return tuple(_logged_search(row) for row in rows)


def page_of_searches(
    connection: Connection, wanted: SearchFilter, *, offset: int, limit: int
) -> tuple[LoggedSearch, ...]:
    """Searches that a filter means, in order, from the ``offset``-th on."""
    rows = repository.page_of_searches(connection, wanted, offset=offset, limit=limit)
    return tuple(_logged_search(row) for row in rows)


def count_searches(connection: Connection, wanted: SearchFilter) -> tuple[int, int]:
    """How many searches there were, and how many of them found nothing."""
    return repository.count_searches(connection, wanted)


def uses_of_record(
    connection: Connection,
    record_id: RecordId,
    start: dt.datetime,
    end: dt.datetime,
    *,
    limit: int,
) -> tuple[LoggedUse, ...]:
    """What was done with one record from ``start`` on and before ``end``, in order."""
    rows = repository.uses_of_record(connection, record_id, start, end, limit=limit)
    return tuple(_logged_use(row) for row in rows)


def uses_of_search(connection: Connection, search_id: str) -> tuple[LoggedUse, ...]:
    """What was opened, downloaded, copied or printed from an answer, in order."""
    return tuple(_logged_use(row) for row in repository.uses_of_search(connection, search_id))


def uses_of_visit(connection: Connection, visit_id: str) -> tuple[LoggedUse, ...]:
    """What was opened, downloaded, copied or printed in a visit, in order."""
    return tuple(_logged_use(row) for row in repository.uses_of_visit(connection, visit_id))


def uses_of_request(connection: Connection, request_id: str) -> tuple[LoggedUse, ...]:
    """What was opened, downloaded, copied or printed for a request, in order."""
    return tuple(_logged_use(row) for row in repository.uses_of_request(connection, request_id))


def _search_body(entry: SearchEntry) -> dict[str, JsonValue]:
    return {
        "text": entry.text,
        "literal": entry.literal,
        "as_typed": entry.as_typed,
        "corrected_to": entry.corrected_to,
        "clauses": entry.clauses,
        "tokens": entry.tokens,
        "filters": entry.filters,
        "order": entry.order,
        "page": entry.page,
        "page_size": entry.page_size,
        **({"since": entry.since} if entry.since else {}),
        **({"also_searched": entry.also_searched} if entry.also_searched else {}),
        **({"list_digest": entry.list_digest} if entry.list_digest else {}),
        "viewer": {
            "audience": entry.audience,
            "agencies": entry.agencies,
            "all_agencies": entry.all_agencies,
            "granted_records": entry.granted_records,
            "granted_fonds": entry.granted_fonds,
        },
        "generation": entry.generation,
        "dictionary": entry.dictionary,
        "total": entry.total,
        "relaxed_to": entry.relaxed_to,
        "hits": [[hit.rank, hit.record_id, hit.content_hash, hit.pages] for hit in entry.hits],
        "context": _context_body(entry.context),
    }


def _use_body(entry: UseEntry) -> dict[str, JsonValue]:
    return {
        "use": entry.use.value,
        "content_hash": entry.content_hash,
        "file_ordinal": entry.file_ordinal,
        "pages": entry.pages,
        "search_id": entry.search_id,
        "context": _context_body(entry.context),
    }


def _context_body(context: LogContext) -> dict[str, JsonValue]:
    return {
        "actor": context.actor,
        "terminal": context.terminal,
        "channel": context.channel,
        "visit_id": context.visit_id,
        "request_id": context.request_id,
    }


def _logged_search(row: SearchRow) -> LoggedSearch:
    return LoggedSearch(
        search_id=row.search_id,
        event_id=row.event_id,
        at=row.at,
        visit_id=row.visit_id,
        request_id=row.request_id,
        actor=row.actor,
        channel=row.channel,
        total=row.total,
        entry=None if row.body is None else _search_entry(row.search_id, row.at, row.body),
    )


def _logged_use(row: UseRow) -> LoggedUse:
    return LoggedUse(
        event_id=row.event_id,
        at=row.at,
        use=Use(row.use),
        record_id=RecordId(row.record_id),
        search_id=row.search_id,
        visit_id=row.visit_id,
        request_id=row.request_id,
        entry=None if row.body is None else _use_entry(row, row.body),
    )


def _search_entry(search_id: str, at: dt.datetime, body: Mapping[str, Any]) -> SearchEntry:
    viewer = body["viewer"]
    return SearchEntry(
        search_id=search_id,
        text=body["text"],
        literal=body.get("literal", False),  # absent before there was a query language
        as_typed=body.get("as_typed", False),  # absent before there were corrections
        corrected_to=body.get("corrected_to", ""),
        clauses=tuple(body["clauses"]),
        tokens=tuple(body["tokens"]),
        filters=body["filters"],
        order=body["order"],
        page=body["page"],
        page_size=body.get("page_size", DEFAULT_PAGE_SIZE),  # absent before it was logged
        since=body.get("since", 0),
        list_digest=body.get("list_digest", ""),
        also_searched=tuple(body.get("also_searched", ())),
        audience=viewer["audience"],
        agencies=tuple(viewer["agencies"]),
        all_agencies=viewer["all_agencies"],
        granted_records=tuple(RecordId(name) for name in viewer["granted_records"]),
        granted_fonds=tuple(viewer["granted_fonds"]),
        generation=body["generation"],
        dictionary=body["dictionary"],
        total=body["total"],
        relaxed_to=body["relaxed_to"],
        hits=tuple(
            LoggedHit(
                rank=rank,
                record_id=RecordId(record_id),
                content_hash=content_hash,
                pages=tuple((file_ordinal, page) for file_ordinal, page in pages),
            )
            for rank, record_id, content_hash, pages in body["hits"]
        ),
        context=_context(at, body["context"]),
    )


def _use_entry(row: UseRow, body: Mapping[str, Any]) -> UseEntry:
    return UseEntry(
        use=Use(row.use),
        record_id=RecordId(row.record_id),
        content_hash=body["content_hash"],
        file_ordinal=body["file_ordinal"],
        pages=tuple(body["pages"]),
        search_id=row.search_id,
        context=_context(row.at, body["context"]),
    )


def _context(at: dt.datetime, body: Mapping[str, Any]) -> LogContext:
    return LogContext(
        actor=body["actor"],
        terminal=body["terminal"],
        channel=body["channel"],
        visit_id=body["visit_id"],
        at=at,
        request_id=body.get("request_id"),  # absent before requests were served
    )

"""Every statement on the projections of searches and uses."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select

from search_api.log.chain import canonical_json
from search_api.tables import log_body, logged_search, logged_use

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement, Connection

    from indexer.records import RecordId
    from search_api.answers import LogContext
    from search_api.log.search_filter import SearchFilter

_ESCAPE: Final = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRow:
    """A search with its body, or ``None`` where that was erased."""

    search_id: str
    event_id: int
    at: dt.datetime
    visit_id: str | None
    request_id: str | None
    actor: str
    channel: str
    total: int
    body: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRow:
    """A use with its body, or ``None`` where that was erased."""

    event_id: int
    at: dt.datetime
    use: str
    record_id: str
    search_id: str | None
    visit_id: str | None
    request_id: str | None
    body: Mapping[str, Any] | None


def add_search(
    connection: Connection, *, search_id: str, event_id: int, context: LogContext, total: int
) -> None:
    """Make a logged search findable."""
    connection.execute(
        insert(logged_search).values(
            search_id=search_id,
            event_id=event_id,
            at=context.at,
            visit_id=context.visit_id,
            request_id=context.request_id,
            actor=context.actor,
            channel=context.channel,
            total=total,
        )
    )


def add_use(
    connection: Connection,
    *,
    event_id: int,
    context: LogContext,
    search_id: str | None,
    record_id: str,
    use: str,
) -> None:
    """Make a logged use findable."""
    connection.execute(
        insert(logged_use).values(
            event_id=event_id,
            at=context.at,
            search_id=search_id,
            visit_id=context.visit_id,
            request_id=context.request_id,
            record_id=record_id,
            use=use,
        )
    )


def find_search(connection: Connection, search_id: str) -> SearchRow | None:
    """One search, or ``None``."""
    found = _searches(connection, logged_search.c.search_id == search_id)
    return found[0] if found else None


def latest_searches(connection: Connection, limit: int) -> list[SearchRow]:
    """The last searches, the newest first."""
    newest = (
        select(logged_search.c.event_id)
        .order_by(logged_search.c.at.desc(), logged_search.c.event_id.desc())
        .limit(limit)
    )
    return _searches(connection, logged_search.c.event_id.in_(newest))[::-1]


def searches_of_visit(connection: Connection, visit_id: str) -> list[SearchRow]:
    """Searches of one visit, in order."""
    return _searches(connection, logged_search.c.visit_id == visit_id)


def searches_of_request(connection: Connection, request_id: str) -> list[SearchRow]:
    """Searches made for one request, in order."""
    return _searches(connection, logged_search.c.request_id == request_id)


def searches_between(
    connection: Connection, start: dt.datetime, end: dt.datetime, *, after: int, limit: int
) -> list[SearchRow]:
    """Searches from ``start`` on and before ``end``, numbered above ``after``."""
    return _searches(
        connection,
        logged_search.c.at >= start,
        logged_search.c.at < end,
        logged_search.c.event_id > after,
        limit=limit,
    )


def count_searches(connection: Connection, wanted: SearchFilter) -> tuple[int, int]:
    """How many searches there were, and how many of them found nothing."""
    statement = (
        select(func.count(), func.count().filter(logged_search.c.total == 0))
        .select_from(logged_search)
        .outerjoin(log_body, log_body.c.event_id == logged_search.c.event_id)
        .where(*_wanted(wanted))
    )
    row = connection.execute(statement).one()
    return int(row[0]), int(row[1])


def page_of_searches(
    connection: Connection, wanted: SearchFilter, *, offset: int, limit: int
) -> list[SearchRow]:
    """Searches that a filter means, in order, from the ``offset``-th on."""
    return _searches(connection, *_wanted(wanted), limit=limit, offset=offset)


def uses_of_record(
    connection: Connection, record_id: str, start: dt.datetime, end: dt.datetime, *, limit: int
) -> list[UseRow]:
    """Uses of one record from ``start`` on and before ``end``, in order."""
    return _uses(
        connection,
        logged_use.c.record_id == record_id,
        logged_use.c.at >= start,
        logged_use.c.at < end,
        limit=limit,
    )


def uses_of_search(connection: Connection, search_id: str) -> list[UseRow]:
    """Uses that refer to one search, in order."""
    return _uses(connection, logged_use.c.search_id == search_id)


def uses_of_visit(connection: Connection, visit_id: str) -> list[UseRow]:
    """Uses in one visit, in order."""
    return _uses(connection, logged_use.c.visit_id == visit_id)


def uses_of_request(connection: Connection, request_id: str) -> list[UseRow]:
    """Uses made for one request, in order."""
    return _uses(connection, logged_use.c.request_id == request_id)


def _wanted(wanted: SearchFilter) -> list[ColumnElement[bool]]:
    conditions = [logged_search.c.at >= wanted.start, logged_search.c.at < wanted.end]
    for column, value in (
        (logged_search.c.actor, wanted.actor),
        (logged_search.c.visit_id, wanted.visit_id),
        (logged_search.c.request_id, wanted.request_id),
    ):
        if value:
            conditions.append(column == value)
    # Bodies are canonical JSON: a quote within a text stands there with a backslash before it, so
    # that nothing that was typed can look like a field.
    if wanted.terminal:
        field = canonical_json({"terminal": wanted.terminal})[1:-1]
        conditions.append(log_body.c.body.contains(field, autoescape=True))
    if wanted.record_id is not None:
        conditions.append(log_body.c.body.like(_hit(wanted.record_id), escape=_ESCAPE))
    return conditions


def _hit(record_id: RecordId) -> str:
    """A pattern of a hit: ``[rank,"record","64 digits of its hash",[pages]]``."""
    text = canonical_json(record_id)
    for sign in (_ESCAPE, "%", "_"):
        text = text.replace(sign, _ESCAPE + sign)
    return f'%,{text},"{"_" * 64}",[%'


def _searches(
    connection: Connection,
    *conditions: ColumnElement[bool],
    limit: int | None = None,
    offset: int | None = None,
) -> list[SearchRow]:
    statement = (
        select(*logged_search.c, log_body.c.body)
        .outerjoin(log_body, log_body.c.event_id == logged_search.c.event_id)
        .where(*conditions)
        .order_by(logged_search.c.event_id)
        .limit(limit)
        .offset(offset)
    )
    return [
        SearchRow(
            search_id=row.search_id,
            event_id=row.event_id,
            at=row.at,
            visit_id=row.visit_id,
            request_id=row.request_id,
            actor=row.actor,
            channel=row.channel,
            total=row.total,
            body=None if row.body is None else json.loads(row.body),
        )
        for row in connection.execute(statement)
    ]


def _uses(
    connection: Connection, *conditions: ColumnElement[bool], limit: int | None = None
) -> list[UseRow]:
    statement = (
        select(*logged_use.c, log_body.c.body)
        .outerjoin(log_body, log_body.c.event_id == logged_use.c.event_id)
        .where(*conditions)
        .order_by(logged_use.c.event_id)
        .limit(limit)
    )
    return [
        UseRow(
            event_id=row.event_id,
            at=row.at,
            use=row.use,
            record_id=row.record_id,
            search_id=row.search_id,
            visit_id=row.visit_id,
            request_id=row.request_id,
            body=None if row.body is None else json.loads(row.body),
        )
        for row in connection.execute(statement)
    ]

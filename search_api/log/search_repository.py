"""Every statement on the projections of searches and uses."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from search_api.tables import log_body, logged_search, logged_use

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement, Connection

    from search_api.answers import LogContext


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


def count_searches(connection: Connection, start: dt.datetime, end: dt.datetime) -> tuple[int, int]:
    """How many searches there were, and how many of them found nothing."""
    statement = select(func.count(), func.count().filter(logged_search.c.total == 0)).where(
        logged_search.c.at >= start, logged_search.c.at < end
    )
    row = connection.execute(statement).one()
    return int(row[0]), int(row[1])


def page_of_searches(
    connection: Connection, start: dt.datetime, end: dt.datetime, *, offset: int, limit: int
) -> list[SearchRow]:
    """Searches from ``start`` on and before ``end``, in order, from the ``offset``-th on."""
    return _searches(
        connection,
        logged_search.c.at >= start,
        logged_search.c.at < end,
        limit=limit,
        offset=offset,
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


def _uses(connection: Connection, *conditions: ColumnElement[bool]) -> list[UseRow]:
    statement = (
        select(*logged_use.c, log_body.c.body)
        .outerjoin(log_body, log_body.c.event_id == logged_use.c.event_id)
        .where(*conditions)
        .order_by(logged_use.c.event_id)
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

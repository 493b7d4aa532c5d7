"""Every statement on what is done within a request."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from query_room.tables import (
    records_request,
    request_clock_event,
    request_consultation,
    request_dispatch,
    request_finding,
    request_hand_search,
    request_letter,
    request_search,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping

    from sqlalchemy import Connection, Row, Table


def next_ordinal(connection: Connection, table: Table, request_id: str) -> int:
    """1 more than how many rows a request has in a table; the request is locked by the caller."""
    statement = select(func.count()).select_from(table).where(table.c.request_id == request_id)
    return int(connection.execute(statement).scalar_one()) + 1


def add_clock_event(
    connection: Connection,
    request_id: str,
    event_id: int,
    **values: Any,  # noqa: ANN401 - the columns of a clock event
) -> None:
    """Store what moves the due date."""
    ordinal = next_ordinal(connection, request_clock_event, request_id)
    connection.execute(
        insert(request_clock_event).values(
            request_id=request_id, ordinal=ordinal, event_id=event_id, **values
        )
    )


def clock_events(
    connection: Connection, request_ids: Collection[str]
) -> Mapping[str, list[Row[Any]]]:
    """What moves the due dates of requests, by request, in the order of recording."""
    statement = (
        select(request_clock_event)
        .where(request_clock_event.c.request_id.in_(request_ids))
        .order_by(request_clock_event.c.request_id, request_clock_event.c.ordinal)
    )
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(statement):
        found[row.request_id].append(row)
    return found


def attach_search(
    connection: Connection,
    request_id: str,
    search_id: str,
    *,
    event_id: int,
    by: str,
    at: dt.datetime,
) -> None:
    """Cite a search that was made elsewhere."""
    connection.execute(
        insert(request_search).values(
            request_id=request_id,
            search_id=search_id,
            event_id=event_id,
            attached_by=by,
            attached_at=at,
        )
    )


def attached_searches(connection: Connection, request_id: str) -> list[str]:
    """Searches cited from elsewhere, in order."""
    statement = (
        select(request_search.c.search_id)
        .where(request_search.c.request_id == request_id)
        .order_by(request_search.c.event_id)
    )
    return list(connection.execute(statement).scalars())


def requests_citing(connection: Connection, search_id: str) -> list[str]:
    """Requests that cite a search."""
    statement = select(request_search.c.request_id).where(request_search.c.search_id == search_id)
    return list(connection.execute(statement).scalars())


def add_hand_search(
    connection: Connection,
    request_id: str,
    **values: Any,  # noqa: ANN401 - the columns of a search by hand
) -> None:
    """Store a search on paper."""
    ordinal = next_ordinal(connection, request_hand_search, request_id)
    connection.execute(
        insert(request_hand_search).values(request_id=request_id, ordinal=ordinal, **values)
    )


def hand_searches(connection: Connection, request_id: str) -> list[Row[Any]]:
    """Searches on paper, in order."""
    return _of_request(connection, request_hand_search, request_id, "ordinal")


def add_finding(
    connection: Connection,
    request_id: str,
    **values: Any,  # noqa: ANN401 - the columns of a finding
) -> str:
    """Store a record that answers; its identifier comes back."""
    ordinal = next_ordinal(connection, request_finding, request_id)
    finding_id = f"{request_id}-f{ordinal:02d}"
    connection.execute(
        insert(request_finding).values(finding_id=finding_id, request_id=request_id, **values)
    )
    return finding_id


def findings(connection: Connection, request_id: str) -> list[Row[Any]]:
    """Records that answer, in order, dropped ones left out."""
    rows = _of_request(connection, request_finding, request_id, "finding_id")
    return [row for row in rows if row.dropped_at is None]


def change_finding(
    connection: Connection,
    request_id: str,
    finding_id: str,
    **values: Any,  # noqa: ANN401 - the columns that a decision sets
) -> bool:
    """Set columns of a finding of the request that was not dropped; whether there is one."""
    statement = (
        update(request_finding)
        .where(
            request_finding.c.finding_id == finding_id,
            request_finding.c.request_id == request_id,
            request_finding.c.dropped_at.is_(None),
        )
        .values(**values)
    )
    return connection.execute(statement).rowcount == 1


def earlier_decisions(
    connection: Connection, request_id: str, record_ids: Collection[str]
) -> list[Row[Any]]:
    """What other requests decided on records, the newest first."""
    statement = (
        select(
            request_finding.c.record_id,
            request_finding.c.decision,
            request_finding.c.exemption,
            records_request.c.request_id,
            records_request.c.display_number,
            records_request.c.closed_on,
        )
        .join(records_request, records_request.c.request_id == request_finding.c.request_id)
        .where(
            request_finding.c.record_id.in_(record_ids),
            request_finding.c.request_id != request_id,
            request_finding.c.decision.is_not(None),
            request_finding.c.dropped_at.is_(None),
        )
        .order_by(request_finding.c.decided_at.desc())
    )
    return list(connection.execute(statement))


def disclosed(
    connection: Connection, record_ids: Collection[str], decisions: Collection[str]
) -> dict[str, dt.date]:
    """On which day records were last given out by one of the decisions, by record."""
    statement = (
        select(request_finding.c.record_id, func.max(records_request.c.closed_on))
        .join(records_request, records_request.c.request_id == request_finding.c.request_id)
        .where(
            request_finding.c.record_id.in_(record_ids),
            request_finding.c.decision.in_(decisions),
            request_finding.c.dropped_at.is_(None),
            records_request.c.disposition.in_(("A1", "A2")),
            records_request.c.closed_on.is_not(None),
        )
        .group_by(request_finding.c.record_id)
    )
    return {row[0]: row[1] for row in connection.execute(statement)}


def add_consultation(
    connection: Connection,
    request_id: str,
    **values: Any,  # noqa: ANN401 - the columns of a consultation
) -> None:
    """Store whom was asked."""
    connection.execute(insert(request_consultation).values(request_id=request_id, **values))


def consultations(connection: Connection, request_id: str) -> list[Row[Any]]:
    """Who was asked, in order."""
    return _of_request(connection, request_consultation, request_id, "consultation_id")


def answer_consultation(
    connection: Connection,
    request_id: str,
    consultation_id: str,
    **values: Any,  # noqa: ANN401 - the columns of an answer
) -> bool:
    """Store an answer; whether one was still awaited."""
    statement = (
        update(request_consultation)
        .where(
            request_consultation.c.consultation_id == consultation_id,
            request_consultation.c.request_id == request_id,
            request_consultation.c.answer.is_(None),
        )
        .values(**values)
    )
    return connection.execute(statement).rowcount == 1


def add_letter(
    connection: Connection,
    request_id: str,
    **values: Any,  # noqa: ANN401 - the columns of a letter
) -> None:
    """Store a letter that was made."""
    connection.execute(insert(request_letter).values(request_id=request_id, **values))


def letters(connection: Connection, request_id: str) -> list[Row[Any]]:
    """Letters of a request, in order."""
    return _of_request(connection, request_letter, request_id, "letter_id")


def add_dispatch(
    connection: Connection,
    request_id: str,
    **values: Any,  # noqa: ANN401 - the columns of a dispatch
) -> None:
    """Store how a letter left."""
    ordinal = next_ordinal(connection, request_dispatch, request_id)
    connection.execute(
        insert(request_dispatch).values(request_id=request_id, ordinal=ordinal, **values)
    )


def dispatches(connection: Connection, request_id: str) -> list[Row[Any]]:
    """How letters left, in order."""
    return _of_request(connection, request_dispatch, request_id, "ordinal")


def _of_request(
    connection: Connection, table: Table, request_id: str, order: str
) -> list[Row[Any]]:
    statement = select(table).where(table.c.request_id == request_id).order_by(table.c[order])
    return list(connection.execute(statement))

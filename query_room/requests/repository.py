"""Every statement on requests themselves; what was done on them has a repository of its own."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from query_room.tables import records_request

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from sqlalchemy import ColumnElement, Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """A request without personal data."""

    request_id: str
    organ_id: str
    kind: str
    year: int
    number: int
    display_number: str
    status: str
    channel: str
    category: str
    filed_by: str
    filed_at: dt.datetime
    visit_id: str | None
    origin_search_id: str | None
    organ_confirmed_on: dt.date | None
    applicant_confirmed_on: dt.date | None
    received_on: dt.date | None
    assigned_to: str | None
    disposition: str | None
    reply_type: str | None
    proposal_event_id: int | None
    review_id: str | None
    closed_on: dt.date | None
    applicant_event_id: int
    content_event_id: int
    person_digest: str | None
    content_digest: str | None
    secret_digest: str | None
    erased_at: dt.datetime | None


_FIELDS = tuple(field.name for field in fields(RequestRow))


def add(connection: Connection, row: RequestRow) -> None:
    """Store a new request."""
    connection.execute(
        insert(records_request).values({name: getattr(row, name) for name in _FIELDS})
    )


def find(connection: Connection, request_id: str) -> RequestRow | None:
    """One request, or ``None``."""
    found = _requests(connection, records_request.c.request_id == request_id)
    return found[0] if found else None


def lock(connection: Connection, request_id: str) -> RequestRow | None:
    """One request, kept from changing until the transaction ends, or ``None``."""
    # SQLite has one writer; on PostgreSQL two steps of one request must see each other.
    statement = (
        select(records_request).where(records_request.c.request_id == request_id).with_for_update()
    )
    row = connection.execute(statement).one_or_none()
    return None if row is None else _row(row)


def find_by_number(connection: Connection, display_number: str) -> RequestRow | None:
    """The request of that number, or ``None``."""
    found = _requests(connection, records_request.c.display_number == display_number)
    return found[0] if len(found) == 1 else None


def change(
    connection: Connection,
    request_id: str,
    **values: Any,  # noqa: ANN401 - columns that change with the step
) -> None:
    """Set columns of one request."""
    connection.execute(
        update(records_request).where(records_request.c.request_id == request_id).values(**values)
    )


def of_organs(
    connection: Connection,
    organ_ids: Collection[str],
    *,
    statuses: Collection[str] = (),
    assigned_to: str | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> list[RequestRow]:
    """Requests of organs, the oldest first."""
    conditions: list[ColumnElement[bool]] = [records_request.c.organ_id.in_(organ_ids)]
    if statuses:
        conditions.append(records_request.c.status.in_(statuses))
    if assigned_to is not None:
        conditions.append(records_request.c.assigned_to == assigned_to)
    return _requests(connection, *conditions, offset=offset, limit=limit)


def count_of_organs(
    connection: Connection, organ_ids: Collection[str], *, statuses: Collection[str] = ()
) -> int:
    """How many requests organs have."""
    statement = (
        select(func.count())
        .select_from(records_request)
        .where(records_request.c.organ_id.in_(organ_ids))
    )
    if statuses:
        statement = statement.where(records_request.c.status.in_(statuses))
    return int(connection.execute(statement).scalar_one())


def of_person(connection: Connection, person_digest: str) -> list[RequestRow]:
    """Requests of whoever bears that identity, the oldest first."""
    return _requests(connection, records_request.c.person_digest == person_digest)


def of_visit(connection: Connection, visit_id: str) -> list[RequestRow]:
    """Requests made in a visit, in order."""
    return _requests(connection, records_request.c.visit_id == visit_id)


def received_until(
    connection: Connection, organ_ids: Collection[str], kind: str, last: dt.date
) -> list[RequestRow]:
    """Requests of organs whose day of receipt is not after ``last``."""
    return _requests(
        connection,
        records_request.c.organ_id.in_(organ_ids),
        records_request.c.kind == kind,
        records_request.c.received_on <= last,
    )


def forget_applicant(connection: Connection, request_id: str, at: dt.datetime) -> None:
    """Drop the digests by which the applicant could be found again."""
    change(
        connection,
        request_id,
        person_digest=None,
        content_digest=None,
        secret_digest=None,
        erased_at=at,
    )


def _requests(
    connection: Connection,
    *conditions: ColumnElement[bool],
    offset: int = 0,
    limit: int | None = None,
) -> list[RequestRow]:
    statement = (
        select(records_request)
        .where(*conditions)
        .order_by(records_request.c.filed_at, records_request.c.request_id)
        .offset(offset)
        .limit(limit)
    )
    return [_row(row) for row in connection.execute(statement)]


def _row(row: Any) -> RequestRow:  # noqa: ANN401 - a row of the whole table
    values: Sequence[tuple[str, Any]] = [(name, getattr(row, name)) for name in _FIELDS]
    return RequestRow(**dict(values))

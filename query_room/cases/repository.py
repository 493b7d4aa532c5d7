"""Every statement on reviews and suits."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, or_, select, update

from query_room.tables import records_request, request_case

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, Connection, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A review or suit without personal data."""

    case_id: str
    request_id: str
    organ_id: str
    block: str
    follows: str | None
    authority: str
    docket: str
    plaintiff: str
    text_event_id: int | None
    filed_on: dt.date
    notified_on: dt.date
    status: str
    answered_on: dt.date | None
    result: str
    decided_on: dt.date | None
    outcome_event_id: int | None
    ordered_reopen: bool
    entered_by: str
    entered_at: dt.datetime


_FIELDS = tuple(field.name for field in fields(CaseRow))


def add(connection: Connection, row: CaseRow) -> None:
    """Store a new one."""
    connection.execute(insert(request_case).values({name: getattr(row, name) for name in _FIELDS}))


def change(
    connection: Connection,
    case_id: str,
    **values: Any,  # noqa: ANN401 - columns that change with the step
) -> None:
    """Set columns of one."""
    connection.execute(
        update(request_case).where(request_case.c.case_id == case_id).values(**values)
    )


def find(connection: Connection, case_id: str) -> CaseRow | None:
    """One, or ``None``."""
    found = _cases(connection, request_case.c.case_id == case_id)
    return found[0] if found else None


def lock(connection: Connection, case_id: str) -> CaseRow | None:
    """One, kept from changing until the transaction ends, or ``None``."""
    statement = select(request_case).where(request_case.c.case_id == case_id).with_for_update()
    row = connection.execute(statement).one_or_none()
    return None if row is None else _row(row)


def of_request(connection: Connection, request_id: str) -> list[CaseRow]:
    """Those over one request, in the order in which they were entered."""
    return _cases(connection, request_case.c.request_id == request_id)


def count_of_request(connection: Connection, request_id: str) -> int:
    """How many were entered over one request."""
    statement = (
        select(func.count())
        .select_from(request_case)
        .where(request_case.c.request_id == request_id)
    )
    return int(connection.execute(statement).scalar_one())


def open_of_organs(connection: Connection, organ_ids: Collection[str]) -> list[CaseRow]:
    """Those of organs that have not ended."""
    return _cases(
        connection, request_case.c.organ_id.in_(organ_ids), request_case.c.decided_on.is_(None)
    )


def ended_of_organs(
    connection: Connection, organ_ids: Collection[str], first: dt.date, last: dt.date
) -> list[CaseRow]:
    """Those of organs that ended between two days, both included."""
    return _cases(
        connection,
        request_case.c.organ_id.in_(organ_ids),
        request_case.c.decided_on.between(first, last),
    )


def in_report(
    connection: Connection, organ_ids: Collection[str], kind: str, first: dt.date, last: dt.date
) -> list[CaseRow]:
    """Those over requests of a kind that ended between two days or were open after the last."""
    of_kind = select(records_request.c.request_id).where(records_request.c.kind == kind)
    return _cases(
        connection,
        request_case.c.organ_id.in_(organ_ids),
        request_case.c.request_id.in_(of_kind),
        request_case.c.filed_on <= last,
        or_(request_case.c.decided_on.is_(None), request_case.c.decided_on >= first),
    )


def _cases(connection: Connection, *conditions: ColumnElement[bool]) -> list[CaseRow]:
    statement = (
        select(request_case)
        .where(*conditions)
        .order_by(request_case.c.filed_on, request_case.c.entered_at, request_case.c.case_id)
    )
    return [_row(row) for row in connection.execute(statement)]


def _row(row: Row[Any]) -> CaseRow:
    return CaseRow(**{name: getattr(row, name) for name in _FIELDS})

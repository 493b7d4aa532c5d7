"""One step of a request: locked, allowed, told to the log and carried out in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from query_room.requests import repository, work_repository
from query_room.requests.errors import RecordsRequestNotFoundError
from query_room.requests.model import RequestStatus
from query_room.requests.transitions import next_status
from search_api.log import NewEvent, append

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from query_room.clock import ClockEvent
    from query_room.requests.repository import RequestRow
    from query_room.requests.transitions import Step
    from search_api.log import EventKind
    from search_api.log.model import JsonValue


def require_request(connection: Connection, request_id: str) -> RequestRow:
    """The row of a request.

    Raises:
        RecordsRequestNotFoundError: There is no such request.
    """
    row = repository.find(connection, request_id)
    if row is None:
        raise RecordsRequestNotFoundError(f"no request {request_id}")
    return row


def require_locked(connection: Connection, request_id: str) -> RequestRow:
    """The row of a request, kept from changing until the transaction ends.

    Raises:
        RecordsRequestNotFoundError: There is no such request.
    """
    row = repository.lock(connection, request_id)
    if row is None:
        raise RecordsRequestNotFoundError(f"no request {request_id}")
    return row


def lock_for(connection: Connection, request_id: str, step: Step) -> RequestRow:
    """The row of a request from which the step can be taken, locked.

    Raises:
        RecordsRequestNotFoundError: There is no such request.
        InvalidTransitionError: The step cannot be taken from where it stands.
    """
    row = require_locked(connection, request_id)
    next_status(RequestStatus(row.status), step)
    return row


def take(
    connection: Connection,
    row: RequestRow,
    step: Step,
    kind: EventKind,
    *,
    at: dt.datetime,
    body: Mapping[str, JsonValue],
    clock: ClockEvent | None = None,
    **columns: Any,  # noqa: ANN401 - columns that change with the step
) -> int:
    """Tell the log of a step and move the request; the number of the event comes back.

    The event says where the request stood before and stands after, so that the projection can be
    read out of the log alone.
    """
    target = next_status(RequestStatus(row.status), step)
    event_id = append(
        connection,
        NewEvent(
            at=at,
            kind=kind,
            subject=row.request_id,
            body={
                **body,
                "step": step.value,
                "status_before": row.status,
                "status": target.value,
                **({} if clock is None else {"clock": clock_body(clock)}),
            },
        ),
    )
    repository.change(connection, row.request_id, status=target.value, **columns)
    if clock is not None:
        add_to_clock(connection, row.request_id, event_id, clock)
    return event_id


def add_to_clock(connection: Connection, request_id: str, event_id: int, event: ClockEvent) -> None:
    """Store what moves the due date."""
    work_repository.add_clock_event(
        connection,
        request_id,
        event_id,
        kind=event.kind.value,
        day=event.day,
        consultation=event.consultation,
        party=None if event.party is None else event.party.value,
        working_days=event.working_days,
        until=event.until,
        approver=event.approver,
    )


def clock_body(event: ClockEvent) -> dict[str, JsonValue]:
    """A clock event as the log tells it."""
    return {
        "kind": event.kind.value,
        "day": event.day.isoformat(),
        "consultation": event.consultation,
        "party": None if event.party is None else event.party.value,
        "working_days": event.working_days,
        "until": None if event.until is None else event.until.isoformat(),
        "approver": event.approver,
    }

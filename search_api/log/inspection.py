"""Looking through the log: events as they stand, even where somebody has meddled with them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from search_api.errors import EventNotFoundError
from search_api.log import chain
from search_api.log import inspection_repository as repository
from search_api.log.inspection_repository import ACTOR_FIELDS, ACTOR_IS_SUBJECT, EventFilter

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from search_api.log.inspection_repository import InspectedRow
    from search_api.log.model import JsonValue

__all__ = ["ACTOR_FIELDS", "BodyState", "EventFilter", "InspectedEvent", "count", "find", "load"]


_MAX_NUMBER: Final = 2**63 - 1


class BodyState(StrEnum):
    """What became of what an event said."""

    KEPT = "kept"
    ERASED = "erased"
    DAMAGED = "damaged"  # not what the event committed to


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectedEvent:
    """An event as it stands.

    Attributes:
        at: When; year 1 where the time itself was overwritten.
        actor: The account that did it, ``""`` for somebody unknown, ``None`` where the body that
            named it is not kept.
        body: What was said, or ``None`` where it is not kept.
        erased_at: When the body was erased, and ``erase_ground``: why.
        seal_number: The seal that vouches for it, or ``None`` where none does yet.
    """

    event_id: int
    at: dt.datetime
    kind: str
    subject: str
    commitment: str
    actor: str | None
    state: BodyState
    body: Mapping[str, JsonValue] | None
    erased_at: dt.datetime | None
    erase_ground: str
    seal_number: int | None


def find(
    connection: Connection,
    wanted: EventFilter,
    *,
    offset: int = 0,
    limit: int,
    newest_first: bool = False,
) -> tuple[InspectedEvent, ...]:
    """The events of the filter, by number; an event whose body is not kept has no actor to find."""
    rows = repository.find_events(
        connection, wanted, offset=offset, limit=limit, newest_first=newest_first
    )
    return tuple(_inspected(row) for row in rows)


def count(connection: Connection, wanted: EventFilter) -> int:
    """How many events the filter lets through."""
    return repository.count_events(connection, wanted)


def load(connection: Connection, event_id: int) -> InspectedEvent:
    """The event of that number.

    Raises:
        EventNotFoundError: There is none.
    """
    # An address can ask for a number that no database's column holds.
    row = repository.load_event(connection, event_id) if event_id <= _MAX_NUMBER else None
    if row is None:
        raise EventNotFoundError(f"no event {event_id}")
    return _inspected(row)


def _inspected(row: InspectedRow) -> InspectedEvent:
    body = _kept_body(row)
    if body is not None:
        state = BodyState.KEPT
    else:
        state = BodyState.DAMAGED if row.erased_at is None else BodyState.ERASED
    return InspectedEvent(
        event_id=row.event_id,
        at=row.at,
        kind=row.kind,
        subject=row.subject,
        commitment=row.commitment,
        actor=_actor(row.kind, row.subject, body),
        state=state,
        body=body,
        erased_at=row.erased_at,
        erase_ground=row.erase_ground or "",
        seal_number=row.seal_number,
    )


def _kept_body(row: InspectedRow) -> Mapping[str, JsonValue] | None:
    """The body, if it is the one that the event committed to."""
    if not isinstance(row.salt, str) or not isinstance(row.body, str):
        return None
    if chain.commitment(row.salt, row.body) != row.commitment:
        return None
    body: Mapping[str, JsonValue] = json.loads(row.body)
    return body


def _actor(kind: str, subject: str, body: Mapping[str, JsonValue] | None) -> str | None:
    if kind in ACTOR_IS_SUBJECT:
        return subject
    if body is None:
        return None
    context = body.get("context")
    for fields in (body, context if isinstance(context, dict) else {}):
        for name in ACTOR_FIELDS:
            if name in fields:
                return str(fields[name])
    return ""

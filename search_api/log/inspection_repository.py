"""Every statement with which the log is looked through; rows are believed in nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, func, or_, select, type_coerce

from search_api.log.chain import canonical_json
from search_api.log.model import EventKind
from search_api.log.repository import StoredInstant
from search_api.tables import log_body, log_event, log_seal_member

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, Connection, Row, Select

ACTOR_FIELDS: Final = ("by", "handler", "actor")
"""Fields of bodies that name the account which did what the event tells of."""

ACTOR_IS_SUBJECT: Final = frozenset(
    {EventKind.SIGNED_IN, EventKind.SIGNED_OUT, EventKind.SIGN_IN_REFUSED}
)
"""Kinds whose subject is the account that did it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """Which events are wanted; ``None`` is any.

    Attributes:
        start: From then on. end: Before then.
        kinds: Of one of these. actor: Done by the account of that very name. subject: About that.
    """

    start: dt.datetime | None = None
    end: dt.datetime | None = None
    kinds: Collection[str] | None = None
    actor: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectedRow:
    """An event as it stands in the database, with its body and its seal, if it has them."""

    event_id: int
    at: dt.datetime
    kind: str
    subject: str
    commitment: str
    salt: str | None
    body: str | None
    erased_at: dt.datetime | None
    erase_ground: str | None
    seal_number: int | None


def find_events(
    connection: Connection,
    wanted: EventFilter,
    *,
    offset: int = 0,
    limit: int,
    newest_first: bool = False,
) -> list[InspectedRow]:
    """Events in the order of their numbers, or the other way round."""
    number = log_event.c.event_id
    statement = (
        _inspected()
        .where(*_conditions(connection, wanted))
        .order_by(number.desc() if newest_first else number)
        .offset(offset)
        .limit(limit)
    )
    return [_row(row) for row in connection.execute(statement)]


def count_events(connection: Connection, wanted: EventFilter) -> int:
    """How many events there are of those."""
    statement = (
        select(func.count())
        .select_from(log_event)
        .outerjoin(log_body, log_body.c.event_id == log_event.c.event_id)
        .where(*_conditions(connection, wanted))
    )
    return connection.execute(statement).scalar_one()


def load_event(connection: Connection, event_id: int) -> InspectedRow | None:
    """The event of that number, or ``None``."""
    row = connection.execute(_inspected().where(log_event.c.event_id == event_id)).one_or_none()
    return None if row is None else _row(row)


def _conditions(connection: Connection, wanted: EventFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.start is not None:
        found.append(log_event.c.at >= wanted.start)
    if wanted.end is not None:
        found.append(log_event.c.at < wanted.end)
    if wanted.kinds is not None:
        found.append(log_event.c.kind.in_(list(wanted.kinds)))
    if wanted.subject is not None:
        found.append(log_event.c.subject == wanted.subject)
    if wanted.actor is not None:
        found.append(_done_by(connection, wanted.actor))
    return found


def _done_by(connection: Connection, actor: str) -> ColumnElement[bool]:
    # Bodies are canonical JSON: a field and its value have one spelling, and the quotes of a text
    # that looks like one are escaped, so that this finds fields and nothing else. LIKE would not
    # tell upper from lower case on SQLite.
    position = func.instr if connection.dialect.name == "sqlite" else func.strpos
    named = [
        position(log_body.c.body, f'"{field}":{canonical_json(actor)}') > 0
        for field in ACTOR_FIELDS
    ]
    themselves = and_(log_event.c.kind.in_(sorted(ACTOR_IS_SUBJECT)), log_event.c.subject == actor)
    return or_(*named, themselves)


def _inspected() -> Select[*tuple[Any, ...]]:
    return (
        select(
            log_event.c.event_id,
            type_coerce(log_event.c.at, StoredInstant).label("at"),
            log_event.c.kind,
            log_event.c.subject,
            log_event.c.commitment,
            log_body.c.salt,
            log_body.c.body,
            type_coerce(log_body.c.erased_at, StoredInstant).label("erased_at"),
            log_body.c.erase_ground,
            log_seal_member.c.seal_number,
        )
        .select_from(log_event)
        .outerjoin(log_body, log_body.c.event_id == log_event.c.event_id)
        .outerjoin(log_seal_member, log_seal_member.c.event_id == log_event.c.event_id)
    )


def _row(row: Row[*tuple[Any, ...]]) -> InspectedRow:
    return InspectedRow(
        event_id=row.event_id,
        at=row.at,
        kind=str(row.kind),
        subject=str(row.subject),
        commitment=str(row.commitment),
        salt=row.salt,
        body=row.body,
        erased_at=row.erased_at,
        erase_ground=row.erase_ground,
        seal_number=row.seal_number,
    )

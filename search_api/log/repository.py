"""Every statement on the log's own tables."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    DateTime,
    String,
    TypeDecorator,
    delete,
    func,
    insert,
    select,
    type_coerce,
    update,
)

from search_api.log.model import Event, EventKind, Seal
from search_api.tables import log_body, log_event, log_pending, log_seal, log_seal_member

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sqlalchemy import Connection, Dialect, Row, Select
    from sqlalchemy.types import TypeEngine

_SEALING_LOCK: Final = 7140209
_STREAM_ROWS: Final = 2_000


UNREADABLE: Final = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
"""The time of an event whose time was overwritten with something that is none."""


class StoredInstant(TypeDecorator[dt.datetime]):
    """A time as it stands, even where somebody wrote nonsense in its place."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, an instant on PostgreSQL."""
        # SQLite holds text, and SQLAlchemy would raise on what it cannot parse.
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String())
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_result_value(self, value: object, dialect: Dialect) -> dt.datetime | None:
        """An aware UTC time, or :data:`UNREADABLE`."""
        del dialect
        if value is None:
            return None
        if isinstance(value, dt.datetime):
            return value.astimezone(dt.UTC)
        try:
            return dt.datetime.fromisoformat(str(value)).replace(tzinfo=dt.UTC)
        except ValueError:
            return UNREADABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """An event's row as it stands in the database, believed in nothing."""

    event_id: int
    at: dt.datetime
    kind: str
    subject: str
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBody:
    """A body's row as it stands in the database."""

    salt: str | None
    body: str | None
    erased_at: dt.datetime | None
    erase_ground: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMember:
    """A place in a seal, with the event and body that stand there, if they do."""

    seal_number: int
    event_id: int
    leaf: str
    event: StoredEvent | None
    body: StoredBody | None


_AS_THEY_STAND: Final = (
    log_event.c.event_id,
    type_coerce(log_event.c.at, StoredInstant).label("at"),
    log_event.c.kind,
    log_event.c.subject,
    log_event.c.commitment,
    log_body.c.event_id.label("body_id"),
    log_body.c.salt,
    log_body.c.body,
    type_coerce(log_body.c.erased_at, StoredInstant).label("erased_at"),
    log_body.c.erase_ground,
)


# Written with every answer: to make them anew takes as long as to write them.
_ADD_EVENT: Final = insert(log_event).returning(log_event.c.event_id)
_ADD_BODY: Final = insert(log_body)
_ADD_PENDING: Final = insert(log_pending)


def add_event(
    connection: Connection,
    *,
    at: dt.datetime,
    kind: EventKind,
    subject: str,
    commitment: str,
    salt: str,
    body: str,
) -> int:
    """Store one event as not yet sealed; its number comes back."""
    event = {"at": at, "kind": kind.value, "subject": subject, "commitment": commitment}
    event_id: int = connection.execute(_ADD_EVENT, event).scalar_one()
    connection.execute(_ADD_BODY, {"event_id": event_id, "salt": salt, "body": body})
    connection.execute(_ADD_PENDING, {"event_id": event_id})
    return event_id


def lock_sealing(connection: Connection) -> None:
    """Let only this transaction seal until it ends; SQLite's write lock does so already."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_SEALING_LOCK)))


def pending_events(connection: Connection, limit: int) -> list[StoredEvent]:
    """Events that no seal holds yet, in the order of their numbers."""
    statement = (
        select(log_event)
        .join(log_pending, log_pending.c.event_id == log_event.c.event_id)
        # A sealed event put back among the waiting must not stop all sealing; verify names it.
        .outerjoin(log_seal_member, log_seal_member.c.event_id == log_event.c.event_id)
        .where(log_seal_member.c.event_id.is_(None))
        .order_by(log_event.c.event_id)
        .limit(limit)
    )
    return [_event_row(row) for row in connection.execute(statement)]


def newest_seal(connection: Connection) -> Seal | None:
    """The last link of the chain."""
    statement = select(log_seal).order_by(log_seal.c.number.desc()).limit(1)
    row = connection.execute(statement).one_or_none()
    return None if row is None else _seal(row)


def newest_seal_between(
    connection: Connection, start: dt.datetime, end: dt.datetime
) -> Seal | None:
    """The last link made from ``start`` on and before ``end``."""
    statement = (
        select(log_seal)
        .where(log_seal.c.sealed_at >= start, log_seal.c.sealed_at < end)
        .order_by(log_seal.c.number.desc())
        .limit(1)
    )
    row = connection.execute(statement).one_or_none()
    return None if row is None else _seal(row)


def add_seal(connection: Connection, seal: Seal, leaves: Mapping[int, str]) -> None:
    """Store a seal with its members, which wait no longer."""
    connection.execute(
        insert(log_seal).values(
            number=seal.number,
            sealed_at=seal.sealed_at,
            first_event=seal.first_event,
            last_event=seal.last_event,
            event_count=seal.event_count,
            previous_digest=seal.previous_digest,
            digest=seal.digest,
        )
    )
    connection.execute(
        insert(log_seal_member),
        [
            {"event_id": event_id, "seal_number": seal.number, "leaf": leaf}
            for event_id, leaf in leaves.items()
        ],
    )
    connection.execute(delete(log_pending).where(log_pending.c.event_id.in_(list(leaves))))


def count_pending(connection: Connection) -> int:
    """How many events wait to be sealed."""
    return connection.execute(select(func.count()).select_from(log_pending)).scalar_one()


def erase_bodies(
    connection: Connection, event_ids: Collection[int], at: dt.datetime, ground: str
) -> None:
    """Remove salt and body of events that still have them."""
    connection.execute(
        update(log_body)
        .where(log_body.c.event_id.in_(list(event_ids)), log_body.c.erased_at.is_(None))
        .values(salt=None, body=None, erased_at=at, erase_ground=ground)
    )


def load_events(connection: Connection, event_ids: Collection[int]) -> dict[int, Event]:
    """The events of those numbers that there are."""
    rows = connection.execute(_with_body().where(log_event.c.event_id.in_(list(event_ids))))
    return {row.event_id: _event(row) for row in rows}


def events_of_subject(connection: Connection, subject: str) -> list[Event]:
    """Everything that happened to one subject, in order."""
    statement = _with_body().where(log_event.c.subject == subject)
    return [_event(row) for row in connection.execute(statement.order_by(log_event.c.event_id))]


def events_between(
    connection: Connection,
    start: dt.datetime,
    end: dt.datetime,
    *,
    kinds: Collection[EventKind],
    after: int,
    limit: int,
) -> list[Event]:
    """Events from ``start`` on and before ``end``, numbered above ``after``; no kinds is all."""
    statement = _with_body().where(
        log_event.c.at >= start, log_event.c.at < end, log_event.c.event_id > after
    )
    if kinds:
        statement = statement.where(log_event.c.kind.in_([kind.value for kind in kinds]))
    statement = statement.order_by(log_event.c.event_id).limit(limit)
    return [_event(row) for row in connection.execute(statement)]


def all_seals(connection: Connection) -> Iterator[Seal]:
    """Every seal in the order of its number."""
    statement = select(
        *(column for column in log_seal.c if column is not log_seal.c.sealed_at),
        type_coerce(log_seal.c.sealed_at, StoredInstant).label("sealed_at"),
    ).order_by(log_seal.c.number)
    for row in connection.execution_options(yield_per=_STREAM_ROWS).execute(statement):
        yield _seal(row)


def all_members(connection: Connection) -> Iterator[StoredMember]:
    """Every place in every seal, by seal and event number, with what stands there."""
    statement = (
        select(
            log_seal_member.c.seal_number,
            log_seal_member.c.event_id.label("member_id"),
            log_seal_member.c.leaf,
            *_AS_THEY_STAND,
        )
        .select_from(log_seal_member)
        .outerjoin(log_event, log_event.c.event_id == log_seal_member.c.event_id)
        .outerjoin(log_body, log_body.c.event_id == log_seal_member.c.event_id)
        .order_by(log_seal_member.c.seal_number, log_seal_member.c.event_id)
    )
    for row in connection.execution_options(yield_per=_STREAM_ROWS).execute(statement):
        yield StoredMember(
            seal_number=row.seal_number,
            event_id=row.member_id,
            leaf=row.leaf,
            event=None if row.event_id is None else _event_row(row),
            body=None if row.body_id is None else _body_row(row),
        )


def pending_with_bodies(
    connection: Connection,
) -> Iterator[tuple[int, StoredEvent | None, StoredBody | None]]:
    """Every number that waits to be sealed, with the event and body that stand there."""
    statement = (
        select(
            log_pending.c.event_id.label("pending_id"),
            *_AS_THEY_STAND,
        )
        .select_from(log_pending)
        .outerjoin(log_event, log_event.c.event_id == log_pending.c.event_id)
        .outerjoin(log_body, log_body.c.event_id == log_pending.c.event_id)
        .order_by(log_pending.c.event_id)
    )
    for row in connection.execution_options(yield_per=_STREAM_ROWS).execute(statement):
        yield (
            row.pending_id,
            None if row.event_id is None else _event_row(row),
            None if row.body_id is None else _body_row(row),
        )


def stray_events(connection: Connection) -> list[int]:
    """Numbers of events that are neither sealed nor waiting."""
    statement = (
        select(log_event.c.event_id)
        .outerjoin(log_seal_member, log_seal_member.c.event_id == log_event.c.event_id)
        .outerjoin(log_pending, log_pending.c.event_id == log_event.c.event_id)
        .where(log_seal_member.c.event_id.is_(None), log_pending.c.event_id.is_(None))
        .order_by(log_event.c.event_id)
    )
    return list(connection.execute(statement).scalars())


def stray_bodies(connection: Connection) -> list[int]:
    """Numbers of bodies that belong to no event."""
    statement = (
        select(log_body.c.event_id)
        .outerjoin(log_event, log_event.c.event_id == log_body.c.event_id)
        .where(log_event.c.event_id.is_(None))
        .order_by(log_body.c.event_id)
    )
    return list(connection.execute(statement).scalars())


def sealed_and_waiting(connection: Connection) -> list[int]:
    """Numbers that are sealed and wait to be sealed all the same."""
    statement = select(log_pending.c.event_id).join(
        log_seal_member, log_seal_member.c.event_id == log_pending.c.event_id
    )
    return list(connection.execute(statement.order_by(log_pending.c.event_id)).scalars())


def erasures(connection: Connection) -> Iterator[tuple[dt.datetime, str]]:
    """When bodies were erased, and what the events say that tell of it."""
    statement = (
        select(type_coerce(log_event.c.at, StoredInstant).label("at"), log_body.c.body)
        .join(log_event, log_event.c.event_id == log_body.c.event_id)
        .where(log_event.c.kind == EventKind.ERASED.value, log_body.c.body.is_not(None))
    )
    for row in connection.execute(statement):
        yield row.at, row.body


def count_events(connection: Connection) -> int:
    """How many events there are."""
    return connection.execute(select(func.count()).select_from(log_event)).scalar_one()


def _with_body() -> Select[tuple[object, ...]]:
    return select(
        *log_event.c, log_body.c.body, log_body.c.erased_at, log_body.c.erase_ground
    ).outerjoin(log_body, log_body.c.event_id == log_event.c.event_id)


def _event(row: Row[Any]) -> Event:
    return Event(
        event_id=row.event_id,
        at=row.at,
        kind=row.kind,
        subject=row.subject,
        commitment=row.commitment,
        body=None if row.body is None else json.loads(row.body),
        erase_ground=row.erase_ground or "",
    )


def _event_row(row: Row[Any]) -> StoredEvent:
    return StoredEvent(
        event_id=row.event_id,
        at=row.at,
        kind=row.kind,
        subject=row.subject,
        commitment=row.commitment,
    )


def _body_row(row: Row[Any]) -> StoredBody:
    return StoredBody(
        salt=row.salt, body=row.body, erased_at=row.erased_at, erase_ground=row.erase_ground
    )


def _seal(row: Row[*tuple[Any, ...]]) -> Seal:
    return Seal(
        number=row.number,
        sealed_at=row.sealed_at,
        first_event=row.first_event,
        last_event=row.last_event,
        event_count=row.event_count,
        previous_digest=row.previous_digest,
        digest=row.digest,
    )

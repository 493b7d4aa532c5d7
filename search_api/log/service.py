"""Writing to the log, sealing it, erasing from it, and reading it by day or subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.database import reading, utc_now, writing
from search_api.china_time import day_bounds
from search_api.errors import ErasureRefusedError, EventNotFoundError
from search_api.log import chain, repository
from search_api.log.model import DayHead, EventKind, NewEvent

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from sqlalchemy import Connection, Engine

    from search_api.log.model import Event, Seal

MAX_SEALED_AT_ONCE: Final = 500
"""Events per seal: a write transaction of some ten milliseconds."""


def append(connection: Connection, event: NewEvent) -> int:
    """Write one event in the caller's transaction: it stands if and only if that commits.

    Returns:
        The event's number.
    """
    salt = chain.new_salt()
    body = chain.canonical_json(event.body)
    return repository.add_event(
        connection,
        at=event.at,
        kind=event.kind,
        subject=event.subject,
        commitment=chain.commitment(salt, body),
        salt=salt,
        body=body,
    )


def seal(engine: Engine) -> Seal | None:
    """Seal every event that waits; safe to call from several processes at once.

    Returns:
        The last seal made, or ``None`` when nothing waited.
    """
    newest = None
    while True:
        made = _seal_batch(engine)
        if made is None:
            return newest
        newest = made
        if made.event_count < MAX_SEALED_AT_ONCE:
            return newest


def unsealed_count(engine: Engine) -> int:
    """How many events no seal vouches for yet."""
    with reading(engine) as connection:
        return repository.count_pending(connection)


def erase(engine: Engine, event_ids: Collection[int], ground: str, by: str) -> int:
    """Remove what events said, salt included; that they happened stays in the chain.

    Args:
        engine: The database.
        event_ids: Events; those already erased stay as they are.
        ground: Why, e.g. the article or the request it rests on; kept for ever.
        by: The account that does it.

    Returns:
        The number of the event that tells of the erasure.

    Raises:
        ErasureRefusedError: One of them is itself the proof of an erasure, or no ground is given.
        EventNotFoundError: One of them does not exist.
    """
    with writing(engine) as connection:
        return erase_within(connection, event_ids, ground, by, utc_now())


def erase_within(
    connection: Connection, event_ids: Collection[int], ground: str, by: str, at: dt.datetime
) -> int:
    """Do what :func:`erase` does, in the caller's transaction."""
    if not ground.strip():
        raise ErasureRefusedError("an erasure needs a ground")
    wanted = sorted(set(event_ids))
    events = repository.load_events(connection, wanted)
    for event_id in wanted:
        if event_id not in events:
            raise EventNotFoundError(f"no event {event_id}")
        if events[event_id].kind == EventKind.ERASED:
            raise ErasureRefusedError(f"event {event_id} is the proof of an erasure")
    repository.erase_bodies(connection, wanted, at, ground)
    return append(
        connection,
        NewEvent(
            at=at,
            kind=EventKind.ERASED,
            subject="log",
            body={"events": wanted, "ground": ground, "by": by},
        ),
    )


def head_of_day(engine: Engine, day: dt.date) -> DayHead | None:
    """The last seal made on that day in China, or ``None`` if none was."""
    start, end = day_bounds(day)
    with reading(engine) as connection:
        found = repository.newest_seal_between(connection, start, end)
    return None if found is None else DayHead(day=day, seal=found)


def events_of_day(
    engine: Engine,
    day: dt.date,
    *,
    kinds: Collection[EventKind] = (),
    after: int = 0,
    limit: int = 200,
) -> list[Event]:
    """Events of a day in China, in the order of their numbers, from above ``after``."""
    start, end = day_bounds(day)
    with reading(engine) as connection:
        return repository.events_between(
            connection, start, end, kinds=kinds, after=after, limit=limit
        )


def load_events(connection: Connection, event_ids: Collection[int]) -> dict[int, Event]:
    """The events of those numbers that there are, in the caller's transaction."""
    return repository.load_events(connection, event_ids)


def subject_events(connection: Connection, subject: str) -> list[Event]:
    """Do what :func:`events_of_subject` does, in the caller's transaction."""
    return repository.events_of_subject(connection, subject)


def events_of_subject(engine: Engine, subject: str) -> list[Event]:
    """Everything that happened to one subject, in order."""
    with reading(engine) as connection:
        return repository.events_of_subject(connection, subject)


def _seal_batch(engine: Engine) -> Seal | None:
    with writing(engine) as connection:
        repository.lock_sealing(connection)
        events = repository.pending_events(connection, MAX_SEALED_AT_ONCE)
        if not events:
            return None
        leaves = {
            event.event_id: chain.leaf(
                event.event_id, event.at, event.kind, event.subject, event.commitment
            )
            for event in events
        }
        made = chain.next_seal(repository.newest_seal(connection), utc_now(), leaves)
        repository.add_seal(connection, made, leaves)
        return made

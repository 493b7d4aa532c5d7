"""Who gives out the work on the index, where many hosts write it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import column, delete, func, insert, select, table, update

from indexer.database.jobs import JOBS_SCHEMA
from indexer.errors import ElectionLostError
from indexer.tables import index_coordinator

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LOCK: Final = 0x636F6F72  # "coor"
"""First key of the advisory lock that a coordinator's session holds; the other is its place."""

_CHORES_LOCK: Final = 0x63686F72  # "chor"

WORKER_SILENT_S: Final = 20.0
"""A worker that said nothing for so long is dead, and what it had in hand comes back."""

_SETTINGS: Final = table("pg_settings", column("name"))
_WORKERS: Final = table("procrastinate_workers", column("last_heartbeat"), schema=JOBS_SCHEMA)

# A host that lost its power says no goodbye: the server asks for it, instead of waiting for hours.
_KEEPALIVE: Final = {
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "25000",
    "idle_session_timeout": "0",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinator:
    """Who coordinates, as it said itself.

    Attributes:
        term: Each next one has a higher one. seen_at: Its last sign of life.
    """

    term: int
    process: int
    host: str
    command: str
    since: dt.datetime
    seen_at: dt.datetime


def try_lock(connection: Connection, place: int) -> bool:
    """Whether this session is that place's coordinator's, until it ends or lets go."""
    for name, value in _KEEPALIVE.items():
        # Where the server knows no such setting, nothing is set.
        connection.execute(
            select(func.set_config(name, value, False)).where(_SETTINGS.c.name == name)
        )
    return bool(connection.execute(select(func.pg_try_advisory_lock(_LOCK, place))).scalar_one())


def try_chores_lock(connection: Connection) -> bool:
    """Whether this session is the one, of all coordinators', that does what one must do."""
    taken = connection.execute(select(func.pg_try_advisory_lock(_CHORES_LOCK, 0)))
    return bool(taken.scalar_one())


def unlock(connection: Connection) -> None:
    """Let go of all that this session took."""
    connection.execute(select(func.pg_advisory_unlock_all()))


def begin_term(
    connection: Connection, place: int, *, process: int, host: str, command: str, at: dt.datetime
) -> int:
    """Note who coordinates at a place from now on; the number of its term."""
    values = {"process": process, "host": host, "command": command, "since": at, "seen_at": at}
    begun = connection.execute(
        update(index_coordinator)
        .where(index_coordinator.c.place == place)
        .values(term=index_coordinator.c.term + 1, **values)
        .returning(index_coordinator.c.term)
    ).scalar_one_or_none()
    if begun is not None:
        return int(begun)
    connection.execute(insert(index_coordinator).values(place=place, term=1, **values))
    return 1


def confirm(connection: Connection, place: int, term: int, *, at: dt.datetime) -> None:
    """Give a sign of life.

    Raises:
        ElectionLostError: Another coordinates by now.
    """
    seen = connection.execute(
        update(index_coordinator)
        .where(index_coordinator.c.place == place, index_coordinator.c.term == term)
        .values(seen_at=at)
    )
    if not seen.rowcount:
        raise ElectionLostError(f"term {term} is over")


def fence(connection: Connection, place: int, term: int) -> None:
    """Let this transaction be the coordinator's of ``term`` or nobody's.

    Raises:
        ElectionLostError: Another coordinates by now.
    """
    statement = (
        select(index_coordinator.c.term).where(index_coordinator.c.place == place).with_for_update()
    )
    if connection.execute(statement).scalar() != term:
        raise ElectionLostError(f"term {term} is over")


def present(connection: Connection, place: int | None = None) -> Coordinator | None:
    """Who coordinates or did so last, at a place or anywhere; ``None`` where nobody ever did."""
    statement = select(index_coordinator).order_by(index_coordinator.c.seen_at.desc()).limit(1)
    if place is not None:
        statement = statement.where(index_coordinator.c.place == place)
    row = connection.execute(statement).first()
    if row is None:
        return None
    return Coordinator(
        term=row.term,
        process=row.process,
        host=row.host,
        command=row.command,
        since=row.since,
        seen_at=row.seen_at,
    )


def workers_alive(connection: Connection) -> int:
    """How many workers gave a sign of life lately; PostgreSQL only."""
    silent = dt.timedelta(seconds=WORKER_SILENT_S)
    statement = select(func.count()).where(_WORKERS.c.last_heartbeat > func.now() - silent)
    return int(connection.execute(statement).scalar_one())


def forget(connection: Connection) -> None:
    """Forget who coordinated: the database is another's from now on."""
    connection.execute(delete(index_coordinator))

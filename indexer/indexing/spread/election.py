"""One coordinator of each version at a time, wherever it runs.

A session of PostgreSQL holds a lock: it is let go of when the process dies, however it dies. The
term, which grows with each, keeps one that lost its session unawares from doing anything more.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from indexer.database import utc_now, writing
from indexer.errors import ElectionLostError
from indexer.indexing.lock import LockHolder, command_line
from indexer.repositories import coordinators

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

    from indexer.indexing.spread.versions import Version

SIGN_OF_LIFE_S: Final = 1.0
"""How often the coordinator says that it is there."""

_SILENT_AFTER: Final = dt.timedelta(seconds=30)
"""A coordinator that said nothing for so long is gone: the server has let go of its lock."""


class Term:
    """The time of one coordinator.

    Args:
        version: Of those whom it coordinates. number: Higher than of any before.
        connection: The session that holds the lock.
    """

    def __init__(self, version: Version, number: int, connection: Connection) -> None:
        self.version = version
        self.number = number
        self.does_chores = False
        self._connection = connection
        self._said_at = -SIGN_OF_LIFE_S

    def confirm(self) -> None:
        """Ask whether this process still coordinates, and say that it is there.

        Raises:
            ElectionLostError: It does not.
        """
        now = time.monotonic()
        if now - self._said_at < SIGN_OF_LIFE_S:
            return
        try:
            coordinators.confirm(self._connection, self.version.place, self.number, at=utc_now())
            # Of the coordinators of two versions one does what only one must do.
            self.does_chores = self.does_chores or coordinators.try_chores_lock(self._connection)
        except DBAPIError as error:
            raise ElectionLostError("the session that holds the lock is gone") from error
        self._said_at = now

    @contextmanager
    def writing(self, engine: Engine) -> Iterator[Connection]:
        """A transaction of this term: nobody who came after it can be overwritten.

        Raises:
            ElectionLostError: The term is over.
        """
        with writing(engine) as connection:
            coordinators.fence(connection, self.version.place, self.number)
            yield connection


@contextmanager
def elected(engine: Engine, version: Version) -> Iterator[Term | None]:
    """This process's term as coordinator, or ``None`` where another of its version is."""
    # A session of its own, which no transaction of the work may end.
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        if not coordinators.try_lock(connection, version.place):
            yield None
            return
        try:
            with writing(engine) as noting:
                number = coordinators.begin_term(
                    noting,
                    version.place,
                    process=os.getpid(),
                    host=socket.gethostname(),
                    command=command_line(),
                    at=utc_now(),
                )
            yield Term(version, number, connection)
        finally:
            try:
                coordinators.unlock(connection)
            except SQLAlchemyError:
                # The server let go of it with the session.
                connection.invalidate()


def is_coordinated(connection: Connection, version: Version) -> bool:
    """Whether somebody coordinates the workers of a version."""
    said = coordinators.present(connection, version.place)
    return said is not None and utc_now() - said.seen_at <= _SILENT_AFTER


def coordinator(connection: Connection) -> LockHolder | None:
    """Who coordinates, or ``None`` where nobody seems to."""
    said = coordinators.present(connection)
    if said is None or utc_now() - said.seen_at > _SILENT_AFTER:
        return None
    return LockHolder(process=said.process, host=said.host, command=said.command, since=said.since)


def last_sign_of_life(connection: Connection) -> dt.datetime | None:
    """When a coordinator was last seen, or ``None`` where there never was one."""
    said = coordinators.present(connection)
    return None if said is None else said.seen_at

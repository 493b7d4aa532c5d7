"""Connections to SQLite (write-ahead log) or PostgreSQL."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from psycopg.errors import DiskFull
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from indexer.errors import SettingsError, StorageFullError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_BUSY_TIMEOUT_MS: Final = 30_000
_SETTLING_TIMEOUT_MS: Final = 2_000
_WRITES: Final = "query_room_writes"


def open_database(url: str) -> Engine:
    """An engine for ``url``; the SQLite file's folder is made if it is missing.

    Raises:
        SettingsError: The URL is not one of SQLite or PostgreSQL.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        msg = "QUERY_ROOM_DATABASE_URL is not a database URL"
        raise SettingsError(msg) from error
    match parsed.get_backend_name():
        case "sqlite":
            return _open_sqlite(url, parsed.database)
        case "postgresql":
            return create_engine(
                parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=10
            )
        case other:
            msg = f"QUERY_ROOM_DATABASE_URL names {other}; it must be sqlite or postgresql"
            raise SettingsError(msg)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection on one snapshot of the data; nothing can be written in it.

    SQLite keeps nothing of what is done in it; PostgreSQL refuses to write.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            # Its usual isolation takes a new snapshot per statement: rights and texts of one
            # answer could be of two moments.
            connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that commits when the block ends and rolls back when it raises.

    Keep it under 100 ms: on SQLite every other writer waits.

    Raises:
        StorageFullError: The database has no space left; nothing of the transaction is kept.
    """
    try:
        with engine.execution_options(**{_WRITES: True}).begin() as connection:
            yield connection
    except OperationalError as error:
        if _is_full(error.orig):
            raise StorageFullError("no space left for the database") from error
        raise


def overwrite_erased(engine: Engine) -> None:
    """Let nothing of what was erased stay in SQLite's write-ahead log; call it after an erasure.

    While others read for longer than two seconds it stays until the next call. PostgreSQL keeps old
    rows until its own vacuum.
    """
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_SETTLING_TIMEOUT_MS}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
        cursor.close()
    finally:
        raw.close()


def _is_full(error: object) -> bool:
    sqlite_code = getattr(error, "sqlite_errorcode", None)
    return sqlite_code == sqlite3.SQLITE_FULL or isinstance(error, DiskFull)


def _open_sqlite(url: str, path: str | None) -> Engine:
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:  # noqa: ANN401 - DB-API has no types
        # The driver must not open transactions by itself: `begin` below says which kind.
        connection.isolation_level = None
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",  # an acknowledged log entry survives a power cut
            "foreign_keys = ON",
            "secure_delete = ON",  # what is erased does not linger in free pages
            f"busy_timeout = {_BUSY_TIMEOUT_MS}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine

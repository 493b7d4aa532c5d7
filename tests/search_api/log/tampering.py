"""What somebody with the database's own password can do: change rows behind every guard."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLES = ("log_event", "log_body", "log_seal", "log_seal_member")


@contextmanager
def tampering(engine: Engine) -> Iterator[Connection]:
    """A connection to which neither triggers nor foreign keys object, put back afterwards."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            yield connection
        return
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys = OFF")
        triggers = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        with connection.begin():
            for name, _sql in triggers:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            yield connection
            for _name, sql in triggers:
                connection.exec_driver_sql(sql)
        raw.execute("PRAGMA foreign_keys = ON")

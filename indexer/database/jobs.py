"""The tables of the queue of jobs, which Procrastinate owns: in a schema of their own.

They come with that package and change with it, so no migration of ours names them. Of its numbered
scripts those are run that were not run yet; a new database gets the schema as it is today. Nothing
in them is worth keeping: no backup takes them along, and whoever gives out jobs gives them out
again.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Final

from sqlalchemy import column, func, insert, select, table

if TYPE_CHECKING:
    from sqlalchemy import Connection

JOBS_SCHEMA: Final = "query_room_jobs"
"""Where they stand; the name goes into statements and is nobody's to choose."""

_MIGRATION_LOCK: Final = 7140208
_SCRIPTS: Final = table("script", column("name"), schema=JOBS_SCHEMA)


def bring_up_jobs(connection: Connection) -> None:
    """Make the tables, or bring them to the version that is installed; PostgreSQL only."""
    connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
    package = files("procrastinate.sql")
    scripts = {
        each.name: each.read_text("utf-8")
        for each in (package / "migrations").iterdir()
        if each.name.endswith(".sql")
    }
    with_search_path(connection)
    if connection.execute(select(func.to_regclass(f"{JOBS_SCHEMA}.script"))).scalar() is None:
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {JOBS_SCHEMA}")
        connection.exec_driver_sql(f"CREATE TABLE {JOBS_SCHEMA}.script (name text PRIMARY KEY)")
        _run(connection, (package / "schema.sql").read_text("utf-8"))
        missing = sorted(scripts)
    else:
        known = set(connection.execute(select(_SCRIPTS.c.name)).scalars())
        missing = sorted(scripts.keys() - known)
        for name in missing:
            _run(connection, scripts[name])
    if missing:
        connection.execute(insert(_SCRIPTS), [{"name": name} for name in missing])


def with_search_path(connection: Connection) -> None:
    """Let unqualified names mean the queue's tables first, until the transaction ends."""
    path = f"{JOBS_SCHEMA}, " + str(
        connection.execute(select(func.current_setting("search_path"))).scalar_one()
    )
    connection.execute(select(func.set_config("search_path", path, True)))


def _run(connection: Connection, script: str) -> None:
    raw = connection.connection.cursor()
    try:
        # Without arguments the driver takes many statements at once, and leaves % alone.
        raw.execute(script)
    finally:
        raw.close()

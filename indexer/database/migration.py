"""Bring the database to the present schema, package by package.

Each package keeps its migrations in ``<package>/migrations`` with a version table of its own, so a
lower package can be migrated and tested without the ones above it.
"""

from __future__ import annotations

from contextlib import contextmanager
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from indexer.database.connection import writing
from indexer.database.jobs import bring_up_jobs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Engine


def migrate(engine: Engine, *packages: str, to: Mapping[str, str] | None = None) -> None:
    """Apply every outstanding migration of ``packages``, in that order; safe to call at any start.

    Two processes that start together are serialised by the database's write lock.

    Args:
        engine: The database.
        *packages: Whose tables.
        to: Where each package stops, to make a database as it once was; at the present otherwise.
    """
    for package in packages:
        with _migrations(package) as config, writing(engine) as connection:
            config.attributes["connection"] = connection
            config.attributes["version_table"] = f"{package}_schema_version"
            command.upgrade(config, to[package] if to else "head")
    if engine.dialect.name == "postgresql" and to is None:
        with writing(engine) as connection:
            bring_up_jobs(connection)


def known_versions(package: str) -> tuple[str, ...]:
    """Every schema version of a package, oldest first."""
    with _migrations(package) as config:
        scripts = ScriptDirectory.from_config(config).walk_revisions()
        return tuple(reversed([script.revision for script in scripts]))


@contextmanager
def _migrations(package: str) -> Iterator[Config]:
    with as_file(files(package) / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", "indexer.database:environment")
        config.set_main_option("version_locations", str(folder))
        config.set_main_option("path_separator", "os")
        yield config

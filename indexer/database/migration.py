"""Bring the database to the present schema, package by package.

Each package keeps its migrations in ``<package>/migrations`` with a version table of its own, so a
lower package can be migrated and tested without the ones above it.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

from indexer.database.connection import writing

if TYPE_CHECKING:
    from sqlalchemy import Engine


def migrate(engine: Engine, *packages: str) -> None:
    """Apply every outstanding migration of ``packages``, in that order; safe to call at any start.

    Two processes that start together are serialised by the database's write lock.
    """
    for package in packages:
        with as_file(files(package) / "migrations") as folder, writing(engine) as connection:
            config = Config()
            config.set_main_option("script_location", "indexer.database:environment")
            config.set_main_option("version_locations", str(folder))
            config.set_main_option("path_separator", "os")
            config.attributes["connection"] = connection
            config.attributes["version_table"] = f"{package}_schema_version"
            command.upgrade(config, "head")

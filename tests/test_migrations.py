"""What the migrations make is what the code expects, on both databases and in every detail.

Migrations are history and name their tables themselves, so that a change of ``tables.py`` cannot
change what was once released. The price is that the two can drift: these tests hold them together.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    inspect,
    text,
)
from sqlalchemy.pool import StaticPool

import indexer.tables
import query_room.tables
import search_api.tables
from indexer.database import migrate
from tests.conftest import ROOMS

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine
    from sqlalchemy.engine.interfaces import ReflectedIndex
    from sqlalchemy.sql.schema import SchemaItem

ROOT = Path(__file__).parent.parent
METADATA = {
    "indexer": indexer.tables.metadata,
    "search_api": search_api.tables.metadata,
    "query_room": query_room.tables.metadata,
}


def differences(engine: Engine, metadata: MetaData) -> list[Any]:
    """What a migration would have to change for the database to be as ``metadata`` says."""
    others = {f"{room}_schema_version" for room in ROOMS} | {
        name for each in METADATA.values() for name in each.tables if name not in metadata.tables
    }

    def is_ours(item: SchemaItem, name: str | None, kind: str, *_: object) -> bool:
        del item
        return kind != "table" or name not in others

    with engine.connect() as connection:
        options = {
            "compare_type": True,
            "compare_server_default": True,
            "include_object": is_ours,
        }
        found: list[Any] = compare_metadata(
            MigrationContext.configure(connection, opts=options), metadata
        )
        return found


def described(engine: Engine, name: str) -> dict[str, Any]:
    """A table as the database itself describes it, with what Alembic does not compare."""
    found = inspect(engine)
    never_again = ""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            statement = text("SELECT sql FROM sqlite_master WHERE name = :name")
            never_again = connection.execute(statement, {"name": name}).scalar_one()
    return {
        "numbers_never_given_again": "AUTOINCREMENT" in never_again,
        "columns": [
            {**column, "type": column["type"].compile(engine.dialect)}
            for column in found.get_columns(name)
        ],
        "key": found.get_pk_constraint(name),
        "foreign_keys": sorted(found.get_foreign_keys(name), key=lambda key: str(key["name"])),
        "unique": sorted(found.get_unique_constraints(name), key=lambda each: str(each["name"])),
        "checks": found.get_check_constraints(name),
        "indexes": sorted(
            ({**index, "dialect_options": in_words(index)} for index in found.get_indexes(name)),
            key=lambda index: str(index["name"]),
        ),
    }


def in_words(index: ReflectedIndex) -> dict[str, str]:
    """What the database adds to an index; a condition is a new object each time it is read."""
    return {name: str(option) for name, option in index.get("dialect_options", {}).items()}


@pytest.mark.parametrize("room", ROOMS)
def test_the_migrations_make_what_the_code_expects(database: Engine, room: str) -> None:
    assert differences(database, METADATA[room]) == []


@pytest.mark.parametrize("room", ROOMS)
def test_keys_numbers_and_names_are_those_of_the_code(
    database: Engine, database_url: str, room: str
) -> None:
    fresh = empty_database_like(database, database_url)
    METADATA[room].create_all(fresh)
    for name in METADATA[room].tables:
        assert described(database, name) == described(fresh, name)
    fresh.dispose()


def empty_database_like(database: Engine, url: str) -> Engine:
    """An empty database of the same kind: in memory, or a schema of its own in ``database``."""
    if database.dialect.name == "sqlite":
        return create_engine("sqlite://", poolclass=StaticPool)
    with database.begin() as connection:
        connection.execute(text("CREATE SCHEMA empty"))
    return create_engine(url, connect_args={"options": "-csearch_path=empty"})


def test_no_table_is_left_that_the_code_does_not_know(database: Engine) -> None:
    known = {name for metadata in METADATA.values() for name in metadata.tables}
    versions = {f"{room}_schema_version" for room in ROOMS}
    assert set(inspect(database).get_table_names()) == known | versions


def record_table(metadata: MetaData) -> Table:
    return metadata.tables["record"]


def replace(table: Table, column: Column[Any]) -> None:
    table.append_column(column, replace_existing=True)


CHANGES: dict[str, Callable[[MetaData], object]] = {
    "a new table": lambda metadata: Table("new", metadata, Column("id", Integer)),
    "a new column": lambda metadata: record_table(metadata).append_column(Column("new", Text)),
    "a type": lambda metadata: replace(record_table(metadata), Column("audience", Text)),
    "a length": lambda metadata: replace(
        record_table(metadata), Column("date", String(30), nullable=False)
    ),
    "what may be null": lambda metadata: replace(
        record_table(metadata), Column("title", Text, nullable=True)
    ),
    "a default of the database": lambda metadata: replace(
        record_table(metadata), Column("title", Text, nullable=False, server_default="x")
    ),
    "an index": lambda metadata: Index("ix_new", record_table(metadata).c.agency),
    "a unique constraint": lambda metadata: record_table(metadata).append_constraint(
        UniqueConstraint("external_id", name="uq_new")
    ),
    "a foreign key": lambda metadata: record_table(metadata).append_constraint(
        ForeignKeyConstraint(["agency"], ["source.name"], name="fk_new")
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_the_tables_without_a_migration_is_seen(
    database: Engine, change: Callable[[MetaData], object]
) -> None:
    changed = MetaData(naming_convention=indexer.tables.metadata.naming_convention)
    for table in indexer.tables.metadata.sorted_tables:
        table.to_metadata(changed)
    assert differences(database, changed) == []
    change(changed)
    assert differences(database, changed) != []


@pytest.mark.parametrize("room", ROOMS)
def test_history_does_not_look_at_the_present(room: str) -> None:
    for migration in (ROOT / room / "migrations").glob("*.py"):
        imported = re.findall(r"^(?:from|import) (\w+)", migration.read_text("utf-8"), re.MULTILINE)
        assert set(imported) <= {"alembic", "sqlalchemy"}, migration.name


def test_migrating_again_changes_nothing(database: Engine) -> None:
    migrate(database, *ROOMS)
    assert [differences(database, metadata) for metadata in METADATA.values()] == [[], [], []]

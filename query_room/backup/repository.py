"""Every statement of backup and restore: whole tables, as they stand."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    JSON,
    String,
    Text,
    bindparam,
    cast,
    column,
    func,
    insert,
    inspect,
    literal_column,
    select,
    table,
    type_coerce,
    update,
)
from sqlalchemy.types import NullType

import indexer.tables
import query_room.tables
import search_api.tables
from indexer.database import writing
from indexer.records import FileHash
from indexer.repositories.files import ContentState
from indexer.tables import stored_file
from query_room.backup import values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import ColumnElement, Connection, Engine, Table
    from sqlalchemy.sql import Select

    from query_room.backup.values import Neutral

_ROWS_AT_ONCE: Final = 500

# Of each package, lowest first; within it, so that what is referred to comes first.
TABLES: Final[Mapping[str, Table]] = {
    each.name: each
    for metadata in (
        indexer.tables.metadata,
        search_api.tables.metadata,
        query_room.tables.metadata,
    )
    for each in metadata.sorted_tables
}
"""Every table of the room, in the order in which rows can be loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedContent:
    """A content that a backup takes along.

    Attributes:
        file_hash: Which. extractor: That made its text, or ``""``.
        is_in_place: Its original lies outside our care and stays there.
    """

    file_hash: FileHash
    extractor: str
    is_in_place: bool


@contextmanager
def loading(engine: Engine) -> Iterator[Connection]:
    """One transaction for a whole restore: rows are there when everything is, or not at all.

    It takes as long as it takes: nobody else works on a database that is still empty.
    """
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            # It waits while originals are written, and a server may end those that only wait.
            connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield connection


def schema_versions(connection: Connection, packages: Iterable[str]) -> dict[str, str]:
    """The migration that each package has reached."""
    number = column("version_num", String)
    return {
        package: str(
            connection.execute(select(number).select_from(_version_table(package))).scalar_one()
        )
        for package in packages
    }


def rows(connection: Connection, source: Table) -> Iterator[dict[str, Neutral]]:
    """Every row of a table in the order of its key, with neutral values."""
    is_loose = connection.dialect.name == "sqlite"
    read = values.from_sqlite if is_loose else values.from_python
    kinds = [(each.name, values.kind_of(each)) for each in source.columns]
    found = connection.execute(
        _all_rows(source, is_loose=is_loose), execution_options={"yield_per": _ROWS_AT_ONCE}
    )
    for row in found:
        yield {name: read(kind, value) for (name, kind), value in zip(kinds, row, strict=True)}


def load_rows(connection: Connection, target: Table, found: Iterable[Mapping[str, object]]) -> None:
    """Add rows with neutral values; every column must be given.

    Raises:
        UnfitValueError: A value cannot stand in its column, or a row has not the table's columns.
    """
    is_loose = connection.dialect.name == "sqlite"
    write = values.to_sqlite if is_loose else values.to_python
    kinds = {each.name: values.kind_of(each) for each in target.columns}
    statement = _insertion(target, is_loose=is_loose)
    remaining = iter(found)
    while some := list(islice(remaining, _ROWS_AT_ONCE)):
        if any(row.keys() != kinds.keys() for row in some):
            raise values.UnfitValueError(target.name)
        connection.execute(
            statement,
            [{_bound(name): write(kinds[name], row[name]) for name in kinds} for row in some],
        )


def count(connection: Connection, counted: Table) -> int:
    """How many rows a table has."""
    return int(connection.execute(select(func.count()).select_from(counted)).scalar_one())


def last_number(connection: Connection, numbered: Table) -> int | None:
    """The last number that a table gave out by itself; ``None`` for one that gives out none."""
    key = numbered.autoincrement_column
    if key is None:
        return None
    highest = connection.execute(select(func.max(key))).scalar()
    if connection.dialect.name == "postgresql":
        given = connection.execute(
            select(func.pg_sequence_last_value(func.to_regclass(_sequence(numbered))))
        ).scalar()
    elif inspect(connection).has_table("sqlite_sequence"):
        given = connection.execute(
            select(_SQLITE_SEQUENCE.c.seq).where(_SQLITE_SEQUENCE.c.name == numbered.name)
        ).scalar()
    else:
        given = None
    return max(_number(highest), _number(given))


def go_on_after(connection: Connection, numbered: Table, number: int) -> None:
    """Let a table that gives out numbers by itself go on after ``number``."""
    if number < 1 or numbered.autoincrement_column is None:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.setval(func.to_regclass(_sequence(numbered)), number)))
        return
    if not numbered.dialect_options["sqlite"]["autoincrement"]:
        return
    kept = connection.execute(
        update(_SQLITE_SEQUENCE).where(_SQLITE_SEQUENCE.c.name == numbered.name).values(seq=number)
    )
    if not kept.rowcount:
        connection.execute(insert(_SQLITE_SEQUENCE).values(name=numbered.name, seq=number))


def saved_contents(connection: Connection) -> list[SavedContent]:
    """Contents that the secrecy guard has looked at and let pass, by hash.

    One that was only stored may still turn out to be marked: an import that is cut short brings it
    again.
    """
    statement = select(
        stored_file.c.file_hash, stored_file.c.extractor, stored_file.c.in_place
    ).where(
        stored_file.c.state.in_([ContentState.EXTRACTED, ContentState.OPENED, ContentState.FAILED])
    )
    found = [
        SavedContent(
            file_hash=FileHash(row.file_hash),
            extractor=row.extractor,
            is_in_place=row.in_place is not None,
        )
        for row in connection.execute(statement)
    ]
    # Not by the database: each has its own idea of an order.
    return sorted(found, key=lambda content: content.file_hash)


def quarantined(connection: Connection) -> frozenset[FileHash]:
    """Contents that were set aside for their marking."""
    statement = select(stored_file.c.file_hash).where(
        stored_file.c.state == ContentState.QUARANTINED
    )
    return frozenset(FileHash(each) for each in connection.execute(statement).scalars())


_SQLITE_SEQUENCE: Final = table("sqlite_sequence", column("name"), column("seq"))


def _version_table(package: str) -> Any:  # noqa: ANN401 - a table clause that SQLAlchemy keeps to itself
    return table(f"{package}_schema_version", column("version_num", String))


def _all_rows(source: Table, *, is_loose: bool) -> Select[Any]:
    read = _as_it_stands if is_loose else _strictly
    return select(*[read(each).label(each.name) for each in source.columns]).order_by(
        *source.primary_key.columns
    )


def _as_it_stands(each: ColumnElement[Any]) -> ColumnElement[Any]:
    return type_coerce(each, NullType())


def _strictly(each: ColumnElement[Any]) -> ColumnElement[Any]:
    # The very text, so that a JSON null and no value at all stay two things.
    return cast(each, Text) if isinstance(each.type, JSON) else each


def _insertion(target: Table, *, is_loose: bool) -> Any:  # noqa: ANN401 - an insert or its bare form
    if is_loose:
        bare = table(target.name, *[column(each.name) for each in target.columns])
        return insert(bare).values(
            {each.name: bindparam(_bound(each.name)) for each in target.columns}
        )
    return insert(target).values(
        {
            each.name: cast(bindparam(_bound(each.name), type_=Text), each.type)
            if isinstance(each.type, JSON)
            else bindparam(_bound(each.name), type_=each.type)
            for each in target.columns
        }
    )


def _bound(name: str) -> str:
    # SQLAlchemy keeps a column's own name for itself.
    return f"given_{name}"


def _sequence(numbered: Table) -> ColumnElement[str]:
    key = numbered.autoincrement_column
    assert key is not None  # noqa: S101 - asked for tables that give out numbers alone
    return func.pg_get_serial_sequence(
        literal_column(f"'{numbered.name}'"), literal_column(f"'{key.name}'")
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0

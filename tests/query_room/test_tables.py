from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import inspect

from query_room.tables import metadata

if TYPE_CHECKING:
    from sqlalchemy import Engine


def test_the_migrations_make_what_the_code_expects(database: Engine) -> None:
    found = inspect(database)
    for table in metadata.sorted_tables:
        columns = {column["name"] for column in found.get_columns(table.name)}
        assert columns == set(table.c.keys())
        indexes = {index["name"] for index in found.get_indexes(table.name)}
        assert {index.name for index in table.indexes} <= indexes

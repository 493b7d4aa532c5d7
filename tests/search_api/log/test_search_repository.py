from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from indexer.database import reading, writing
from search_api.log import log_search, search_repository
from tests.search_api.log.test_searches import ENTRY

if TYPE_CHECKING:
    from sqlalchemy import Engine


def test_a_search_that_never_was_is_nothing(database: Engine) -> None:
    with reading(database) as connection:
        assert search_repository.find_search(connection, "s-1") is None
        assert search_repository.searches_of_visit(connection, "v") == []
        assert search_repository.uses_of_search(connection, "s-1") == []


def test_searches_come_in_the_order_of_their_events(database: Engine) -> None:
    for name in ("b", "a", "c"):
        with writing(database) as connection:
            log_search(connection, replace(ENTRY, search_id=name))
    with reading(database) as connection:
        rows = search_repository.searches_of_visit(connection, "20260302-001")
    assert [row.search_id for row in rows] == ["b", "a", "c"]
    assert [row.event_id for row in rows] == sorted(row.event_id for row in rows)


def test_what_was_asked_stands_in_the_erasable_body_alone(database: Engine) -> None:
    with writing(database) as connection:
        log_search(connection, ENTRY)
    with reading(database) as connection:
        for table in ("logged_search", "log_event"):
            rows = str(connection.execute(text(f"SELECT * FROM {table}")).all())
            assert "低保" not in rows


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("column", ["search_id", "visit_id"])
def test_no_list_reads_the_whole_log(database: Engine, column: str) -> None:
    for table in ("logged_search", "logged_use"):
        with reading(database) as connection:
            plan = connection.execute(
                text(
                    f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE {column} = 'x' "
                    "ORDER BY event_id"
                )
            ).all()
        assert all(str(row.detail).startswith("SEARCH") for row in plan), plan

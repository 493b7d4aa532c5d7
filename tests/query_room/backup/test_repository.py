from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from indexer.database import reading, utc_now, writing
from indexer.repositories import batches
from query_room.backup import repository
from query_room.backup.values import UnfitValueError
from query_room.opening import ROOMS
from tests.test_migrations import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Engine

SOURCE = repository.TABLES["source"]
BATCH = repository.TABLES["batch"]


def test_no_table_is_forgotten() -> None:
    known = {name for metadata in METADATA.values() for name in metadata.tables}
    assert repository.TABLES.keys() == known


def test_a_table_comes_after_those_it_refers_to() -> None:
    order = list(repository.TABLES)
    for name, table in repository.TABLES.items():
        for key in table.foreign_keys:
            assert order.index(key.column.table.name) < order.index(name)


def add_batch(engine: Engine, report: str) -> None:
    with writing(engine) as connection:
        source_id = batches.source_named(connection, "源", "/archive")
        batches.begin(
            connection,
            source_id=source_id,
            manifest=None,
            level="public",
            in_place=False,
            started_by="李",
        )
        connection.execute(text(f"UPDATE batch SET report = {report}"))


@pytest.mark.parametrize(
    ("report", "expected"),
    [("NULL", None), ("'null'", "null"), ("""'{"乙": 1,  "甲":[]}'""", '{"乙": 1,  "甲":[]}')],
)
def test_rows_come_back_to_the_letter(database: Engine, report: str, expected: str | None) -> None:
    add_batch(database, report)
    with reading(database) as connection:
        sources = list(repository.rows(connection, SOURCE))
        (batch,) = repository.rows(connection, BATCH)
    assert (batch["report"], batch["in_place"], batch["level"]) == (expected, False, "public")
    assert str(batch["started_at"]).endswith("Z")
    with writing(database) as connection:
        connection.execute(text("DELETE FROM batch"))
        connection.execute(text("DELETE FROM source"))
        repository.load_rows(connection, SOURCE, sources)
        repository.load_rows(connection, BATCH, [batch])
    with reading(database) as connection:
        assert list(repository.rows(connection, BATCH)) == [batch]
        loaded = batches.load(connection, 1)
    assert loaded is not None
    assert abs(loaded.started_at - utc_now()).total_seconds() < 60


def test_more_rows_than_are_held_at_once(database: Engine) -> None:
    given = [
        {"day": f"{2000 + number // 300}-01-{number % 28 + 1:02d}", "last_number": number}
        for number in range(1_200)
    ]
    unique = list({row["day"]: row for row in given}.values())
    table = repository.TABLES["visit_day"]
    with writing(database) as connection:
        repository.load_rows(connection, table, unique)
    with reading(database) as connection:
        assert repository.count(connection, table) == len(unique)
        assert list(repository.rows(connection, table)) == sorted(
            unique, key=lambda row: str(row["day"])
        )


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"day": "2026-03-02"},
        {"day": "2026-03-02", "last_number": 1, "more": 2},
        {"day": "2026-03-02", "last_number": "1; DROP TABLE visit"},
    ],
)
def test_rows_that_do_not_fit_are_refused(database: Engine, row: dict[str, object]) -> None:
    table = repository.TABLES["visit_day"]
    with pytest.raises(UnfitValueError), writing(database) as connection:
        repository.load_rows(connection, table, [row])
    with reading(database) as connection:
        assert repository.count(connection, table) == 0


def test_numbers_go_on_after_those_of_rows_that_are_gone(database: Engine) -> None:
    outbox = repository.TABLES["outbox"]
    with writing(database) as connection:
        assert repository.last_number(connection, outbox) == 0
        repository.go_on_after(connection, outbox, 0)
        repository.go_on_after(connection, outbox, 41)
        assert repository.last_number(connection, outbox) == 41
        repository.go_on_after(connection, outbox, 43)
        assert repository.last_number(connection, outbox) == 43
        assert repository.last_number(connection, repository.TABLES["visit"]) is None
        batches.source_named(connection, "源", "/archive")
        assert repository.last_number(connection, SOURCE) == 1


def test_versions_are_those_of_the_migrations(database: Engine) -> None:
    with reading(database) as connection:
        versions = repository.schema_versions(connection, ROOMS)
    assert versions.keys() == set(ROOMS)
    assert all(version.isdigit() for version in versions.values())

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import InternalError

from indexer.database import migrate, open_database, reading, utc_now, writing
from indexer.errors import SettingsError, StorageFullError
from indexer.records import FileHash
from indexer.repositories import batches, clearances

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine


@pytest.mark.parametrize("url", ["", "no url", "mysql://host/name"])
def test_only_databases_we_know_are_opened(url: str) -> None:
    with pytest.raises(SettingsError, match="QUERY_ROOM_DATABASE_URL"):
        open_database(url)


def clear(database: Engine, digit: str) -> int:
    """Writes a row; dividing by the digit fails for 0 after it was written."""
    with writing(database) as connection:
        clearances.give(connection, FileHash(digit * 64), ground="", by="", at=utc_now())
        return 1 // int(digit)


def test_what_is_written_is_kept_and_what_fails_is_not(database: Engine) -> None:
    clear(database, "1")
    with pytest.raises(ZeroDivisionError):
        clear(database, "0")
    with reading(database) as connection:
        assert clearances.cleared(connection) == {"1" * 64}


def test_what_is_read_together_is_of_one_moment(database: Engine) -> None:
    clear(database, "1")
    with reading(database) as connection:
        assert clearances.cleared(connection) == {"1" * 64}
        clear(database, "2")
        assert clearances.cleared(connection) == {"1" * 64}
    with reading(database) as connection:
        assert clearances.cleared(connection) == {"1" * 64, "2" * 64}


def test_nothing_is_written_by_reading(database: Engine) -> None:
    # SQLite lets it pass and forgets it; PostgreSQL refuses.
    with suppress(InternalError), reading(database) as connection:
        clearances.give(connection, FileHash("1" * 64), ground="", by="", at=utc_now())
    with reading(database) as connection:
        assert clearances.cleared(connection) == set()


def test_a_connection_that_read_can_write_again(database: Engine) -> None:
    for digit in "1234567":
        with reading(database) as connection:
            clearances.cleared(connection)
        clear(database, digit)


def fill(engine: Engine) -> None:
    """Writes more than the database may grow by."""
    with writing(engine) as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        batches.source_named(connection, "x" * 1_000_000, "")


def test_a_database_without_space_says_so(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'small.db'}")
    migrate(engine, "indexer")
    with pytest.raises(StorageFullError):
        fill(engine)
    engine.dispose()

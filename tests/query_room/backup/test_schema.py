from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.database import known_versions
from query_room.backup import repository
from query_room.backup.schema import is_present, older_database
from query_room.errors import RestoreRefusedError
from query_room.opening import ROOMS

if TYPE_CHECKING:
    from pathlib import Path

PRESENT = {package: known_versions(package)[-1] for package in ROOMS}


def test_the_present_schema_is_known() -> None:
    assert is_present(PRESENT, ROOMS)


@pytest.mark.parametrize(
    "versions",
    [
        {},
        PRESENT | {"indexer": "9999"},
        PRESENT | {"letters": "0001"},
        {package: PRESENT[package] for package in ROOMS[:2]},
    ],
    ids=str,
)
def test_a_schema_that_is_not_known_is_refused(versions: dict[str, str]) -> None:
    with pytest.raises(RestoreRefusedError, match="newer_schema"):
        is_present(versions, ROOMS)


def test_a_database_of_another_time_is_there_for_a_while(tmp_path: Path) -> None:
    path = tmp_path / "older.db"
    path.write_bytes(b"left by a restore that was killed")
    first = {package: known_versions(package)[0] for package in ROOMS}
    with older_database(path, first, ROOMS) as older:
        assert older.tables.keys() <= repository.TABLES.keys()
        assert "record" in older.tables
        with older.engine.connect() as connection:
            assert repository.schema_versions(connection, ROOMS) == first
    assert list(tmp_path.iterdir()) == []

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from indexer.database import open_database, reading
from indexer.repositories import batches
from indexer.repositories.batches import BatchState
from query_room.cli import commands
from query_room.demo.archive import CATALOGUE
from query_room.demo.people import PEOPLE
from query_room.opening import open_room
from query_room.settings import RoomSettings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder that the command is told of."""
    monkeypatch.setenv("QUERY_ROOM_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("QUERY_ROOM_PROCESSES", "2")
    return tmp_path / "data"


def test_one_command_makes_a_room_to_look_at_and_makes_it_once(data: Path) -> None:
    first = CliRunner().invoke(commands, ["demo", "--no-serve"], catch_exceptions=False)
    assert first.exit_code == 0
    assert "118/118" in first.output
    assert (data.with_name("data-sample-archive") / CATALOGUE).exists()

    second = CliRunner().invoke(commands, ["demo", "--no-serve"], catch_exceptions=False)
    assert (second.exit_code, second.output) == (0, "")

    engine = open_database(f"sqlite:///{data / 'query_room.db'}")
    with reading(engine) as connection:
        assert [each.state for each in batches.list_all(connection)] == [BatchState.FINISHED]
    engine.dispose()
    accounts = open_room(RoomSettings.from_env()).accounts.list_all()
    assert {account.name for account in accounts} == {person.name for person in PEOPLE}

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from indexer.errors import SettingsError
from query_room.settings import RoomSettings

if TYPE_CHECKING:
    from pathlib import Path


def settings(data: Path, **variables: str) -> RoomSettings:
    return RoomSettings.from_env({"QUERY_ROOM_DATA": str(data), **variables})


def test_by_default_the_room_listens_on_this_machine_alone(tmp_path: Path) -> None:
    found = settings(tmp_path)
    assert (found.host, found.port, found.https) == ("127.0.0.1", 8000, False)


def test_variables_are_read(tmp_path: Path) -> None:
    found = settings(
        tmp_path, QUERY_ROOM_ORGAN="临岚区人民政府", QUERY_ROOM_PORT="80", QUERY_ROOM_HTTPS="1"
    )
    assert (found.organ, found.port, found.https) == ("临岚区人民政府", 80, True)


@pytest.mark.parametrize("port", ["", "0", "65536", "-1", "http", "８０"])
def test_a_port_that_is_none_is_named(tmp_path: Path, port: str) -> None:
    with pytest.raises(SettingsError, match="QUERY_ROOM_PORT"):
        settings(tmp_path, QUERY_ROOM_PORT=port)


def test_the_session_key_is_made_once_and_nobody_else_reads_it(tmp_path: Path) -> None:
    found = settings(tmp_path)
    key = found.session_key()
    assert len(key) == 32
    assert settings(tmp_path).session_key() == key
    assert stat.S_IMODE((found.keys / "session.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(found.keys.stat().st_mode) == 0o700


def test_two_rooms_have_two_keys(tmp_path: Path) -> None:
    assert settings(tmp_path / "a").session_key() != settings(tmp_path / "b").session_key()

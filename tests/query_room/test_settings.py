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


@pytest.mark.parametrize("limit", ["", "0", "-1", "1e3", "inf", "nan", "1000001", "9" * 5000])
def test_a_limit_that_is_none_is_named(tmp_path: Path, limit: str) -> None:
    with pytest.raises(SettingsError, match="QUERY_ROOM_SEARCHES_PER_MINUTE"):
        settings(tmp_path, QUERY_ROOM_SEARCHES_PER_MINUTE=limit)


def test_those_who_watch_and_those_who_stand_between_are_named(tmp_path: Path) -> None:
    found = settings(
        tmp_path,
        QUERY_ROOM_PROXY="127.0.0.1",
        QUERY_ROOM_SEARCHES_PER_MINUTE="300",
        QUERY_ROOM_METRICS_TOKEN="a-token-of-sixteen",
    )
    watched = (found.proxy, found.searches_per_minute, found.metrics_token)
    assert watched == ("127.0.0.1", 300, "a-token-of-sixteen")
    assert settings(tmp_path).metrics_token == ""


@pytest.mark.parametrize("proxy", ["*", "proxy.example", "127.0.0.1:80", "10.0.0.0/8"])
def test_a_proxy_is_one_address(tmp_path: Path, proxy: str) -> None:
    with pytest.raises(SettingsError, match="QUERY_ROOM_PROXY"):
        settings(tmp_path, QUERY_ROOM_PROXY=proxy)


@pytest.mark.parametrize("token", ["short", "with a space in it!", "密码" * 10, "line\n" * 5])
def test_a_token_that_can_be_guessed_or_not_be_sent_is_refused_unseen(
    tmp_path: Path, token: str
) -> None:
    with pytest.raises(SettingsError, match="QUERY_ROOM_METRICS_TOKEN") as refused:
        settings(tmp_path, QUERY_ROOM_METRICS_TOKEN=token)
    assert token not in str(refused.value)


def test_the_session_key_is_made_once_and_nobody_else_reads_it(tmp_path: Path) -> None:
    found = settings(tmp_path)
    key = found.session_key()
    assert len(key) == 32
    assert settings(tmp_path).session_key() == key
    assert stat.S_IMODE((found.keys / "session.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(found.keys.stat().st_mode) == 0o700


def test_two_rooms_have_two_keys(tmp_path: Path) -> None:
    assert settings(tmp_path / "a").session_key() != settings(tmp_path / "b").session_key()

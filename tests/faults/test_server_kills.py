"""The server is killed while it answers; every answer it gave is in a whole log."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest

from indexer.database import migrate, open_database, reading
from query_room.opening import ROOMS
from search_api.errors import SearchNotLoggedError
from search_api.log import load_search, seal, verify
from tests.fixtures.archive import SmallArchive, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SmallArchive]:
    url = f"sqlite:///{tmp_path / 'query_room.db'}"
    engine = open_database(url)
    migrate(engine, *ROOMS)
    yield SmallArchive(
        folder=tmp_path / "papers", engine=engine, settings=settings_in(tmp_path, url)
    )
    engine.dispose()


def test_a_server_killed_twice_has_logged_every_answer_it_gave(archive: SmallArchive) -> None:
    _kill_while_asking(archive, kills=2)


@pytest.mark.soak
def test_a_server_killed_twenty_times_has_logged_every_answer_it_gave(
    archive: SmallArchive,
) -> None:
    _kill_while_asking(archive, kills=20)


def _kill_while_asking(archive: SmallArchive, kills: int) -> None:
    random.seed(kills)
    for number in range(20):
        archive.add(f"低保名册{number}", "低保金发放")
    archive.run()
    given: list[str] = []
    for _ in range(kills):
        port = _free_port()
        server = _start(archive, port)
        _wait_until_up(server, port)
        given += _ask_until(time.monotonic() + random.uniform(0.1, 0.8), port, server)
        seal(archive.engine)
    assert given
    with reading(archive.engine) as connection:
        for search_id in given:
            try:
                load_search(connection, search_id)
            except SearchNotLoggedError:
                pytest.fail(f"{search_id} was answered and is not in the log")
    report = verify(archive.engine)
    assert report.is_whole, report.findings


def _ask_until(end: float, port: int, server: subprocess.Popen[bytes]) -> list[str]:
    """Ask without a pause, then kill the server in the middle of it."""
    given: list[str] = []
    killed = False
    while not killed:
        killed = time.monotonic() >= end
        if killed:
            server.send_signal(signal.SIGKILL)
        try:
            address = f"http://127.0.0.1:{port}/api/v1/search?q=%E4%BD%8E%E4%BF%9D"
            with urllib.request.urlopen(address, timeout=10) as answer:
                text = answer.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            break
        given.append(text.split('"search_id":"')[1].split('"')[0])
    server.wait()
    return given


def _start(archive: SmallArchive, port: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "query_room", "serve"],
        env={
            **os.environ,
            "QUERY_ROOM_DATA": str(archive.settings.data),
            "QUERY_ROOM_DATABASE_URL": archive.settings.database_url,
            "QUERY_ROOM_PORT": str(port),
            "QUERY_ROOM_SEARCHES_PER_MINUTE": "100000",
        },
        stdout=subprocess.DEVNULL,
    )


def _wait_until_up(server: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert server.poll() is None
        time.sleep(0.1)
    pytest.fail("the server did not come up")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from indexer.analysis import lexicon
from query_room.serve import _load_for_good, _trust
from tests.fixtures.serving import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def who_asks(environ: dict[str, Any], start: Callable[..., object]) -> list[bytes]:
    """Tell who the server believes is asking, and what it was told."""
    start("200 OK", [])
    told = environ.get("HTTP_X_FORWARDED_FOR", "")
    return [f"{environ['REMOTE_ADDR']} {environ['wsgi.url_scheme']} [{told}]".encode()]


@pytest.fixture
def ask(request: pytest.FixtureRequest) -> Iterator[Callable[..., str]]:
    """Ask a real server that trusts the proxy given as parameter."""
    with served(who_asks, **_trust(request.param)) as address:

        def ask(**headers: str) -> str:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            asked = urllib.request.Request(address, headers=named)  # noqa: S310 - our own server
            with urllib.request.urlopen(asked) as answer:  # noqa: S310
                text: str = answer.read().decode()
                return text

        yield ask


def test_what_stays_for_good_is_left_out_of_every_collection_of_garbage() -> None:
    try:
        _load_for_good()
        left = gc.get_objects()
        assert gc.get_freeze_count() > len(left)
        assert not any(each is lexicon._by_sound() for each in left)
    finally:
        gc.unfreeze()


@pytest.mark.parametrize("ask", ["127.0.0.1"], indirect=True)
def test_the_proxys_word_is_taken_for_who_asks(ask: Callable[..., str]) -> None:
    answer = ask(X_Forwarded_For="203.0.113.7", X_Forwarded_Proto="https")
    assert answer.startswith("203.0.113.7 https")


@pytest.mark.parametrize("ask", ["127.0.0.1"], indirect=True)
def test_only_the_last_word_is_the_proxys(ask: Callable[..., str]) -> None:
    assert ask(X_Forwarded_For="198.51.100.1, 203.0.113.7").startswith("203.0.113.7 ")


@pytest.mark.parametrize("ask", ["", "198.51.100.9"], indirect=True)
def test_nobody_else_is_believed(ask: Callable[..., str]) -> None:
    answer = ask(X_Forwarded_For="203.0.113.7", X_Forwarded_Proto="https")
    assert answer.startswith("127.0.0.1 http ")


@pytest.mark.parametrize("ask", [""], indirect=True)
def test_without_a_proxy_the_sign_of_one_is_kept(ask: Callable[..., str]) -> None:
    assert ask(X_Forwarded_For="203.0.113.7").endswith("[203.0.113.7]")


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """``query-room serve`` as a terminal starts it: in a group of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "query_room", "serve"],
        env={
            **os.environ,
            "QUERY_ROOM_DATA": str(tmp_path / "data"),
            "QUERY_ROOM_PORT": str(a_free_port()),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("after_s", [0.0, 0.3, 1.0])
def test_ctrl_c_right_after_the_start_is_no_accident(
    server: subprocess.Popen[str], after_s: float
) -> None:
    assert server.stdout is not None
    first = server.stdout.readline()
    assert "serving" in first
    time.sleep(after_s)
    os.killpg(server.pid, signal.SIGINT)
    rest, _ = server.communicate(timeout=60)
    assert "Traceback" not in rest
    assert "Aborted" not in rest
    assert server.returncode == 0

from __future__ import annotations

import os
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.ordering.life import run_importer
from query_room.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive

TOKEN = "a-token-of-sixteen"
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}


def watched(room: Room, *, https: bool = False, token: str = TOKEN) -> FlaskClient:
    settings = replace(room.settings, metrics_token=token, https=https)
    return create_app(replace(room, settings=settings)).test_client()


def alive(archive: SmallArchive) -> None:
    """Let an importer give a sign of life and go."""
    stop = threading.Event()
    stop.set()
    run_importer(archive.engine, archive.settings, stop)


def test_a_room_that_is_being_prepared_is_not_well_yet(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.get_json() == {
        "status": "failing",
        "checks": {
            "database": "ok",
            "index": "failing",
            "worker": "failing",
            "importer": "failing",
            "disk": "ok",
        },
    }


def test_a_room_that_is_well_says_so_to_everybody(
    client: FlaskClient, archive: SmallArchive
) -> None:
    archive.run()
    alive(archive)
    answer = client.get("/healthz", environ_base=ELSEWHERE)
    assert answer.status_code == 200
    names = ("database", "index", "worker", "importer", "disk")
    parts = dict.fromkeys(names, "ok")
    assert answer.get_json() == {"status": "ok", "checks": parts}
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_worker_that_is_gone_is_an_alarm(
    client: FlaskClient, room: Room, archive: SmallArchive
) -> None:
    archive.run()
    os.utime(room.settings.indexer.index / "writer.lock", (0, 0))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.get_json()["checks"]["worker"] == "failing"


def test_figures_tell_nothing_of_what_was_asked_or_held(room: Room, archive: SmallArchive) -> None:
    archive.add("红旗公社知青名单", "一九七一年")
    archive.run()
    client = watched(room)
    client.get("/search?q=知青名单")
    client.get("/api/v1/records/aaaaaaaaaaaa")
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain")
    lines = answer.text.splitlines()
    assert 'query_room_requests_total{method="GET",route="/search",status="200"} 1.0' in lines
    assert 'query_room_searches_total{channel="web"} 1.0' in lines
    assert "query_room_index_generation 1.0" in lines
    assert any(line.startswith("process_resident_memory_bytes") for line in lines)
    for secret in ("知青", "aaaaaaaaaaaa", str(room.settings.indexer.data), TOKEN):
        assert secret not in answer.text


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        ("Bearer another-token-here", 404),
        ("Bearer ", 404),
        ("Bearer 令牌", 404),
        ("", 404),
    ],
)
def test_from_elsewhere_figures_need_the_token(room: Room, header: str, status: int) -> None:
    headers = {"Authorization": header.encode().decode("latin-1")} if header else {}
    answer = watched(room).get("/metrics", environ_base=ELSEWHERE, headers=headers)
    assert answer.status_code == status
    assert ("query_room_requests_total" in answer.text) is (status == 200)


def test_without_a_token_set_none_fits(room: Room) -> None:
    for given in ("", "Bearer ", "Bearer"):
        answer = watched(room, token="").get(
            "/metrics", environ_base=ELSEWHERE, headers={"Authorization": given}
        )
        assert answer.status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
def test_a_proxy_on_this_machine_is_not_this_machine(room: Room, header: str) -> None:
    client = watched(room)
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 404
    assert watched(room, https=True).get("/metrics").status_code == 404


def test_an_address_that_is_none_is_not_this_machine(room: Room) -> None:
    answer = watched(room).get("/metrics", environ_base={"REMOTE_ADDR": "a socket"})
    assert answer.status_code == 404

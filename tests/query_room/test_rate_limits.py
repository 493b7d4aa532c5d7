from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from query_room.accounts import Role
from query_room.app import create_app
from query_room.rate_limits import SUGGESTIONS_PER_SEARCH
from tests.query_room.conftest import text_of
from tests.query_room.pages.people import person
from tests.search_api.test_routes import error_of

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive

LIMIT = 3


@pytest.fixture
def strict(room: Room, archive: SmallArchive) -> Room:
    """A room that lets the public search three times a minute."""
    archive.add("低保标准", "低保")
    archive.run()
    return replace(room, settings=replace(room.settings, searches_per_minute=LIMIT))


@pytest.fixture
def reader(strict: Room) -> FlaskClient:
    return create_app(strict).test_client()


def statuses(client: FlaskClient, path: str, times: int, address: str = "127.0.0.1") -> list[int]:
    return [
        client.get(path, environ_base={"REMOTE_ADDR": address}).status_code for _ in range(times)
    ]


def test_pages_and_api_count_together(reader: FlaskClient) -> None:
    assert statuses(reader, "/search?q=低保", 2) == [200, 200]
    assert statuses(reader, "/api/v1/search?q=低保", 2) == [200, 429]
    assert statuses(reader, "/search?q=低保", 1) == [429]


def test_lists_are_limited_more_than_searches(strict: Room) -> None:
    app = create_app(strict)
    app.config["WTF_CSRF_ENABLED"] = False
    reader = app.test_client()
    asked = {"q": "低保", "format": "csv"}
    assert [reader.post("/search/export", data=asked).status_code for _ in range(2)] == [200, 429]


def test_whoever_must_wait_is_told_how_long_in_their_language(reader: FlaskClient) -> None:
    statuses(reader, "/search?q=低保", LIMIT)
    page = reader.get("/search?q=低保", headers={"Accept-Language": "zh-CN"})
    assert page.status_code == 429
    assert "请求过于频繁" in text_of(page.text)
    assert 0 < int(page.headers["Retry-After"]) <= 61
    answer = reader.get("/api/v1/search?q=低保", headers={"Accept-Language": "en"})
    assert error_of(answer, 429)["code"] == "too_many_requests"
    assert 0 < int(answer.headers["Retry-After"]) <= 61


def test_a_question_refused_for_its_number_is_not_looked_at(reader: FlaskClient) -> None:
    statuses(reader, "/search?q=低保", LIMIT)
    assert statuses(reader, "/api/v1/search?q=", 1) == [429]


def test_suggestions_have_a_limit_of_their_own(reader: FlaskClient) -> None:
    most = LIMIT * SUGGESTIONS_PER_SEARCH
    assert statuses(reader, "/api/v1/suggest?q=低", most) == [200] * most
    assert statuses(reader, "/api/v1/suggest?q=低", 1) == [429]
    assert statuses(reader, "/search?q=低保", 1) == [200]


def test_reading_on_and_everything_else_is_not_limited(reader: FlaskClient) -> None:
    statuses(reader, "/search?q=低保", LIMIT + 1)
    for path in ("/", "/browse", "/sign-in"):
        assert statuses(reader, path, 1) == [200]
    assert statuses(reader, "/healthz", 1) == [503]  # no importer lives here


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ("203.0.113.7", "203.0.113.8", 200),
        ("203.0.113.7", "::ffff:203.0.113.7", 429),
        ("2001:db8:1:2::1", "2001:db8:1:2:aaaa::9", 429),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", 200),
        ("a socket", "another", 200),
    ],
)
def test_every_address_has_its_own_limit_and_a_household_is_one(
    reader: FlaskClient, first: str, second: str, status: int
) -> None:
    statuses(reader, "/search?q=低保", LIMIT, first)
    assert statuses(reader, "/search?q=低保", 1, second) == [status]


def test_whoever_is_signed_in_is_not_limited(strict: Room) -> None:
    staff = person(strict, "wang", Role.STAFF)
    for _ in range(LIMIT * 2):
        assert staff.get("/search?q=低保").status_code == 200
        assert staff.get("/api/v1/search?q=低保").status_code == 200

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from query_room.accounts import NewAccount, Role
from tests.query_room.conftest import text_of

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive

PASSWORD = "liu-yue-de-feng"


@pytest.fixture(autouse=True)
def filled(archive: SmallArchive, room: Room) -> None:
    archive.add("公开的通知", "低保")
    archive.add("控制的名册", "低保", opening="controlled")
    archive.run()
    new = NewAccount(name="wang", display_name="王某", role=Role.STAFF, agencies=())
    room.accounts.create(new, PASSWORD, by="test")


def sign_in(client: FlaskClient, password: str = PASSWORD, onward: str = "") -> TestResponse:
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)
    assert token is not None
    return client.post(
        "/sign-in",
        data={
            "csrf_token": token.group(1),
            "name": "wang",
            "password": password,
            "next": onward,
        },
    )


def test_staff_see_what_staff_may_see_until_they_sign_out(client: FlaskClient) -> None:
    assert "控制的名册" not in client.get("/search?q=低保").text
    assert sign_in(client).status_code == 302
    page = client.get("/search?q=低保").text
    assert "控制的名册" in page
    assert "王某" in page
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    client.post("/sign-out", data={"csrf_token": token.group(1)})
    assert "控制的名册" not in client.get("/search?q=低保").text


def test_a_wrong_password_is_said_without_saying_which(client: FlaskClient) -> None:
    answer = sign_in(client, "wrong-wrong-wrong")
    assert answer.status_code == 401
    assert "用户名或密码不正确" in text_of(answer.text)


def test_a_disabled_accounts_session_ends_at_once(client: FlaskClient, room: Room) -> None:
    sign_in(client)
    room.accounts.disable("wang", by="test")
    assert "控制的名册" not in client.get("/search?q=低保").text


def test_a_new_password_ends_old_sessions(client: FlaskClient, room: Room) -> None:
    sign_in(client)
    room.accounts.set_password("wang", "ba-yue-de-yu-shui", by="test")
    assert "控制的名册" not in client.get("/search?q=低保").text


@pytest.mark.parametrize(
    ("onward", "place"),
    [
        ("/browse", "/browse"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
    ],
)
def test_one_goes_on_within_this_site_only(client: FlaskClient, onward: str, place: str) -> None:
    assert sign_in(client, onward=onward).headers["Location"] == place


def test_the_api_has_the_rights_of_the_session(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?q=低保").get_json()["total"] == 1
    sign_in(client)
    assert client.get("/api/v1/search?q=低保").get_json()["total"] == 2

"""People of a room who sign in through its pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from query_room.accounts import Account, NewAccount, Role
from tests.query_room.one_app import app_of

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from query_room.room import Room

PASSWORD = "liu-yue-de-feng"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Person:
    """Somebody at a browser, signed in; forms carry the token as a page gave it."""

    def __init__(self, room: Room, account: Account) -> None:
        self.account = account
        self.client: FlaskClient = app_of(room).test_client()
        self.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "zh-CN,zh;q=0.9"
        self.post("/sign-in", name=account.name, password=PASSWORD)

    def get(self, path: str) -> TestResponse:
        """A page."""
        return self.client.get(path)

    def post(self, path: str, **fields: str | list[str]) -> TestResponse:
        """A form sent."""
        token = _TOKEN.search(self.client.get("/").text + self.client.get("/sign-in").text)
        assert token is not None
        return self.client.post(path, data={"csrf_token": token.group(1), **fields})


def person(room: Room, name: str, role: Role, display_name: str = "") -> Person:
    """A new account at a browser."""
    new = NewAccount(name=name, display_name=display_name or name, role=role)
    return Person(room, room.accounts.create(new, PASSWORD, by="test"))


def receive(staff: Person, name: str = "张建国", standing: str = "own") -> str:
    """Somebody comes to the counter; the visit's number."""
    answer = staff.post(
        "/visits/",
        name=name,
        identity_kind="id_card",
        identity_number="150204199002301234",
        purpose="personal_proof",
        standing=standing,
        phone="13800005678",
    )
    assert answer.status_code == 302, answer.text
    found = re.search(r"/visits/(\d{8}-\d{3})", staff.get("/").text)
    assert found is not None
    return found.group(1)


def search_id_of(html: str) -> str:
    """The search that an answer's form refers to."""
    found = re.search(r'name="search" value="([^"]+)"', html)
    assert found is not None
    return found.group(1)


def ticks_of(html: str) -> list[str]:
    """Records that can be ticked in an answer, in its order."""
    return re.findall(r'name="record" value="([^"]+)"', html)

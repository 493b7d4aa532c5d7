"""The room on a small archive, asked through Flask's test client."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from query_room.app import create_app
from query_room.opening import room_on
from query_room.settings import RoomSettings

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive


@pytest.fixture
def room(archive: SmallArchive) -> Room:
    """A room on the test's archive."""
    settings = RoomSettings(
        indexer=archive.settings,
        organ="清河区人民政府",
        searches_per_minute=100_000,  # tests ask faster than readers
    )
    room = room_on(archive.engine, settings)
    room.organs.ensure_default(settings.organ)
    return room


@pytest.fixture
def client(room: Room) -> FlaskClient:
    """A reader's browser, in Chinese."""
    client = create_app(room).test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "zh-CN,zh;q=0.9"
    return client


def text_of(html: str) -> str:
    """What a reader sees of a page, white space folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())

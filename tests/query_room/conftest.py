"""The room on a small archive, asked through Flask's test client."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from jinja2 import BytecodeCache

from query_room.opening import room_on
from query_room.settings import RoomSettings
from tests.fixtures.passwords import CHEAP
from tests.query_room.one_app import app_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

    from flask.testing import FlaskClient
    from jinja2.bccache import Bucket

    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive


class _CompiledOnce(BytecodeCache):
    """Templates compiled for one app serve those of the other tests."""

    def __init__(self) -> None:
        self._code: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._code.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._code[bucket.key] = bucket.checksum, bucket.code


@pytest.fixture(scope="session", autouse=True)
def compiled_templates() -> Iterator[None]:
    """Compile each template once: every test makes an app of its own."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Flask, "jinja_options", {"bytecode_cache": _CompiledOnce()})
        yield


@pytest.fixture
def room(archive: SmallArchive) -> Room:
    """A room on the test's archive."""
    settings = RoomSettings(
        indexer=archive.settings,
        organ="清河区人民政府",
        searches_per_minute=100_000,  # tests ask faster than readers
    )
    room = room_on(archive.engine, settings, CHEAP)
    room.organs.ensure_default(settings.organ)
    return room


@pytest.fixture
def client(room: Room) -> FlaskClient:
    """A reader's browser, in Chinese."""
    client = app_of(room).test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "zh-CN,zh;q=0.9"
    return client


def text_of(html: str) -> str:
    """What a reader sees of a page, white space folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())

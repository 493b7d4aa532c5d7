"""A real server, a real Chromium."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from indexer.database import open_database
from query_room.app import create_app
from query_room.opening import room_on
from query_room.settings import RoomSettings
from tests.fixtures.archive import SmallArchive, settings_in
from tests.fixtures.passwords import CHEAP
from tests.fixtures.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from query_room.room import Room

WIDTHS = {"desk": (1280, 900), "phone": (390, 844)}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window and without calls home."""
    executable = shutil.which("chromium")
    if executable is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed, and in CI its tests may not be skipped")
        pytest.skip("Chromium is not installed: the browser tests did not run")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def archive(tmp_path: Path, sqlite_url: str) -> Iterator[SmallArchive]:
    """An archive on SQLite: the databases' tests are elsewhere."""
    engine = open_database(sqlite_url)
    yield SmallArchive(
        folder=tmp_path / "papers", engine=engine, settings=settings_in(tmp_path, sqlite_url)
    )
    engine.dispose()


@pytest.fixture
def room(archive: SmallArchive) -> Room:
    """The room that is served."""
    settings = RoomSettings(indexer=archive.settings, organ="清河区人民政府")
    room = room_on(archive.engine, settings, CHEAP)
    room.organs.ensure_default(settings.organ)
    return room


@pytest.fixture
def address(room: Room) -> Iterator[str]:
    """The address of the room, served on this machine."""
    with served(create_app(room)) as address:
        yield address


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A reader's window, on a desk and on a phone; whatever the page logs as an error fails."""
    width, height = WIDTHS[request.param]
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", base_url=address
    )
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert not problems

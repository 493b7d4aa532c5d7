"""A small archive with a quarantined file, and somebody who keeps it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from indexer.ordering.working import OrderWorker
from indexer.repositories.orders import OrderKind
from query_room.accounts import NewAccount, Role
from query_room.archive.undoing import note_undone
from search_api.log import events_of_subject

if TYPE_CHECKING:
    from query_room.accounts import Account
    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive


@pytest.fixture(autouse=True)
def filled(archive: SmallArchive) -> None:
    """One record, one file that the guard keeps out."""
    archive.add("低保名册", "低保。")
    archive.add("密件", "机密★长期\n关于某事的通知")
    archive.run()


def made(room: Room, name: str, role: Role) -> Account:
    """An account."""
    new = NewAccount(name=name, display_name=name, role=role)
    return room.accounts.create(new, "qing-he-qu-2026", by="test")


@pytest.fixture
def keeper(room: Room) -> Account:
    """An archivist."""
    return made(room, "li", Role.ARCHIVIST)


def kinds(archive: SmallArchive, subject: str) -> list[str]:
    """What happened to a subject, in order."""
    return [event.kind for event in events_of_subject(archive.engine, subject)]


def work(archive: SmallArchive) -> None:
    """Let the importer work off what was ordered."""
    worker = OrderWorker(
        archive.engine, archive.settings, tuple(OrderKind), threading.Event(), note_undone
    )
    while worker.step():
        pass

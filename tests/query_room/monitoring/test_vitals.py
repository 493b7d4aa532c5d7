from __future__ import annotations

import os
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.database import open_database
from query_room.monitoring.vitals import take_vitals
from query_room.opening import room_on
from search_api.log import seal

if TYPE_CHECKING:
    from pathlib import Path

    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive


def test_a_room_without_an_index_yet_has_no_index_and_no_worker(room: Room) -> None:
    found = take_vitals(room)
    assert found.index is None
    assert found.worker_silent_s is None
    assert found.unsealed_events is not None


def test_what_waits_for_the_index_and_for_a_seal_is_counted(
    room: Room, archive: SmallArchive
) -> None:
    archive.add("甲", "低保")
    archive.run()
    seal(room.engine)
    archive.ask("低保")
    found = take_vitals(room)
    assert found.index is not None
    assert (found.index.generation, found.index.waiting) == (1, 0)
    assert found.unsealed_events == 1
    assert found.worker_silent_s is not None
    assert found.worker_silent_s < 60
    assert found.free_bytes == pytest.approx(
        shutil.disk_usage(room.settings.indexer.data).free, rel=0.1
    )


def test_changes_that_the_index_lacks_are_counted(
    room: Room, archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.add("甲", "低保")
    archive.run()
    archive.add("乙", "低保")
    archive.add("丙", "低保")
    with monkeypatch.context() as patched:
        patched.setattr(archive, "index", lambda: None)
        archive.run()
    found = take_vitals(room)
    assert found.index is not None
    # Each is entered from its catalogue first, and once more with its text.
    assert found.index.waiting == 4


def test_a_worker_that_fell_silent_is_seen(room: Room, archive: SmallArchive) -> None:
    archive.run()
    lock = room.settings.indexer.index / "writer.lock"
    hour_ago = lock.stat().st_mtime - 3600
    os.utime(lock, (hour_ago, hour_ago))
    silent = take_vitals(room).worker_silent_s
    assert silent is not None
    assert silent >= 3600


def test_a_database_that_is_gone_and_a_disk_that_is_gone_are_no_crash(
    room: Room, tmp_path: Path
) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'empty.db'}")
    gone = replace(room.settings.indexer, data=tmp_path / "gone")
    keys = room.settings.keys
    broken = room_on(engine, replace(room.settings, indexer=replace(gone, data=keys.parent)))
    broken = replace(broken, settings=replace(room.settings, indexer=gone))
    found = take_vitals(broken)
    assert (found.unsealed_events, found.index, found.free_bytes) == (None, None, None)
    engine.dispose()

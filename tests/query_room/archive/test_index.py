from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from indexer.database import utc_now, writing
from indexer.engine.embedded.adapter import generation_folder
from indexer.errors import IndexMismatchError
from indexer.indexing.catching_up import catch_up
from indexer.indexing.generating import begin_generation, roll_back
from indexer.indexing.lock import writer_lock
from indexer.tables import generation
from query_room.errors import (
    NothingToReleaseError,
    NothingToRollBackToError,
    RebuildUnderwayError,
)
from search_api.log import EventKind
from search_api.rehearsing import Rehearsals
from tests.query_room.archive.conftest import kinds

if TYPE_CHECKING:
    from query_room.accounts import Account
    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive


def outdate(archive: SmallArchive, number: int) -> None:
    """Make a generation look as if other dictionaries had written it."""
    with writing(archive.engine) as connection:
        connection.execute(
            update(generation).where(generation.c.number == number).values(dictionary="0" * 64)
        )


def test_the_index_is_rebuilt_and_one_can_go_back(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    with pytest.raises(NothingToRollBackToError):
        room.archive.index.roll_back(1, by=keeper)
    number = room.archive.index.rebuild(by=keeper)
    before = room.archive.index.state(by=keeper)
    assert before.building is not None
    assert (before.building.number, before.to_build, before.progress) == (number, 1, 0)
    archive.index()
    after = room.archive.index.state(by=keeper)
    assert after.serving is not None
    assert (after.serving.number, after.waiting) == (number, 0)
    assert room.archive.index.roll_back(number - 1, by=keeper) == number - 1
    assert kinds(archive, str(number)) == [EventKind.REBUILD_BEGUN]
    assert kinds(archive, str(number - 1)) == [EventKind.ROLLED_BACK]


def test_a_generation_under_construction_is_not_begun_anew(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    number = room.archive.index.rebuild(by=keeper)
    with pytest.raises(RebuildUnderwayError) as caught:
        room.archive.index.rebuild(by=keeper)
    assert caught.value.number == number
    archive.index()
    assert room.archive.index.rebuild(by=keeper) == number + 1


def test_a_generation_that_waits_is_let_answer_once(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    with writing(archive.engine) as connection:
        number = begin_generation(connection, archive.settings, at=utc_now(), held=True)
    archive.ask("低保")
    catch_up(
        archive.engine,
        archive.settings,
        look=Rehearsals(engine=archive.engine, settings=archive.settings),
    )
    state = room.archive.index.state(by=keeper)
    assert state.whole is not None
    assert state.whole.held
    assert state.comparison is not None
    assert state.comparison.following == number
    with pytest.raises(NothingToReleaseError):
        room.archive.index.release(number + 1, by=keeper)
    assert room.archive.index.release(number, by=keeper) == number
    with pytest.raises(NothingToReleaseError):
        room.archive.index.release(number, by=keeper)
    archive.index()
    serving = room.archive.index.state(by=keeper).serving
    assert serving is not None
    assert serving.number == number
    assert kinds(archive, str(number)) == [EventKind.GENERATION_RELEASED]


def test_going_back_twice_does_not_go_forth(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    room.archive.index.rebuild(by=keeper)
    archive.index()
    room.archive.index.roll_back(1, by=keeper)
    with pytest.raises(NothingToRollBackToError):
        room.archive.index.roll_back(1, by=keeper)
    serving = room.archive.index.state(by=keeper).serving
    assert serving is not None
    assert serving.number == 1


def test_nobody_goes_back_to_what_this_version_cannot_read(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    room.archive.index.rebuild(by=keeper)
    archive.index()
    outdate(archive, 1)
    assert room.archive.index.state(by=keeper).previous is None
    with pytest.raises(IndexMismatchError):
        room.archive.index.roll_back(1, by=keeper)
    with pytest.raises(IndexMismatchError), writing(archive.engine) as connection:
        roll_back(connection, archive.settings, at=keeper.created_at)
    assert archive.ask("低保").generation == 2
    assert kinds(archive, "1") == []


def test_an_index_that_cannot_be_read_is_mended_from_here(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    outdate(archive, 1)
    with pytest.raises(IndexMismatchError):
        archive.ask("低保")
    assert room.archive.index.state(by=keeper).waiting is None
    room.archive.index.rebuild(by=keeper)
    archive.index()
    assert archive.ask("低保").total == 1


def test_an_index_whose_state_is_damaged_is_said_to_be(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    (generation_folder(archive.settings, 1) / "state.json").write_text("{", "utf-8")
    assert room.archive.index.state(by=keeper).waiting is None


def test_who_writes_the_index_is_known(room: Room, archive: SmallArchive, keeper: Account) -> None:
    with writer_lock(archive.settings.index):
        view = room.archive.index.state(by=keeper)
    assert view.written.writer is not None
    assert view.written.writer.process == os.getpid()
    assert view.written.seen_at is not None


def test_what_another_version_wrote_is_built_anew_by_itself(archive: SmallArchive) -> None:
    outdate(archive, 1)
    archive.add("低保办法", "低保")
    archive.run()
    answer = archive.ask("低保")
    assert (answer.generation, answer.total) == (2, 2)

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from indexer.database import reading, utc_now, writing
from indexer.errors import ElectionLostError, EngineUnavailableError, WriterLockedError
from indexer.indexing.catching_up import catch_up
from indexer.indexing.generating import begin_generation
from indexer.indexing.spread import running
from indexer.indexing.spread.coordinating import Coordinator
from indexer.indexing.spread.election import elected
from indexer.indexing.spread.versions import Version
from indexer.indexing.supervision import run_worker
from indexer.repositories import coordinators, generations, outbox
from tests.fixtures.archive import SmallArchive
from tests.fixtures.shared_index import SharedSearcher, agrees

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.postgresql


@pytest.fixture
def archive(shared_archive: SmallArchive, monkeypatch: pytest.MonkeyPatch) -> SmallArchive:
    monkeypatch.setattr(running, "STAND_S", 0.05)
    monkeypatch.setattr(running, "POLL_S", 0.05)
    monkeypatch.setattr(running, "_BACK_OFF_S", 0.0)
    with monkeypatch.context() as patch:
        patch.setattr(SmallArchive, "index", lambda _: None)
        for number in range(3):
            shared_archive.add(f"第{number}件")
        shared_archive.run()
    return shared_archive


@contextmanager
def working(archive: SmallArchive, chores: Callable[[], None] = lambda: None) -> Iterator[None]:
    """A worker in a thread, as the command has it."""
    stop = threading.Event()
    thread = threading.Thread(
        target=run_worker, args=(archive.engine, archive.settings, stop, chores)
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def wait_for(condition: Callable[[], object]) -> None:
    for _ in range(1000):
        if condition():
            return
        time.sleep(0.01)
    pytest.fail("it did not come to that")


def position(archive: SmallArchive) -> int:
    return SharedSearcher(archive.settings.database_url, 1).position


def newest(archive: SmallArchive) -> int:
    with reading(archive.engine) as connection:
        return outbox.newest_position(connection)


def test_whoever_catches_up_works_where_nobody_does(archive: SmallArchive) -> None:
    told: list[int] = []
    catch_up(archive.engine, archive.settings, told.append)
    assert agrees(archive.engine, 1)
    assert told[0] == newest(archive)
    assert told[-1] == 0
    with writing(archive.engine) as connection:
        begin_generation(connection, archive.settings, at=utc_now())
    catch_up(archive.engine, archive.settings)
    assert agrees(archive.engine, 2)


def test_whoever_catches_up_waits_for_those_who_work(archive: SmallArchive) -> None:
    told: list[int] = []
    with working(archive):
        wait_for(lambda: position(archive) == newest(archive))
        archive.add("又一件")
        archive.run()
        with writing(archive.engine) as connection:
            begin_generation(connection, archive.settings, at=utc_now(), held=True)
        catch_up(archive.engine, archive.settings, told.append)
    assert agrees(archive.engine, 1)
    assert agrees(archive.engine, 2)
    assert told[-1] == 0
    with reading(archive.engine) as connection:
        assert generations.whole(connection) is not None


def test_whoever_makes_no_headway_is_named(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "_PATIENCE_S", 0.1)
    with (
        elected(archive.engine, Version.here(archive.settings)),
        pytest.raises(WriterLockedError, match="process"),
    ):
        catch_up(archive.engine, archive.settings)


def test_of_several_workers_one_does_the_chores(archive: SmallArchive) -> None:
    done: list[str] = []
    with (
        working(archive, lambda: done.append("one")),
        working(archive, lambda: done.append("other")),
    ):
        wait_for(lambda: len(done) > 5)
        first = done[0]
        assert set(done) == {first}
    assert agrees(archive.engine, 1)


@pytest.mark.parametrize("error", [EngineUnavailableError("away"), ElectionLostError("over")])
def test_a_worker_goes_on_after_what_befalls_it(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    step = Coordinator.step
    left = [error, error]

    def failing(self: Coordinator) -> bool:
        if left:
            raise left.pop()
        return step(self)

    monkeypatch.setattr(Coordinator, "step", failing)
    with working(archive):
        wait_for(lambda: position(archive) == newest(archive))
    with reading(archive.engine) as connection:
        said = coordinators.present(connection)
    assert said is not None
    assert said.term == (1 if isinstance(error, EngineUnavailableError) else 3)

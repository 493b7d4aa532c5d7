from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from indexer.database import open_database, writing
from indexer.errors import EngineUnavailableError
from indexer.indexing.spread import job_queue
from indexer.indexing.spread.job_queue import JobQueue, give_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

pytestmark = pytest.mark.postgresql


@pytest.fixture
def engine(postgresql_database_url: str) -> Iterator[Engine]:
    engine = open_database(postgresql_database_url)
    yield engine
    engine.dispose()


def wait_for(condition: Callable[[], object]) -> None:
    for _ in range(2000):
        if condition():
            return
        time.sleep(0.005)
    pytest.fail("nothing happened")


def test_jobs_are_done_once_the_most_urgent_first_and_leave_nothing(engine: Engine) -> None:
    done: list[tuple[int, int]] = []
    with writing(engine) as connection:
        given = give_out(connection, "index", {1: 0, 2: 20, 3: 0})
        assert give_out(connection, "index", {}) == {}
    queue = JobQueue(engine, "index", lambda job_id, slice_id: done.append((job_id, slice_id)))
    queue.start()
    wait_for(lambda: len(done) == 3 and not queue.known())
    queue.stop()
    assert done == [(given[2], 2), (given[1], 1), (given[3], 3)]
    with engine.connect() as connection:
        assert not connection.execute(
            text("SELECT count(*) FROM query_room_jobs.procrastinate_events")
        ).scalar()


def test_what_is_not_committed_is_not_given_out(engine: Engine) -> None:
    with writing(engine) as connection:
        give_out(connection, "index", {1: 0})
        connection.rollback()
    queue = JobQueue(engine, "index", lambda *_: None)
    queue.start()
    assert queue.known() == frozenset()
    queue.stop()


def test_a_new_job_wakes_a_worker_that_waits(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_queue, "_POLL_S", 3600.0)
    done = threading.Event()
    queue = JobQueue(engine, "index", lambda *_: done.set())
    queue.start()
    queue.known()
    time.sleep(0.1)  # it listens by now
    with writing(engine) as connection:
        give_out(connection, "index", {1: 0})
    assert done.wait(10)
    queue.stop()


def test_a_job_that_could_not_be_done_is_tried_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_queue, "_LONGEST_PAUSE_S", 0)
    monkeypatch.setattr(job_queue, "_POLL_S", 0.01)
    tries: list[int] = []

    def work(_: int, slice_id: int) -> None:
        tries.append(slice_id)
        if len(tries) < 3:
            raise EngineUnavailableError

    with writing(engine) as connection:
        give_out(connection, "index", {7: 0})
    queue = JobQueue(engine, "index", work)
    queue.start()
    wait_for(lambda: len(tries) == 3 and not queue.known())
    queue.stop()
    assert tries == [7, 7, 7]


def test_a_job_whose_worker_is_gone_is_named_and_can_be_forgotten(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_queue, "SIGN_OF_LIFE_S", 3600.0)
    held, begun = threading.Event(), threading.Event()

    def work(*_: int) -> None:
        begun.set()
        held.wait(30)

    with writing(engine) as connection:
        [job_id] = give_out(connection, "index", {1: 0}).values()
    silent = JobQueue(engine, "index", work)
    silent.start()
    assert begun.wait(10)
    assert silent.without_worker() == []
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE query_room_jobs.procrastinate_workers "
                "SET last_heartbeat = now() - interval '1 hour'"
            )
        )
    assert silent.without_worker() == [job_id]
    assert silent.without_worker() == [job_id]  # though the worker itself is struck off
    silent.forget(job_id)
    silent.forget(job_id)
    assert silent.known() == frozenset()
    assert silent.without_worker() == []
    held.set()
    silent.stop()


def test_a_queue_that_is_not_open_says_so(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_queue, "_PATIENCE_S", 0.01)
    with pytest.raises(EngineUnavailableError):
        JobQueue(engine, "index", lambda *_: None).known()


def test_a_queue_outlives_its_connections(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_queue, "_BACK_OFF_S", 0.0)
    monkeypatch.setattr(job_queue, "_POLL_S", 0.05)
    done: list[int] = []
    queue = JobQueue(engine, "index", lambda _, slice_id: done.append(slice_id))
    queue.start()
    queue.known()
    with engine.begin() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    with writing(engine) as connection:
        give_out(connection, "index", {5: 0})
    wait_for(lambda: done == [5])
    queue.stop()

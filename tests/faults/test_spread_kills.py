"""Where many write the index: workers and coordinators killed, and records that kill them.

Real processes on a real PostgreSQL. What they write stands in tables of the test's own, with what
the port promises of an engine that many write.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from indexer.database import reading
from indexer.engine.opening import drop_generation, open_searcher
from indexer.engine.port import Pair
from indexer.indexing.verification import verify_index
from indexer.repositories import coordinators, generations, outbox, records, set_asides, slices
from tests.fixtures.archive import SmallArchive
from tests.fixtures.shared_index import agrees, held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.postgresql

RECORDS = 20
KILLER = "毒"

# Small slices, so that there are many moments between which it can be killed, and little patience.
WORKER = """
import os, signal
from indexer.indexing import analysis_pool
analyze = analysis_pool.analyze

def killing(texts, records, user_words=()):
    if any("{killer}" in each.description.title for each in records):
        os.kill(os.getpid(), signal.SIGKILL)
    return analyze(texts, records, user_words)

analysis_pool.analyze = killing

# What analyses in a process apart begins with all that stands above.
if __name__ == "__main__":
    import sys, threading, time
    from pathlib import Path
    import pytest
    from indexer.database import open_database
    from indexer.engine.elasticsearch.writer import ElasticsearchWriter
    from indexer.indexing.spread import coordinating, job_queue, running
    from indexer.indexing.supervision import run_worker
    from indexer.settings import IndexerSettings
    from tests.fixtures.shared_index import SharedWriter, share

    def slow(self, found):
        time.sleep(float(pause))
        put(self, found)

    data, url, pause, elasticsearch, prefix = sys.argv[1:]
    writer = ElasticsearchWriter if elasticsearch else SharedWriter
    put, writer.put = writer.put, slow
    coordinating.SLICE, coordinating.DIRECT = 5, 0
    coordinating.TEND_S = job_queue.SIGN_OF_LIFE_S = 0.1
    job_queue.SILENT_S = 0.6
    running.STAND_S = 0.1
    engine = open_database(url)
    if not elasticsearch:
        share(pytest.MonkeyPatch(), engine)
    settings = IndexerSettings(
        data=Path(data),
        database_url=url,
        engine="elasticsearch",
        elasticsearch_urls=(elasticsearch,) if elasticsearch else (),
        elasticsearch_prefix=prefix,
        elasticsearch_replicas=0,
        processes=1,
    )
    print("ready", flush=True)
    run_worker(engine, settings, threading.Event())
""".replace("{killer}", KILLER)


@pytest.fixture
def archive(shared_archive: SmallArchive, monkeypatch: pytest.MonkeyPatch) -> SmallArchive:
    monkeypatch.setattr(SmallArchive, "index", lambda _: None)
    for number in range(RECORDS):
        shared_archive.add(f"第{number}件")
    return shared_archive


@pytest.fixture
def workers(archive: SmallArchive, tmp_path: Path) -> Iterator[Workers]:
    workers = Workers(archive, tmp_path)
    yield workers
    for each in workers.running:
        each.kill()
        each.communicate()


class Workers:
    """Processes that do what `query-room worker` does."""

    def __init__(self, archive: SmallArchive, folder: Path) -> None:
        self._archive = archive
        self._script = folder / "worker.py"
        self._script.write_text(WORKER, "utf-8")
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, pause_s: float = 0.0) -> subprocess.Popen[bytes]:
        settings = self._archive.settings
        process = subprocess.Popen(
            [
                *(sys.executable, self._script, settings.data, settings.database_url),
                *(
                    str(pause_s),
                    "".join(settings.elasticsearch_urls),
                    settings.elasticsearch_prefix,
                ),
            ],
            env={**os.environ, "PYTHONPATH": os.getcwd()},  # noqa: PTH109 - for the child only
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.running.append(process)
        return process


def wait_for(condition: Callable[[], object]) -> None:
    for _ in range(1500):
        if condition():
            return
        time.sleep(0.02)
    pytest.fail("it did not come to that")


def is_done(archive: SmallArchive) -> bool:
    with reading(archive.engine) as connection:
        return (
            generations.serving(connection) is not None
            and slices.waiting(connection).slices == 0
            and position(archive) == outbox.newest_position(connection)
        )


def position(archive: SmallArchive) -> int:
    with archive.engine.connect() as connection:
        statement = text("SELECT position FROM shared_index.noted WHERE files = 1")
        return int(connection.execute(statement).scalar() or 0)


def coordinator(archive: SmallArchive) -> int:
    with reading(archive.engine) as connection:
        found = coordinators.present(connection)
    return found.process if found else 0


@contextmanager
def stopped(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """As if its machine did not answer for a while."""
    process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


def test_slices_of_a_worker_killed_in_the_middle_come_back(
    archive: SmallArchive, workers: Workers
) -> None:
    archive.run()
    slow = workers.start(pause_s=30.0)  # it coordinates, and never ends a slice
    wait_for(lambda: coordinator(archive) == slow.pid)
    other = workers.start()
    wait_for(lambda: len(held(archive.engine, 1)) == RECORDS - 5)
    slow.send_signal(signal.SIGKILL)
    slow.wait()
    wait_for(lambda: is_done(archive))
    assert coordinator(archive) == other.pid
    with archive.engine.connect() as connection:
        puts = connection.execute(text("SELECT DISTINCT puts FROM shared_index.held")).scalars()
        assert list(puts) == [1]
    assert agrees(archive.engine, 1)
    assert len(held(archive.engine, 1)) == RECORDS
    with reading(archive.engine) as connection:
        assert set_asides.count(connection) == 0


def test_a_coordinator_that_wakes_up_after_another_took_over_does_no_harm(
    archive: SmallArchive, workers: Workers
) -> None:
    archive.run()
    first = workers.start()
    wait_for(lambda: is_done(archive))
    other = workers.start()
    assert other.stdout is not None
    assert other.stdout.readline() == b"ready\n"
    with stopped(first):
        # The server gives up on its sessions, as it does when a machine is gone.
        with archive.engine.begin() as connection:
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
            )
        wait_for(lambda: coordinator(archive) == other.pid)
        archive.add("后来的一件")
        archive.run()
        wait_for(lambda: is_done(archive))
    archive.add("更后来的一件")
    archive.run()
    wait_for(lambda: is_done(archive))
    assert coordinator(archive) == other.pid
    assert first.poll() is None
    assert agrees(archive.engine, 1)


def test_a_record_that_kills_three_workers_is_set_aside_and_the_rest_goes_on(
    archive: SmallArchive, workers: Workers
) -> None:
    archive.add(f"{KILLER}的一件")
    archive.run()
    deaths = 0
    process = workers.start()
    for _ in range(4500):
        if process.poll() is not None:
            deaths += 1
            process = workers.start()
        if is_done(archive):
            break
        time.sleep(0.02)
    assert is_done(archive)
    with reading(archive.engine) as connection:
        [aside] = set_asides.listed(connection)
        everything = set(records.ids_after(connection, "", 100))
    assert (aside.title, aside.deaths) == (f"{KILLER}的一件", 3)
    assert aside.reason == "analysis_died"
    assert set(held(archive.engine, 1)) == everything - {aside.record_id}
    # Only the first time: whoever is suspected is analysed in a process apart.
    assert deaths == 1


@pytest.mark.elastic
def test_a_cluster_is_written_by_many_and_loses_nothing_when_one_is_killed(
    archive: SmallArchive,
    workers: Workers,
    elasticsearch_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(SmallArchive, "index", lambda _: None)
    archive.settings = replace(
        archive.settings,
        elasticsearch_urls=(elasticsearch_url,),
        elasticsearch_prefix=f"test-{uuid.uuid4().hex}",
        elasticsearch_replicas=0,
    )
    for number in range(RECORDS):
        archive.add(f"第{number}件", f"低保通知第{number}号", fonds="0012")
    archive.run()
    slow = workers.start(pause_s=30.0)
    wait_for(lambda: coordinator(archive) == slow.pid)
    workers.start()
    wait_for(lambda: in_cluster(archive) >= RECORDS - 5)
    slow.send_signal(signal.SIGKILL)
    slow.wait()
    wait_for(lambda: is_all_in(archive))
    report = verify_index(archive.engine, archive.settings)
    assert report.is_sound, report
    assert archive.ask("低保通知").total == RECORDS
    # One changed record is taken in by who coordinates, at once.
    archive.add("第3件", "土地承包", fonds="0012")
    archive.run()
    wait_for(lambda: is_all_in(archive))
    assert archive.titles("土地承包") == ["第3件"]
    drop_generation(archive.settings, 1)


def in_cluster(archive: SmallArchive) -> int:
    with reading(archive.engine) as connection:
        serving = generations.serving(connection)
    if serving is None:
        return 0
    return sum(1 for _ in open_searcher(archive.settings, serving.files).record_ids(Pair.FULL))


def is_all_in(archive: SmallArchive) -> bool:
    with reading(archive.engine) as connection:
        newest = outbox.newest_position(connection)
    return open_searcher(archive.settings, 1).position == newest

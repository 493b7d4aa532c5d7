"""A worker killed at random moments leaves the index that an undisturbed one leaves."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.database import migrate, open_database, reading
from indexer.engine.opening import open_searcher
from indexer.indexing.verification import verify_index
from indexer.repositories import generations, outbox
from query_room.opening import ROOMS
from tests.fixtures.archive import ARCHIVIST, SmallArchive, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORDS = 150
WORDS = ("低保", "土地", "承包", "学校", "征收", "补偿", "名册", "通知", "标准", "办法")
QUERIES = tuple(f"{first} {second}" for first in WORDS for second in WORDS)[:60]

# Small steps, so that there are many moments between which it can be killed.
WORKER = """
import sys, threading
from indexer.database import open_database
from indexer.indexing import building, worker
from indexer.indexing.supervision import run_worker
from indexer.settings import IndexerSettings
from pathlib import Path
worker.CHANGES_PER_COMMIT = building.RECORDS_PER_STEP = 10
if __name__ == "__main__":
    data, url = sys.argv[1:]
    settings = IndexerSettings(data=Path(data), database_url=url, processes=1)
    run_worker(open_database(url), settings, threading.Event())
"""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SmallArchive]:
    url = f"sqlite:///{tmp_path / 'query_room.db'}"
    engine = open_database(url)
    migrate(engine, *ROOMS)
    yield SmallArchive(
        folder=tmp_path / "papers", engine=engine, settings=settings_in(tmp_path, url)
    )
    engine.dispose()


def test_a_worker_killed_three_times_leaves_the_index_of_an_undisturbed_one(
    archive: SmallArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _kill_and_compare(archive, tmp_path, monkeypatch, kills=3)


ANALYSING = """
import sys
from pathlib import Path
from indexer.indexing.analysis_pool import AnalysisPool, INLINE
from indexer.settings import IndexerSettings
from tests.contracts.records import make_record

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    pool = AnalysisPool(IndexerSettings(data=folder, database_url="sqlite://", processes=2))
    for _ in pool.run(make_record(n, "低保通知") for n in range(INLINE + 2)):
        pass
    print("ready", flush=True)
    sys.stdin.read()
"""


def test_a_killed_worker_leaves_no_analysis_process_behind(tmp_path: Path) -> None:
    script = tmp_path / "analysing.py"
    script.write_text(ANALYSING, "utf-8")
    parent = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.getcwd()},  # noqa: PTH109 - for the child only
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"ready\n"
    children = _children_of(parent.pid)
    assert children
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    for _ in range(100):
        if not any(_is_alive(child) for child in children):
            return
        time.sleep(0.1)
    pytest.fail("processes are left behind")


def _children_of(parent: int) -> list[int]:
    """Processes that ``parent`` started, by their number."""
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii").split()
    return [int(each) for each in found]


def _is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.soak
def test_a_worker_killed_twenty_times_leaves_the_index_of_an_undisturbed_one(
    archive: SmallArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _kill_and_compare(archive, tmp_path, monkeypatch, kills=20)


def _kill_and_compare(
    archive: SmallArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kills: int
) -> None:
    random.seed(kills)
    for number in range(RECORDS):
        words = random.choices(WORDS, k=6)
        archive.add(f"第{number}件{words[0]}{words[1]}", "，".join(words) * random.randint(1, 9))
    with monkeypatch.context() as patch:
        patch.setattr(SmallArchive, "index", lambda _: None)
        archive.run()
    script = tmp_path / "worker.py"
    script.write_text(WORKER, "utf-8")
    for _ in range(kills):
        worker = _start(script, archive)
        time.sleep(random.uniform(0.4, 2.5))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    worker = _start(script, archive)
    _wait_until_done(archive)
    worker.send_signal(signal.SIGKILL)
    worker.wait()

    report = verify_index(archive.engine, archive.settings)
    assert report.is_sound, report.findings
    disturbed = _answers(archive)
    # The same outbox from its beginning, with nobody to disturb it.
    for folder in archive.settings.index.iterdir():
        if folder.is_dir():
            folder.rename(tmp_path / f"disturbed-{folder.name}")
    archive.index()
    assert _answers(archive) == disturbed


def _answers(archive: SmallArchive) -> list[tuple[int, tuple[str, ...]]]:
    found = []
    for query in QUERIES:
        answer = archive.ask(query, ARCHIVIST)
        found.append((answer.total, tuple(hit.record.external_id for hit in answer.hits)))
    assert any(total for total, _ in found)
    return found


def _start(script: Path, archive: SmallArchive) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(script), str(archive.settings.data), archive.settings.database_url],
        env={**os.environ, "PYTHONPATH": os.getcwd()},  # noqa: PTH109 - for the child only
    )


def _wait_until_done(archive: SmallArchive) -> None:
    for _ in range(600):
        with reading(archive.engine) as connection:
            serving = generations.serving(connection)
            newest = outbox.newest_position(connection)
        if serving and open_searcher(archive.settings, serving.files).position >= newest:
            return
        time.sleep(0.1)
    pytest.fail("the worker did not come to an end")

"""Files that hang, crash and eat memory are real ones, in real processes."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.errors import SettingsError, StorageError
from indexer.extraction import Extracted, ExtractionJob, Failed, Outcome, Quarantined, Reason, pool
from indexer.extraction.pool import ExtractionPool
from indexer.records import FileHash
from indexer.settings import IndexerSettings
from indexer.storage.text_store import FolderTextStore

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
PATIENCE_S = 60


def settings(tmp_path: Path, **changes: float) -> IndexerSettings:
    values = {"processes": 1, "extraction_timeout_s": PATIENCE_S, **changes}
    return IndexerSettings(data=tmp_path, database_url="", **values)  # type: ignore[arg-type]


def job(path: Path) -> ExtractionJob:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return ExtractionJob(path=path, file_hash=FileHash(digest), name=path.name)


def text_job(tmp_path: Path, name: str, text: str = "通知") -> ExtractionJob:
    path = tmp_path / name
    path.write_text(f"{text}\n{name}")
    return job(path)


def endless_job(tmp_path: Path, depth: int = 150_000) -> ExtractionJob:
    """A web page that takes minutes: time grows with the square of its depth."""
    path = tmp_path / f"endless{depth}.html"
    path.write_text("<html><body>" + "<div>" * depth + "深处")
    return job(path)


def outcomes(found: Iterator[tuple[ExtractionJob, Outcome]]) -> dict[str, Outcome]:
    return {each.name: outcome for each, outcome in found}


def wait_until(condition: object) -> None:
    assert callable(condition)
    give_up = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        # A zombie that nobody has reaped yet is dead, too.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_every_job_has_one_outcome(tmp_path: Path) -> None:
    jobs = [text_job(tmp_path, f"{number}.txt", "" if number else "秘密\n") for number in range(30)]
    with ExtractionPool(settings(tmp_path, processes=2), tmp_path / "texts") as extraction:
        found = list(extraction.run(jobs))
        again = list(extraction.run(jobs[5:8]))
    assert sorted(each.name for each, _ in found) == sorted(each.name for each in jobs)
    assert len(again) == 3
    assert isinstance({each.name: outcome for each, outcome in found}["0.txt"], Quarantined)
    assert sum(isinstance(outcome, Extracted) for _, outcome in found) == 29
    store = FolderTextStore(tmp_path / "texts")
    assert {digest for digest, _ in store.entries()} == {each.file_hash for each in jobs[1:]}


def test_jobs_are_pulled_as_processes_fall_free(tmp_path: Path) -> None:
    pulled: list[str] = []

    def jobs() -> Iterator[ExtractionJob]:
        for number in range(20):
            pulled.append(str(number))
            yield text_job(tmp_path, f"{number}.txt")

    with ExtractionPool(settings(tmp_path), tmp_path / "texts") as extraction:
        for count, _ in enumerate(extraction.run(jobs()), start=1):
            assert len(pulled) <= count + 2
    assert len(pulled) == 20


def test_no_jobs_start_no_process(tmp_path: Path) -> None:
    with ExtractionPool(settings(tmp_path), tmp_path / "texts") as extraction:
        assert list(extraction.run([])) == []
        assert extraction._processes == []


def test_a_file_that_hangs_is_killed_and_the_rest_goes_on(tmp_path: Path) -> None:
    jobs = [endless_job(tmp_path), text_job(tmp_path, "a.txt"), text_job(tmp_path, "b.txt")]
    limited = settings(tmp_path, extraction_timeout_s=2)
    with ExtractionPool(limited, tmp_path / "texts") as extraction:
        found = outcomes(extraction.run(jobs))
    hung = found.pop(jobs[0].name)
    assert isinstance(hung, Failed)
    assert (hung.reason, hung.detail) == (Reason.TIMEOUT, "2 s")
    assert all(isinstance(outcome, Extracted) for outcome in found.values())


def test_a_file_that_eats_memory_is_refused(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as file:
        for _ in range(60):
            file.write("青山区人民政府办公室\n".encode() * 33_000)
    jobs = [job(big), text_job(tmp_path, "a.txt")]
    limited = settings(tmp_path, extraction_memory_mb=200)
    with ExtractionPool(limited, tmp_path / "texts") as extraction:
        found = outcomes(extraction.run(jobs))
    eater = found["big.txt"]
    assert isinstance(eater, Failed)
    assert eater.reason is Reason.MEMORY
    assert isinstance(found["a.txt"], Extracted)


class _Killer:
    """Runs jobs in a thread, as a server would, and kills processes meanwhile."""

    def __init__(self, extraction: ExtractionPool, jobs: list[ExtractionJob]) -> None:
        self._extraction = extraction
        self.found: dict[str, Outcome] = {}
        self._thread = threading.Thread(
            target=lambda: self.found.update(outcomes(extraction.run(jobs)))
        )
        self._thread.start()

    def kill_busy(self, signal_: signal.Signals, after: int = 0) -> int:
        """Kill the process that is busy with a file and is not the one before."""

        def busy() -> list[int]:
            return [
                each._program.pid
                for each in tuple(self._extraction._processes)
                if each.task is not None and each._program.pid != after
            ]

        wait_until(busy)
        (pid,) = busy()
        os.kill(pid, signal_)
        return pid

    def finish(self) -> dict[str, Outcome]:
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()
        return self.found


def test_a_file_whose_process_dies_is_tried_once_more(tmp_path: Path) -> None:
    slow = endless_job(tmp_path, depth=15_000)
    with ExtractionPool(settings(tmp_path), tmp_path / "texts") as extraction:
        killer = _Killer(extraction, [slow, text_job(tmp_path, "a.txt")])
        killer.kill_busy(signal.SIGKILL)
        found = killer.finish()
    assert isinstance(found[slow.name], Extracted)
    assert isinstance(found["a.txt"], Extracted)


@pytest.mark.parametrize(
    ("signal_", "reason"), [(signal.SIGKILL, Reason.MEMORY), (signal.SIGSEGV, Reason.INTERNAL)]
)
def test_a_file_that_kills_twice_is_set_aside(
    tmp_path: Path, signal_: signal.Signals, reason: Reason
) -> None:
    deadly = endless_job(tmp_path)
    with ExtractionPool(settings(tmp_path), tmp_path / "texts") as extraction:
        killer = _Killer(extraction, [deadly, text_job(tmp_path, "a.txt")])
        first = killer.kill_busy(signal_)
        killer.kill_busy(signal_, after=first)
        found = killer.finish()
    failed = found[deadly.name]
    assert isinstance(failed, Failed)
    assert failed.reason is reason
    assert signal_.name in failed.detail
    assert isinstance(found["a.txt"], Extracted)


def test_a_process_that_died_idle_costs_no_try(tmp_path: Path) -> None:
    jobs = [text_job(tmp_path, f"{number}.txt") for number in range(4)]
    with ExtractionPool(settings(tmp_path), tmp_path / "texts") as extraction:
        found = []
        for each in jobs:
            found += list(extraction.run([each]))
            (process,) = extraction._processes
            os.kill(process._program.pid, signal.SIGKILL)
            process._program._program.wait()
    assert all(isinstance(outcome, Extracted) for _, outcome in found)
    assert len(found) == len(jobs)


def test_processes_are_recycled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "FILES_PER_PROCESS", 3)
    pids: set[int] = set()
    with ExtractionPool(settings(tmp_path), tmp_path / "texts") as extraction:
        jobs = [text_job(tmp_path, f"{number}.txt") for number in range(7)]
        found = []
        for each in extraction.run(jobs):
            found.append(each)
            pids |= {process._program.pid for process in extraction._processes}
    assert len(found) == 7
    assert len(pids) == 3


def test_whoever_stops_listening_hears_nothing_later(tmp_path: Path) -> None:
    with ExtractionPool(settings(tmp_path, processes=2), tmp_path / "texts") as extraction:
        run = extraction.run([text_job(tmp_path, "a.txt"), endless_job(tmp_path)])
        first, _ = next(run)
        assert first.name == "a.txt"
        run.close()  # type: ignore[attr-defined] # a generator
        found = outcomes(extraction.run([text_job(tmp_path, "b.txt")]))
    assert list(found) == ["b.txt"]


def test_an_answer_that_waited_for_a_slow_listener_is_no_timeout(tmp_path: Path) -> None:
    jobs = [text_job(tmp_path, f"{number}.txt") for number in range(2)]
    with ExtractionPool(
        settings(tmp_path, processes=2, extraction_timeout_s=2.5), tmp_path / "texts"
    ) as extraction:
        found: list[tuple[ExtractionJob, Outcome]] = []
        for each in extraction.run(jobs):
            if not found:
                time.sleep(3)
            found.append(each)
    assert [isinstance(outcome, Extracted) for _, outcome in found] == [True] * 2


def test_a_store_that_refuses_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "texts").write_text("a file where the folder should be")
    with (
        ExtractionPool(settings(tmp_path), tmp_path / "texts") as extraction,
        pytest.raises(StorageError),
    ):
        list(extraction.run([text_job(tmp_path, "a.txt")]))


def test_processes_that_cannot_start_are_an_error_not_a_loop(tmp_path: Path) -> None:
    too_small = settings(tmp_path, extraction_memory_mb=8)
    with (
        ExtractionPool(too_small, tmp_path / "texts") as extraction,
        pytest.raises(SettingsError, match="QUERY_ROOM_EXTRACTION_MEMORY_MB"),
    ):
        list(extraction.run([text_job(tmp_path, "a.txt")]))


def test_leaving_the_pool_leaves_no_process(tmp_path: Path) -> None:
    with ExtractionPool(settings(tmp_path, processes=2), tmp_path / "texts") as extraction:
        list(extraction.run([text_job(tmp_path, "a.txt"), text_job(tmp_path, "b.txt")]))
        pids = [process._program.pid for process in extraction._processes]
    assert pids
    assert not any(is_alive(pid) for pid in pids)


def test_processes_die_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    page = endless_job(tmp_path)
    program = textwrap.dedent(f"""
        import threading, time
        from pathlib import Path
        from indexer.extraction import ExtractionJob
        from indexer.extraction.pool import ExtractionPool
        from indexer.settings import IndexerSettings

        pool = ExtractionPool(
            IndexerSettings(data=Path("."), database_url="", processes=1), Path({str(tmp_path)!r})
        )
        job = ExtractionJob(path=Path({str(page.path)!r}), file_hash="0" * 64, name="a.html")
        threading.Thread(target=lambda: list(pool.run([job])), daemon=True).start()
        while not [each for each in pool._processes if each.task]:
            time.sleep(0.02)
        print(pool._processes[0]._program.pid, flush=True)
        time.sleep(600)
    """)
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert is_alive(pid)
        parent.send_signal(signal.SIGKILL)
    wait_until(lambda: not is_alive(pid))

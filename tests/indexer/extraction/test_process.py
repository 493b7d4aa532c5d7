"""The limits of a process are tried on a process: this one's would not come back."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import textwrap
import threading
from multiprocessing import Pipe
from pathlib import Path

from indexer.extraction import Extracted, ExtractionJob
from indexer.extraction.process import READY, Limits, serve
from indexer.records import FileHash
from indexer.storage.text_store import FolderTextStore

ROOT = Path(__file__).parents[3]


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_memory_is_limited() -> None:
    done = run("""
        from indexer.extraction.process import Limits
        Limits(memory_mb=300, timeout_s=1).set_memory()
        try:
            bytes(400 << 20)
        except MemoryError:
            print("refused")
    """)
    assert done.stdout.strip() == "refused"


def test_processor_time_is_limited() -> None:
    done = run("""
        import resource
        from indexer.extraction.process import Limits
        limits = Limits(memory_mb=300, timeout_s=1)
        limits.set_time()
        first, _ = resource.getrlimit(resource.RLIMIT_CPU)
        for _ in range(3_000_000): pass
        limits.set_time()
        print(0 < first < 60, resource.getrlimit(resource.RLIMIT_CPU)[0] >= first)
    """)
    assert done.stdout.split() == ["True", "True"]


def test_where_not_even_the_answer_fits_it_ends_as_out_of_memory(tmp_path: Path) -> None:
    done = run(f"""
        from pathlib import Path
        from indexer.extraction import ExtractionJob
        from indexer.extraction.process import Limits, serve

        class Full:
            def recv(self):
                return ExtractionJob(path=Path("gone"), file_hash="0" * 64, name="gone")

            def send(self, message):
                if message != "ready":
                    raise MemoryError

        serve(Full(), Path({str(tmp_path)!r}), Limits(memory_mb=3000, timeout_s=1))
    """)
    assert done.returncode == -signal.SIGKILL


def test_it_serves_jobs_until_the_pipe_closes(tmp_path: Path) -> None:
    class NoLimits(Limits):
        def set_memory(self) -> None:
            """Not in the process of the tests."""

        def set_time(self) -> None:
            """Nor this."""

    path = tmp_path / "a.txt"
    path.write_text("关于低保的通知")
    digest = FileHash(hashlib.sha256(path.read_bytes()).hexdigest())
    ours, theirs = Pipe()
    limits = NoLimits(memory_mb=1, timeout_s=1)
    server = threading.Thread(target=serve, args=(theirs, tmp_path / "texts", limits))
    server.start()
    assert ours.recv() == READY
    ours.send(ExtractionJob(path=path, file_hash=digest, name="a.txt"))
    outcome = ours.recv()
    assert isinstance(outcome, Extracted)
    assert FolderTextStore(tmp_path / "texts").page(digest, "text/1", 1) == "关于低保的通知"
    ours.close()
    server.join(30)
    assert not server.is_alive()


def test_as_a_program_it_ends_with_its_parent(tmp_path: Path) -> None:
    ours, theirs = Pipe()
    with theirs:
        program = subprocess.Popen(
            [
                sys.executable, "-m", "indexer.extraction.process",
                str(theirs.fileno()), str(tmp_path), "2048", "5",
            ],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            pass_fds=[theirs.fileno()],
        )  # fmt: skip
    with program, ours:
        assert ours.poll(60)
        assert ours.recv() == READY
        assert program.stdin is not None
        # What the kernel does when the parent is killed; the pipe of jobs stays open.
        program.stdin.close()
        assert program.wait(60) == 1

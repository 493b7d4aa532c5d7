"""The limits of a process are tried on a process: this one's would not come back."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import threading
from multiprocessing import Pipe
from pathlib import Path

from indexer.confinement import Confinement
from indexer.processes.serving import READY, Limits, serve

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
        from indexer.processes.serving import Limits
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
        from indexer.processes.serving import Limits
        limits = Limits(memory_mb=300, timeout_s=1)
        limits.set_time()
        first, _ = resource.getrlimit(resource.RLIMIT_CPU)
        for _ in range(3_000_000): pass
        limits.set_time()
        print(0 < first < 60, resource.getrlimit(resource.RLIMIT_CPU)[0] >= first)
    """)
    assert done.stdout.split() == ["True", "True"]


def test_where_not_even_the_answer_fits_it_ends_as_out_of_memory() -> None:
    done = run("""
        from indexer.processes.serving import Limits, serve

        class Full:
            def recv(self):
                return "job"

            def send(self, message):
                if message != "ready":
                    raise MemoryError

        serve(Full(), Limits(memory_mb=3000, timeout_s=1), lambda: str.upper)
    """)
    assert done.returncode == -signal.SIGKILL


def test_it_serves_jobs_until_the_pipe_closes() -> None:
    class NoLimits(Limits):
        def set_memory(self) -> None:
            """Not in the process of the tests."""

        def set_time(self) -> None:
            """Nor this."""

    ours, theirs = Pipe()
    limits = NoLimits(memory_mb=1, timeout_s=1)
    server = threading.Thread(target=serve, args=(theirs, limits, lambda: str.upper))
    server.start()
    assert ours.recv() == READY
    ours.send("job")
    assert ours.recv() == "JOB"
    ours.close()
    server.join(30)
    assert not server.is_alive()


def test_as_a_program_it_ends_with_its_parent() -> None:
    program_text = """
        import sys
        from indexer.processes.serving import Limits, run
        run(sys.argv[1], Limits(memory_mb=2048, timeout_s=5), lambda: str.upper)
    """
    ours, theirs = Pipe()
    with theirs:
        program = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(program_text), str(theirs.fileno())],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            pass_fds=[theirs.fileno()],
        )
    with program, ours:
        assert ours.poll(60)
        assert isinstance(ours.recv(), Confinement)
        assert ours.recv() == READY
        assert program.stdin is not None
        # What the kernel does when the parent is killed; the pipe of jobs stays open.
        program.stdin.close()
        assert program.wait(60) == 1

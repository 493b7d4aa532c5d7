"""One extraction process: it takes jobs from its pipe until the pipe closes.

Started by :mod:`~indexer.extraction.pool` as a program of its own, so that nothing of the program
that runs the pool is loaded, copied or locked in it. It limits itself before it reads any file.
"""

from __future__ import annotations

import logging
import math
import os
import resource
import signal
import sys
import threading
import time
import warnings
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Final

from indexer.errors import StorageError

if TYPE_CHECKING:
    from indexer.extraction import ExtractionJob, Outcome

READY: Final = "ready"
"""The first message of a process: it has loaded everything and takes jobs."""

_CPU_GRACE_S: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a process may use.

    Attributes:
        memory_mb: Address space.
        timeout_s: Wall time for one file. The pool keeps it; here it bounds the processor time, so
            that a process that outlives its parent inside a library ends all the same.
    """

    memory_mb: int
    timeout_s: float

    def set_memory(self) -> None:
        """Limit the address space of this process; a larger need raises ``MemoryError``."""
        memory = self.memory_mb << 20
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def set_time(self) -> None:
        """Limit the processor time up to the end of the next file."""
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        seconds = math.ceil(time.process_time() + 2 * self.timeout_s) + _CPU_GRACE_S
        if hard != resource.RLIM_INFINITY:
            seconds = min(seconds, hard)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))


def serve(pipe: Connection, store_root: Path, limits: Limits) -> None:
    """Take jobs and answer each with its outcome, or with the error that stops the batch."""
    limits.set_memory()
    from indexer.extraction.guarded import extract  # noqa: PLC0415 - the libraries count, too
    from indexer.storage.text_store import FolderTextStore  # noqa: PLC0415

    store = FolderTextStore(store_root)
    pipe.send(READY)
    while True:
        try:
            job: ExtractionJob = pipe.recv()
            limits.set_time()
            answer: Outcome | StorageError
            try:
                answer = extract(job, store)
            except StorageError as error:
                answer = error
            pipe.send(answer)
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return  # the pool is gone
        except MemoryError:
            # What was read still fills the memory, and not even the answer fits. It ends as the
            # kernel ends who takes too much, which the pool understands.
            os.kill(os.getpid(), signal.SIGKILL)


def main(arguments: list[str]) -> None:
    """Run as a program: ``pipe descriptor, text store, memory in MB, timeout in seconds``."""
    descriptor, store_root, memory_mb, timeout_s = arguments
    # What libraries say about hostile files belongs into no log.
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    threading.Thread(target=_end_with_parent, daemon=True).start()
    serve(
        Connection(int(descriptor)),
        Path(store_root),
        Limits(memory_mb=int(memory_mb), timeout_s=float(timeout_s)),
    )


def _end_with_parent() -> None:
    """Standard input is a pipe that nobody writes to: it ends when the parent does."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])

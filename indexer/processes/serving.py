"""What runs inside a limited program: it takes jobs from its pipe until the pipe closes.

Nothing of the program that runs the pool is loaded, copied or locked in it. It limits and confines
itself before it loads any library that reads files.
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
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Final

from indexer.confinement import NO_NETWORK
from indexer.confinement.confining import confine
from indexer.errors import ConfinementError

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.confinement import Confinement, Fence

READY: Final = "ready"
"""The first message of a process: it has loaded everything and takes jobs."""

MAX_FILE_MB: Final = 2048
"""No process writes a larger file, unless that is what it is there for."""

_CPU_GRACE_S: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a process may use.

    Attributes:
        memory_mb: Address space.
        timeout_s: Wall time for one job. The pool keeps it; here it bounds the processor time, so
            that a process that outlives its parent inside a library ends all the same.
        file_mb: The largest file that it may write.
    """

    memory_mb: int
    timeout_s: float
    file_mb: int = MAX_FILE_MB

    def set_memory(self) -> None:
        """Limit the address space and what is written; more memory raises ``MemoryError``."""
        memory = self.memory_mb << 20
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        output = self.file_mb << 20
        resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))

    def set_time(self) -> None:
        """Limit the processor time up to the end of the next job."""
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        seconds = math.ceil(time.process_time() + 2 * self.timeout_s) + _CPU_GRACE_S
        if hard != resource.RLIM_INFINITY:
            seconds = min(seconds, hard)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))


def serve(
    pipe: Connection[Any, Any],
    limits: Limits,
    load: Callable[[], Callable[[Any], Any]],
    confinement: Confinement | None = None,
) -> None:
    """Take jobs and answer each.

    Args:
        pipe: To the pool.
        limits: Of this process.
        load: Loads the libraries, within the limits, and gives what answers a job.
        confinement: What holds this process; said before it is ready.
    """
    limits.set_memory()
    answer = load()
    if confinement is not None:
        pipe.send(confinement)
    pipe.send(READY)
    while True:
        try:
            job = pipe.recv()
            limits.set_time()
            pipe.send(answer(job))
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return  # the pool is gone
        except MemoryError:
            # What was read still fills the memory, and not even the answer fits. It ends as the
            # kernel ends who takes too much, which the pool understands.
            os.kill(os.getpid(), signal.SIGKILL)


def run(
    descriptor: str,
    limits: Limits,
    load: Callable[[], Callable[[Any], Any]],
    fence: Fence = NO_NETWORK,
) -> None:
    """Serve as a program, until the pool or its process ends.

    Args:
        descriptor: Of its end of the pipe.
        limits: Of this process.
        load: See :func:`serve`.
        fence: What it may still do.
    """
    # What libraries say about hostile files belongs into no log.
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    pipe = Connection(int(descriptor))
    try:
        # Before any thread: those that are there already would not be behind the fence.
        confinement = confine(fence)
    except ConfinementError as error:
        pipe.send(error)
        return
    threading.Thread(target=_end_with_parent, daemon=True).start()
    serve(pipe, limits, load, confinement)


def _end_with_parent() -> None:
    """Standard input is a pipe that nobody writes to: it ends when the parent does."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    if os.getpgrp() == os.getpid():
        with suppress(PermissionError):  # it may start nothing, and so has started nothing
            os.killpg(0, signal.SIGKILL)
    os._exit(1)

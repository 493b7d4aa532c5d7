"""A process of its own for one file, where a program of others reads it.

Such a program may be broken into by any file, or leave something behind; nothing of it lives on to
the next. Whoever starts the process ends it, and with it all that it has started.
"""

from __future__ import annotations

import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar

from indexer.errors import ExtractionError, SettingsError
from indexer.extraction import Reason
from indexer.processes.program import described

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.processes.program import LimitedProgram

_DEATHS: Final[Mapping[int, Reason]] = {
    signal.SIGKILL: Reason.MEMORY,
    signal.SIGXCPU: Reason.TIMEOUT,
}

Answer = TypeVar("Answer")


def answer_to(
    job: object, program: LimitedProgram, kind: type[Answer], *, seconds: float, what: str
) -> Answer:
    """What a process says of the one job that it is there for.

    Args:
        job: The job.
        program: The process, just started.
        kind: What it may say.
        seconds: How long it may take, from when it is ready.
        what: What it does, in words for the archivist.

    Raises:
        SettingsError: It does not start.
        ConfinementError: It is not held as it must be.
        ExtractionError: It takes too long, or dies.
    """
    if not program.is_ready():
        raise SettingsError(f"the process that {what} does not start")
    with suppress(BrokenPipeError, ConnectionResetError):  # it has died, and that is heard
        program.pipe.send(job)
    if not program.pipe.poll(seconds):
        raise ExtractionError(Reason.TIMEOUT, f"{seconds:.0f} s")
    answer: Answer | None = program.receive(kind)
    if answer is None:
        code = program.ended_with()
        reason = _DEATHS.get(-code, Reason.INTERNAL)
        raise ExtractionError(reason, f"the process that {what} {described(code)}")
    return answer

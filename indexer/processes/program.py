"""One limited program as those see it who give it jobs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing import Pipe
from typing import TYPE_CHECKING, Any, Final

from indexer.confinement import Confinement, Demand
from indexer.errors import ConfinementError
from indexer.processes.answers import NoAnswerError, received

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

START_S: Final = 120.0
"""How long a program may take until it says that it is ready."""

_LAST_BREATH_S: Final = 5.0
_PAUSE_S: Final = 0.01
# The rest of the environment holds secrets that no reader of hostile files needs.
_ENVIRONMENT: Final = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "TMPDIR")


class LimitedProgram:
    """A module run as a program of its own, with a pipe to it.

    Args:
        module: Its name; it calls :func:`~indexer.processes.serving.run`.
        arguments: What it is told, after the descriptor of its end of the pipe.
        demand: What must hold it.
    """

    def __init__(self, module: str, *arguments: str, demand: Demand) -> None:
        self._demand = demand
        self.confinement: Confinement | None = None
        """What holds it, since it said that it is ready."""
        self.pipe: Connection[Any, Any]
        self.pipe, theirs = Pipe()
        with theirs:
            self._program = subprocess.Popen(
                [
                    # -P: whoever imports a folder from inside it must not import its modules.
                    sys.executable, "-P", "-W", "ignore", "-m", module,
                    str(theirs.fileno()), *arguments,
                ],
                pass_fds=[theirs.fileno()],
                # Ends when this process does, however it ends.
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                # Ctrl-C is for the program that runs the pool; it decides.
                start_new_session=True,
            )  # fmt: skip

    @property
    def pid(self) -> int:
        """Its number on this machine."""
        return self._program.pid

    def is_ready(self) -> bool:
        """Whether it says in time that it takes jobs.

        Raises:
            ConfinementError: It is not held as it must be, and was ended.
        """
        try:
            return self.pipe.poll(START_S) and self.receive(str) is not None
        except ConfinementError:
            self.end()
            raise

    def receive(self, *kinds: type) -> Any:  # noqa: ANN401 - whatever this program says
        """Its next message, or ``None`` where it died.

        Args:
            kinds: What it may say; anything if none is given.

        Raises:
            ConfinementError: It is not held as it must be, and reads nothing.
        """
        try:
            message = received(self.pipe)
            if isinstance(message, Confinement):
                self.confinement = message
                if not message.meets(self._demand):
                    layers = ", ".join(sorted(message.layers))
                    raise ConfinementError(f"this machine keeps such processes by {layers} alone")
                # The next one follows at once.
                message = received(self.pipe)
            if kinds and not isinstance(message, (*kinds, ConfinementError)):
                raise NoAnswerError(type(message).__name__)  # noqa: TRY301 - as where it is read
        except (EOFError, OSError):
            return None
        except NoAnswerError:
            # No program of ours speaks like that any more.
            self._program.send_signal(signal.SIGTERM)
            return None
        if isinstance(message, ConfinementError):
            raise message
        return message

    def end(self) -> None:
        """Kill it and what it has started, whatever they do."""
        self._end_group()
        self._close()

    def ended_with(self) -> int:
        """The code that it ended with by itself; the number of a signal is negative."""
        deadline = time.monotonic() + _LAST_BREATH_S
        while not self._has_ended() and time.monotonic() < deadline:
            time.sleep(_PAUSE_S)
        self._end_group()
        code = self._program.wait()
        self._close()
        return code

    def _has_ended(self) -> bool:
        """Whether it has, without taking note of it: until then its number stays its own."""
        if self._program.returncode is not None:
            return True
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None

    def _end_group(self) -> None:
        """Kill what it has started, and itself; what it has started may outlive it."""
        if self._program.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)

    def _close(self) -> None:
        self.pipe.close()
        if self._program.stdin:
            self._program.stdin.close()
        self._program.wait()


def described(code: int) -> str:
    """What a code says, in words for the archivist."""
    if code >= 0:
        return f"ended with code {code}"
    return f"was ended by {signal.Signals(-code).name}"


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

"""Serve the room; worker, importer and recogniser are processes of their own beside it."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, Final

import structlog
from waitress import create_server

from indexer.analysis import lexicon
from indexer.recognition.rapid import is_installed
from query_room.app import create_app
from query_room.letters import LetterError
from query_room.notices import SenderThread
from query_room.settings import MEBIBYTE

if TYPE_CHECKING:
    from query_room.room import Room

THREADS: Final = 8
_BACK_OFF_S: Final = (1.0, 2.0, 5.0, 15.0)
_PATIENCE_S: Final = 20.0
_log = structlog.get_logger(__name__)


class CommandSupervisor:
    """Keeps one command of ours running; one that dies is started again, later each time.

    Args:
        command: Which, e.g. ``worker``. It ends when the process named by ``--parent`` does.
    """

    def __init__(self, command: str) -> None:
        self._command = command
        self._stop = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(
            target=self._watch, name=f"{command}-supervisor", daemon=True
        )

    def start(self) -> None:
        """Start the command and watch it."""
        self._thread.start()

    def stop(self) -> None:
        """Let the command end its step and go."""
        self.tell()
        if not self._thread.is_alive():
            return
        if self._process is not None and self._process.poll() is None:
            try:
                self._process.wait(_PATIENCE_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._thread.join(_PATIENCE_S)

    def tell(self) -> None:
        """Tell the command to go, without waiting for it."""
        self._stop.set()
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def _watch(self) -> None:
        deaths = 0
        while not self._stop.is_set():
            self._process = subprocess.Popen(
                [sys.executable, "-m", "query_room", self._command, "--parent", str(os.getpid())],
                # Ctrl+C reaches every process of the terminal's group: it is told to stop
                # by us alone, who know whether it is ready to listen.
                process_group=0,
            )
            if self._stop.is_set():
                # Told to stop while it was being started: nobody else knows of it.
                self._process.terminate()
            code = self._process.wait()
            if self._stop.is_set():
                return
            pause = _BACK_OFF_S[min(deaths, len(_BACK_OFF_S) - 1)]
            deaths += 1
            _log.warning(f"{self._command}_ended", code=code, again_in_s=pause)
            self._stop.wait(pause)


def _trust(proxy: str) -> dict[str, Any]:
    """What waitress believes of who asks: the proxy named by the operator, and nobody else."""
    if not proxy:
        # Kept as a sign that somebody stands between; nothing reads who they say it is.
        return {"clear_untrusted_proxy_headers": False}
    return {
        "trusted_proxy": proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "clear_untrusted_proxy_headers": True,
    }


def _load_for_good() -> None:
    """Load the word lists, and keep what stays for good out of every collection of garbage.

    To look through some 400,000 objects that are no garbage holds up whoever asks in that
    moment for a quarter of a second.
    """
    lexicon.load()
    gc.collect()
    gc.freeze()


def serve(room: Room) -> None:
    """Answer on the room's address until told to stop.

    Raises:
        LetterError: A template that the office put in place is broken: better found now than
            when a letter is due.
    """
    for problem in room.letters.problems():
        raise LetterError(problem.template, problem.detail)
    room.search.sweep_pictures()
    settings = room.settings
    server = create_server(
        create_app(room),
        host=settings.host,
        port=settings.port,
        threads=THREADS,
        # Received before anybody is asked who they are: no more than somebody may send.
        max_request_body_size=(settings.upload_mb + 1) * MEBIBYTE,
        **_trust(settings.proxy),
    )
    sender = SenderThread(
        room.engine, room.vault, settings.mail, gather=room.requests.warnings.warn
    )
    supervisors = [CommandSupervisor("worker"), CommandSupervisor("import-worker")]
    if settings.indexer.recognition and is_installed():
        supervisors.append(CommandSupervisor("recognize"))

    is_told = is_serving = False

    def stop(*_: object) -> None:
        # Thrown into the start of a thread, or into their end, it would leave one half done:
        # there it is only remembered.
        nonlocal is_told
        is_told = True
        if is_serving:
            raise SystemExit

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    _log.info("serving", address=f"http://{settings.host}:{settings.port}", process=os.getpid())
    try:
        for supervisor in supervisors:
            supervisor.start()
        sender.start()
        threading.Thread(target=_load_for_good, name="lexicon", daemon=True).start()
        is_serving = True
        if not is_told:
            server.run()
    finally:
        is_serving = False
        server.close()
        for supervisor in supervisors:
            supervisor.tell()
        for supervisor in supervisors:
            supervisor.stop()
        sender.stop()

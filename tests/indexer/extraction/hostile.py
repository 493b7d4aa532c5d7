"""An extraction process whose reader of text has been broken into: each file says what it tries.

Run as a program in place of the real one: the same limits, the same fence, the same pipe. What a
try came to is the page's text.
"""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from indexer.confinement import Work
from indexer.copies.fingerprint import fingerprint_of
from indexer.extraction import Extracted, ExtractionJob, registry
from indexer.extraction.desk import Desk
from indexer.extraction.kinds import TEXT
from indexer.extraction.process import extractor_into
from indexer.official import ParsedDocument
from indexer.processes.serving import Limits, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MODULE: Final = __name__
REFUSED: Final = "refused"
DONE: Final = "done"

_PASSED_OVER: Final = {errno.EPERM, errno.EACCES, errno.ENOSYS}


def by_library(name: str, *arguments: object) -> str:
    """A function of the C library, which no hook of Python sees."""
    libc = ctypes.CDLL(None, use_errno=True)
    result = getattr(libc, name)(*arguments)
    if result == -1 and ctypes.get_errno() in _PASSED_OVER:
        return REFUSED
    if name in {"fork", "vfork"} and result == 0:
        os._exit(0)
    return f"{DONE} {result} {os.strerror(ctypes.get_errno())}"


def by_python(attempt: Callable[[], object]) -> str:
    try:
        return f"{DONE} {attempt()!r}"
    except PermissionError:
        return REFUSED


def once(mark: Path, act: Callable[[], object]) -> str:
    """Something that happens to the first process and not to the next."""
    if not mark.exists():
        mark.touch()
        act()
    return DONE


class _Call:
    """A value that would run a command where it is read."""

    def __init__(self, command: str) -> None:
        self._command = command

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, (self._command,)


def attempt(what: str, argument: str, results: Path) -> str:  # noqa: C901, PLR0911, PLR0912 - a list
    match what:
        case "socket":
            return by_library("socket", int(argument), 1, 0)
        case "python socket":
            return by_python(lambda: socket.create_connection(("127.0.0.1", int(argument)), 5))
        case "resolve":
            return by_python(lambda: socket.getaddrinfo(argument, 80))
        case "io_uring":
            return by_library("syscall", 425, 8, ctypes.create_string_buffer(256))
        case "fork" | "vfork":
            return by_library(what)
        case "exec":
            words = (ctypes.c_char_p * 2)(argument.encode(), None)
            return by_library("execve", argument.encode(), words, None)
        case "program":
            return by_python(lambda: subprocess.run([argument], check=False))
        case "read":
            return by_library("open", argument.encode(), os.O_RDONLY)
        case "python read":
            return by_python(lambda: Path(argument).read_bytes())
        case "write":
            return by_library("open", argument.encode(), os.O_WRONLY | os.O_CREAT, 0o600)
        case "python write":
            return by_python(lambda: Path(argument).write_bytes(b"spoilt"))
        case "spoil the file":
            return by_library("open", argument.encode(), os.O_WRONLY)
        case "link":
            return by_library("symlink", argument.encode(), bytes(results / "link"))
        case "signal":
            return by_library("kill", int(argument), 0)
        case "signal itself":
            return by_library("kill", os.getpid(), 0)
        case "trace":
            return by_library("ptrace", 16, int(argument), 0, 0)
        case "unshare":
            return by_library("unshare", 0x1000_0000)
        case "limit another":
            return by_library("prlimit", int(argument), 7, ctypes.create_string_buffer(16), None)
        case "thread":
            return threads()
        case "environment":
            return ", ".join(sorted(os.environ))
        case "property":
            return str(ctypes.CDLL(None).prctl(int(argument), 0, 0, 0, 0))
        case "large file":
            return by_python(lambda: too_large(results / "large"))
        case "memory":
            return str(len([mmap.mmap(-1, 64 << 20) for _ in range(1000)]))
        case "spin":
            return str(re.match(r"(a*)*b", "a" * 64))
        case "killed once":
            return once(results / "mark", lambda: os.kill(os.getpid(), signal.SIGKILL))
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "crash":
            ctypes.string_at(0)
        case "leave":
            os._exit(int(argument))
    return f"unknown attempt {what}"


def too_large(path: Path) -> int:
    with path.open("wb") as file:
        try:
            file.truncate(64 << 30)
        except OSError as error:
            return error.errno or 0
    return 0


def threads() -> str:
    import threading  # noqa: PLC0415 - only here

    said: list[str] = []
    thread = threading.Thread(target=lambda: said.append(DONE))
    thread.start()
    thread.join()
    return "".join(said)


class HostileExtractor:
    name: Final = "text/1"

    def __init__(self, results: Path) -> None:
        self._results = results

    def pages(self, path: Path) -> Iterator[str]:
        what, _, argument = path.read_text("utf-8").partition(": ")
        yield attempt(what, argument, self._results)


def answering(results: Path) -> Callable[[ExtractionJob], object]:
    registry.EXTRACTORS[TEXT] = HostileExtractor(results)  # type: ignore[index] # nobody else may
    extract = extractor_into(results)

    def answer(job: ExtractionJob) -> object:
        what, _, argument = job.path.read_text("utf-8").partition(": ")
        match what:
            case "answer with a call":
                return _Call(argument)
            case "answer with a word":
                return {"no": "outcome"}
            case "answer at length":
                return "x" * (80 << 20)
            case "claim":
                return Extracted(
                    media_type=TEXT,
                    extractor=argument,
                    page_count=1,
                    char_count=1,
                    parsed=ParsedDocument(),
                    fingerprint=fingerprint_of([argument]),
                )
        return extract(job)

    return answer


def main(arguments: list[str]) -> None:
    descriptor, root, memory_mb, timeout_s = arguments
    desk = Desk(Path(root))
    limits = Limits(memory_mb=int(memory_mb), timeout_s=float(timeout_s))
    run(descriptor, limits, lambda: answering(desk.results), desk.fence(Work.READ))


if __name__ == "__main__":
    main(sys.argv[1:])

"""Where a RAR archive is unpacked: a process of its own for each, killed with all it started."""

from __future__ import annotations

import shutil
import signal
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from indexer.containers.budget import MIB
from indexer.containers.rar import RarFound
from indexer.containers.unar import CONTENT, RarJob
from indexer.errors import SettingsError
from indexer.extraction import Reason
from indexer.extraction.desk import Desk
from indexer.processes.program import START_S, LimitedProgram, described

if TYPE_CHECKING:
    from indexer.containers.rar import RarWanted

_MODULE: Final = "indexer.containers.unar_process"
_FOR_LISTING_MB: Final = 256
_DEATHS: Final[dict[int, Reason]] = {
    signal.SIGKILL: Reason.MEMORY,
    signal.SIGXCPU: Reason.TIMEOUT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RarLimits:
    """What unpacking one RAR archive may take.

    Attributes:
        memory_mb: Of each program.
        seconds: All together.
        output_mb: What may come out at most, whatever is asked for.
    """

    memory_mb: int
    seconds: float
    output_mb: int


def rar_found(wanted: RarWanted, workplace: Path, limits: RarLimits) -> RarFound:
    """What is in a RAR archive, or why that is not known.

    Args:
        wanted: The archive.
        workplace: Where it is unpacked; cleared away by whoever made it.
        limits: What it may take.

    Raises:
        SettingsError: The process does not start.
        ConfinementError: It is not held as it must be.
        StorageFullError: There is no space to lay the archive out.
    """
    lsar, unar = shutil.which("lsar"), shutil.which("unar")
    if lsar is None or unar is None:
        return RarFound(reason=Reason.NEEDS_TOOL, detail="unar")
    desk = Desk.made_in(workplace)
    try:
        desk.lay(Path(wanted.path))
    except OSError as error:
        return RarFound(reason=Reason.UNREADABLE, detail=error.strerror or type(error).__name__)
    room = max(min(wanted.room, limits.output_mb * MIB), 0)
    program = LimitedProgram(
        _MODULE,
        str(desk.root),
        lsar,
        unar,
        str(limits.memory_mb),
        str(limits.seconds),
        str(max(room // MIB + 1, _FOR_LISTING_MB)),
    )
    try:
        found = _told(program, RarJob(path=desk.file, room=room), limits.seconds)
    finally:
        program.end()
    if found.reason or not found.content:
        return replace(found, content="")
    # Whoever wrote it is gone. A link would lead whoever reads it to another file.
    content = desk.results / CONTENT
    if content.is_symlink() or not content.is_file():
        return RarFound(reason=Reason.INTERNAL, detail="nothing was unpacked")
    return replace(found, content=str(content))


def _told(program: LimitedProgram, job: RarJob, seconds: float) -> RarFound:
    if not program.pipe.poll(START_S) or program.receive(str) is None:
        raise SettingsError("the process that opens RAR archives does not start")
    with suppress(BrokenPipeError, ConnectionResetError):  # it has died, and that is heard
        program.pipe.send(job)
    if not program.pipe.poll(seconds):
        return RarFound(reason=Reason.TIMEOUT, detail=f"{seconds:.0f} s")
    found: RarFound | None = program.receive(RarFound)
    if found is None:
        code = program.ended_with()
        reason = _DEATHS.get(-code, Reason.INTERNAL)
        return RarFound(reason=reason, detail=f"the process that opens RAR {described(code)}")
    return found

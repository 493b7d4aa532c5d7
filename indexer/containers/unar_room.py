"""Where a RAR archive is unpacked: a process of its own for each, killed with all it started."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from indexer.containers.budget import MIB
from indexer.containers.rar_messages import RarFound
from indexer.containers.unar import CONTENT, RarJob
from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.desk import Desk
from indexer.extraction.one_job import answer_to
from indexer.processes.program import LimitedProgram

if TYPE_CHECKING:
    from indexer.confinement import Demand
    from indexer.containers.rar_messages import RarWanted

_MODULE: Final = "indexer.containers.unar_process"
_FOR_LISTING_MB: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class RarLimits:
    """What unpacking one RAR archive may take.

    Attributes:
        memory_mb: Of each program.
        seconds: All together.
        output_mb: What may come out at most, whatever is asked for.
        demand: What must hold the process.
    """

    memory_mb: int
    seconds: float
    output_mb: int
    demand: Demand


def rar_programs() -> tuple[str | None, str | None]:
    """The paths of the program that lists and of the one that unpacks, where they are."""
    return shutil.which("lsar"), shutil.which("unar")


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
    lsar, unar = rar_programs()
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
        demand=limits.demand,
    )
    job = RarJob(path=desk.file, room=room)
    try:
        found = answer_to(job, program, RarFound, seconds=limits.seconds, what="opens RAR archives")
    except ExtractionError as error:
        return RarFound(reason=error.reason, detail=error.detail)
    finally:
        program.end()
    if found.reason or not found.content:
        return replace(found, content="")
    # Whoever wrote it is gone. A link would lead whoever reads it to another file.
    content = desk.results / CONTENT
    if content.is_symlink() or not content.is_file():
        return RarFound(reason=Reason.INTERNAL, detail="nothing was unpacked")
    return replace(found, content=str(content))

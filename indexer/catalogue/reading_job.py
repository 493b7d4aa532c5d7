"""What the program that reads workbooks is given, and what it may answer besides sheets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - the job is sent between programs
from typing import Final

from indexer.processes.serving import Limits

LIMITS: Final = Limits(memory_mb=2048, timeout_s=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingJob:
    """A file, and the suffix that it has or should have."""

    path: Path
    suffix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why a file has no sheets that can be read."""

    why: str

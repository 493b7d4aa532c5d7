"""A limited program, from outside: a real one, that of the extractors."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

from indexer.processes.program import LimitedProgram, described
from indexer.processes.serving import READY

if TYPE_CHECKING:
    from pathlib import Path

MODULE = "indexer.extraction.process"


def test_it_says_when_it_is_ready_and_ends_when_told(tmp_path: Path) -> None:
    program = LimitedProgram(MODULE, str(tmp_path), "2048", "5")
    assert program.receive() == READY
    program.end()
    assert program.receive() is None


def test_one_that_was_killed_says_by_what(tmp_path: Path) -> None:
    program = LimitedProgram(MODULE, str(tmp_path), "2048", "5")
    assert program.receive() == READY
    os.kill(program.pid, signal.SIGTERM)
    assert program.receive() is None
    assert described(program.ended_with()) == "was ended by SIGTERM"


def test_one_that_cannot_start_ends_with_its_code(tmp_path: Path) -> None:
    program = LimitedProgram(MODULE, str(tmp_path), "no number", "5")
    assert program.receive() is None
    assert described(program.ended_with()) == "ended with code 1"

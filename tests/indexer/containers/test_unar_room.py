"""The process that has RAR archives unpacked, when it does not do what it is there for."""

from __future__ import annotations

import shutil
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.confinement import Demand
from indexer.containers import unar_room
from indexer.containers.rar_messages import RarFound, RarWanted
from indexer.containers.unar_room import RarLimits, rar_found
from indexer.extraction import Reason
from tests.indexer.containers.rar_archives import rar5

if TYPE_CHECKING:
    from collections.abc import Callable

    Misbehaving = Callable[..., RarFound]

PROGRAM = """
import subprocess, sys
from pathlib import Path
from indexer.confinement import Work
from indexer.containers.rar_messages import RarFound
from indexer.extraction.desk import Desk
from indexer.processes.serving import Limits, run

desk = Desk(Path(sys.argv[2]))

def answer(job):
{body}

run(sys.argv[1], Limits(memory_mb=2048, timeout_s=60), lambda: answer, desk.fence(Work.RUN_TOOL))
"""


@pytest.fixture
def misbehaving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Misbehaving:
    """What is found where the process does something else, in so many seconds."""
    # They are not started.
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(unar_room, "_MODULE", "misbehaving")
    (tmp_path / "modules").mkdir()
    monkeypatch.syspath_prepend(tmp_path / "modules")
    archive = tmp_path / "a.rar"
    archive.write_bytes(rar5([("a.txt", b"A")]))

    def found(body: str, seconds: float = 60) -> RarFound:
        program = PROGRAM.format(body=textwrap.indent(textwrap.dedent(body), "    "))
        (tmp_path / "modules" / "misbehaving.py").write_text(program, "utf-8")
        limits = RarLimits(memory_mb=2048, seconds=seconds, output_mb=1, demand=Demand.AUTO)
        return rar_found(RarWanted(path=str(archive), room=1 << 20), tmp_path, limits)

    return found


def test_one_that_hangs_is_ended_with_what_it_has_started(
    tmp_path: Path, misbehaving: Misbehaving
) -> None:
    found = misbehaving(
        """
        program = subprocess.Popen(["/usr/bin/sleep", "600"])
        (desk.results / "pid").write_text(str(program.pid))
        program.wait()
        """,
        2,
    )
    assert found.reason == Reason.TIMEOUT
    (written,) = tmp_path.rglob("pid")
    status = Path("/proc", written.read_text(), "stat")
    # Whoever takes care of orphans may be slow to count it out.
    while status.exists() and ") Z " not in status.read_text():
        time.sleep(0.01)


def test_one_that_dies_is_told(misbehaving: Misbehaving) -> None:
    assert misbehaving("import os; os._exit(3)").reason == Reason.INTERNAL


def test_what_it_answers_leads_to_no_other_file(tmp_path: Path, misbehaving: Misbehaving) -> None:
    (tmp_path / "secret").write_text("secret")
    body = f"""
        import os
        os.symlink({str(tmp_path / "secret")!r}, desk.results / "content")
        return RarFound(content="content")
        """
    assert misbehaving(body) == RarFound(reason=Reason.INTERNAL, detail="nothing was unpacked")
    named = misbehaving(f"""
        (desk.results / "content").touch()
        return RarFound(content={str(tmp_path / "secret")!r})
        """)
    assert named.content.endswith("/out/content")

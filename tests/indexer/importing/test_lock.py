from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.errors import ImportRunningError
from indexer.importing.lock import import_holder, import_lock

HOLD = """
import sys
from pathlib import Path
from indexer.importing.lock import import_lock
with import_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_import_is_told_who_runs_the_first(tmp_path: Path) -> None:
    with import_lock(tmp_path), pytest.raises(ImportRunningError, match=str(os.getpid())):
        import_lock(tmp_path).__enter__()
    with import_lock(tmp_path):
        pass


def test_the_lock_of_a_killed_import_is_free(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        held_by = import_holder(tmp_path)
        assert held_by is not None
        assert held_by.process == process.pid
        with pytest.raises(ImportRunningError, match=str(process.pid)):
            import_lock(tmp_path).__enter__()
        process.kill()
        process.wait()
    assert import_holder(tmp_path) is None
    with import_lock(tmp_path):
        pass

from __future__ import annotations

import json
import os
import socket
from typing import TYPE_CHECKING

import pytest

from indexer.database import utc_now
from indexer.errors import WriterLockedError
from indexer.indexing.lock import holder, last_step, note_step, writer_lock

if TYPE_CHECKING:
    from pathlib import Path


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    with (
        writer_lock(tmp_path),
        pytest.raises(WriterLockedError, match=f"process {os.getpid()} on"),
        writer_lock(tmp_path),
    ):
        pytest.fail("two writers at once")


def test_the_lock_is_free_again_when_the_writer_ends(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writer_lock(tmp_path):
        _ = 1 // 0
    with writer_lock(tmp_path):
        assert (tmp_path / "writer.lock").exists()


def test_a_holder_that_has_not_said_its_name_is_another_process(tmp_path: Path) -> None:
    with writer_lock(tmp_path):
        (tmp_path / "writer.lock").write_text("", "utf-8")
        with pytest.raises(WriterLockedError, match="another process"), writer_lock(tmp_path):
            pytest.fail("two writers at once")


def test_others_see_when_the_writer_last_made_a_step(tmp_path: Path) -> None:
    assert last_step(tmp_path) is None
    with writer_lock(tmp_path):
        os.utime(tmp_path / "writer.lock", (0, 0))
        note_step(tmp_path)
    seen = last_step(tmp_path)
    assert seen is not None
    assert abs((utc_now() - seen).total_seconds()) < 60


def test_looking_does_not_keep_a_writer_from_starting(tmp_path: Path) -> None:
    with writer_lock(tmp_path):
        assert last_step(tmp_path) is not None
    with writer_lock(tmp_path):
        assert last_step(tmp_path) is not None


def test_a_step_that_cannot_be_noted_is_made_all_the_same(tmp_path: Path) -> None:
    note_step(tmp_path / "gone")
    assert last_step(tmp_path / "gone") is None


def test_anybody_can_ask_who_holds_it(tmp_path: Path) -> None:
    assert holder(tmp_path) is None
    with writer_lock(tmp_path):
        held_by = holder(tmp_path)
        assert held_by is not None
        assert (held_by.process, held_by.host) == (os.getpid(), socket.gethostname())
        assert abs((utc_now() - held_by.since).total_seconds()) < 60
    assert holder(tmp_path) is None  # though this process lives on


def test_a_process_that_is_gone_holds_nothing_here(tmp_path: Path) -> None:
    said = {
        "process": 2**31 - 1,
        "host": socket.gethostname(),
        "command": "worker",
        "since": utc_now().isoformat(),
    }
    (tmp_path / "writer.lock").write_text(json.dumps(said), "utf-8")
    assert holder(tmp_path) is None
    elsewhere = {**said, "host": "another-machine"}
    (tmp_path / "writer.lock").write_text(json.dumps(elsewhere), "utf-8")
    held_by = holder(tmp_path)
    assert held_by is not None
    assert held_by.host == "another-machine"


@pytest.mark.parametrize("said", ["", "{", "[]", '{"process": "x"}', '{"process": 1}'])
def test_a_lock_that_says_nothing_usable_names_nobody(tmp_path: Path, said: str) -> None:
    (tmp_path / "writer.lock").write_text(said, "utf-8")
    assert holder(tmp_path) is None

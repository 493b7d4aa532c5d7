from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from indexer.errors import WriterLockedError
from indexer.indexing.lock import writer_lock

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

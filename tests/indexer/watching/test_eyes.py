from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from indexer.watching import eyes
from indexer.watching.eyes import Eyes, is_remote

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def until(condition: Callable[[], bool]) -> None:
    """Wait for something that another thread brings about."""
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("it did not come about")


@pytest.mark.parametrize("polling", [False, True])
def test_what_happens_is_told_with_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, polling: bool
) -> None:
    monkeypatch.setattr(eyes, "POLL_S", 0.1)
    folder = tmp_path.resolve() / "papers"
    (folder / "旧").mkdir(parents=True)
    (folder / "旧" / "a.txt").write_text("a")
    told: set[str] = set()
    watching = Eyes(folder, told.add, polling=polling)
    try:
        assert watching.is_polling is polling
        assert watching.is_open
        gbk = os.fsdecode("低保.txt".encode("gb18030"))
        (folder / "新.txt").write_text("新")
        (folder / gbk).write_text("低保")
        (folder / "旧").rename(folder / "改名")
        until(lambda: {"新.txt", "改名"} <= told)
        until(lambda: any("\\x" in each for each in told))
        (folder / "新.txt").unlink()
        told.clear()
        (folder / "改名" / "b.txt").write_text("b")
        until(lambda: "改名/b.txt" in told)
        folder.rename(tmp_path / "away")
        until(lambda: not watching.is_open)
    finally:
        watching.close()


def test_a_folder_that_was_put_there_anew_is_another_one(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    watching = Eyes(folder, lambda _: None, polling=False)
    folder.rename(tmp_path / "away")
    folder.mkdir()
    assert not watching.is_open
    watching.close()
    watching.close()


def test_a_kernel_that_watches_no_more_is_polled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Refusing:
        def schedule(self, *_: object, **__: object) -> None:
            raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(eyes, "Observer", Refusing)
    watching = Eyes(tmp_path, lambda _: None, polling=False)
    assert watching.is_polling
    assert watching.is_open
    watching.close()


def test_shares_are_known_by_their_file_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    share = tmp_path / "share x"
    mounts.write_text(
        f"/dev/sda1 / ext4 rw 0 0\n//nas/x {str(share).replace(' ', chr(92) + '040')} cifs rw 0 0\n"
        f"tmpfs {share}/local tmpfs rw 0 0\nodd\n".replace("share x/local", "share\\040x/local")
    )
    monkeypatch.setattr(eyes, "_MOUNTS", mounts)
    assert is_remote(share / "2008")
    assert not is_remote(share / "local" / "a")
    assert not is_remote(tmp_path)
    monkeypatch.setattr(eyes, "_MOUNTS", tmp_path / "nothing")
    assert not is_remote(share)

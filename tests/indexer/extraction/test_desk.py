from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from indexer.confinement import Work
from indexer.errors import StorageError, StorageFullError
from indexer.extraction.desk import Desk
from indexer.records import FileHash
from indexer.storage.text_store import FolderTextStore

if TYPE_CHECKING:
    from pathlib import Path

HASH = FileHash("ab" * 32)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.made_in(tmp_path / "texts")


def test_one_file_lies_on_it_at_a_time(desk: Desk, tmp_path: Path) -> None:
    for text in ("one", "two"):
        (tmp_path / text).write_text(text)
        desk.lay(tmp_path / text)
        assert desk.file.read_text() == text
        assert list(desk.file.parent.iterdir()) == [desk.file]
    desk.clear()
    assert not desk.file.exists()
    assert (tmp_path / "one").read_text() == "one"


def test_a_file_that_cannot_be_linked_is_copied(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"x" * 3_000_000)

    def refuse(*_: object) -> None:
        raise OSError(errno.EXDEV, "another disk")

    monkeypatch.setattr(os, "link", refuse)
    desk.lay(tmp_path / "a")
    assert desk.file.read_bytes() == b"x" * 3_000_000
    assert desk.file.stat().st_nlink == 1


def test_a_link_leads_to_the_file_itself(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("通知")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    desk.lay(tmp_path / "link")
    assert not desk.file.is_symlink()
    assert desk.file.read_text() == "通知"


def test_what_cannot_be_read_says_why(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        desk.lay(tmp_path / "gone")
    with pytest.raises(IsADirectoryError):
        desk.lay(tmp_path)


def test_no_space_for_a_copy_stops_the_batch(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("a")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr("shutil.copyfileobj", refuse)
    with pytest.raises(StorageFullError):
        desk.lay(tmp_path / "a")
    assert not desk.file.exists()


def test_its_text_goes_into_the_store_under_the_name_that_is_expected(
    desk: Desk, tmp_path: Path
) -> None:
    store = FolderTextStore(tmp_path / "texts")
    FolderTextStore(desk.results).put(HASH, "text/1", ["通知"])
    assert not desk.hand_over(store, FileHash("cd" * 32), "text/1")
    assert not desk.hand_over(store, HASH, "text/2")
    assert desk.hand_over(store, HASH, "text/1")
    assert store.pages(HASH, "text/1") == ("通知",)
    assert not desk.hand_over(store, HASH, "text/1"), "it was moved"


def test_a_link_is_no_text(desk: Desk, tmp_path: Path) -> None:
    store = FolderTextStore(tmp_path / "texts")
    store.put(FileHash("cd" * 32), "text/1", ["of another file"])
    secret = store.path(FileHash("cd" * 32), "text/1")
    mine = FolderTextStore(desk.results).path(HASH, "text/1")
    mine.parent.mkdir()
    for make in (mine.symlink_to, mine.hardlink_to):
        make(secret)
        assert not desk.hand_over(store, HASH, "text/1")
        mine.unlink()


def test_its_fence_leaves_it_alone(desk: Desk) -> None:
    fence = desk.fence(Work.READ)
    assert fence.readable == (desk.file.parent,)
    assert fence.writable == (desk.results,)
    assert desk.file.is_relative_to(fence.readable[0])


def test_it_goes_with_all_that_lies_on_it(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    desk.lay(tmp_path / "a")
    desk.remove()
    assert not desk.root.exists()
    desk.remove()
    # One whose program was killed is swept away with the rest.
    left = Desk.made_in(tmp_path / "texts")
    FolderTextStore(tmp_path / "texts").sweep()
    assert not left.root.exists()


def test_a_store_that_refuses(tmp_path: Path) -> None:
    (tmp_path / "texts").write_text("no folder")
    with pytest.raises(StorageError):
        Desk.made_in(tmp_path / "texts")

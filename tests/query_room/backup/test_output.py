from __future__ import annotations

import os
import resource
from typing import TYPE_CHECKING

import pytest

from indexer.errors import StorageError, StorageFullError
from query_room.backup.output import new_file, require_new
from query_room.errors import BackupRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def little_space() -> Iterator[None]:
    """No file may grow beyond 100 kB: to a program it is as a disk that is full."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, most))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def test_a_file_is_there_when_the_block_ends_and_its_owner_alone_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "name"
    with new_file(path) as file:
        file.write(b"content")
        assert not path.exists()
    assert path.read_bytes() == b"content"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), new_file(tmp_path / "name") as file:
        file.write(bytes(1 // 0))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_nothing(tmp_path: Path, little_space: None) -> None:
    del little_space
    with pytest.raises(StorageFullError), new_file(tmp_path / "name") as file:
        file.write(bytes(200_000))
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "name"
    path.write_bytes(b"mine")
    with pytest.raises(BackupRefusedError, match="file_exists"), new_file(path):
        pytest.fail("it began")
    path.unlink()
    with pytest.raises(BackupRefusedError, match="file_exists"), new_file(path):
        path.write_bytes(b"mine")
    assert path.read_bytes() == b"mine"
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BackupRefusedError):
        require_new(tmp_path / "link")
    with pytest.raises(StorageError, match="no folder"):
        require_new(tmp_path / "none" / "name")


def test_where_there_are_no_links_the_file_gets_its_name_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    with new_file(tmp_path / "name") as file:
        file.write(b"content")
    assert [path.name for path in tmp_path.iterdir()] == ["name"]


def test_what_a_killed_process_left_is_cleared_away_and_what_is_being_written_is_not(
    tmp_path: Path,
) -> None:
    left = tmp_path / ".query-room-unfinished-left"
    left.write_bytes(b"half")
    with new_file(tmp_path / "one") as one, new_file(tmp_path / "two") as two:
        assert not left.exists()
        one.write(b"1")
        two.write(b"2")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]

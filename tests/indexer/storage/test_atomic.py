from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from indexer.errors import StorageError, StorageFullError
from indexer.storage.atomic import keep, partial_file, sweep, write_atomically

if TYPE_CHECKING:
    from pathlib import Path


def files_under(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_file_is_there_whole_under_its_name(tmp_path: Path) -> None:
    path = tmp_path / "ab" / "name"
    for content in (b"first", b"second"):
        write_atomically(path, content, incoming=tmp_path / "incoming", mode=0o600)
        assert path.read_bytes() == content
    assert path.stat().st_mode & 0o777 == 0o600
    assert files_under(tmp_path) == ["name"]


def test_what_is_not_kept_is_gone(tmp_path: Path) -> None:
    with partial_file(tmp_path) as file:
        file.write(b"half")
    with pytest.raises(ZeroDivisionError), partial_file(tmp_path) as file:
        file.write(bytes(1 // 0))
    assert files_under(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "error"),
    [(errno.ENOSPC, StorageFullError), (errno.EDQUOT, StorageFullError), (errno.EIO, StorageError)],
)
def test_a_full_disk_is_told_apart_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[StorageError]
) -> None:
    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageError) as raised, partial_file(tmp_path) as file:
        keep(file, tmp_path / "name")
    assert type(raised.value) is error
    assert files_under(tmp_path) == []


def test_a_real_full_disk_is_a_storage_full_error(tmp_path: Path) -> None:
    with pytest.raises(StorageFullError), partial_file(tmp_path), open("/dev/full", "wb") as full:  # noqa: PTH123
        full.write(b"x")


def test_a_folder_that_cannot_be_made_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError), partial_file(tmp_path / "file" / "incoming"):
        pass


def test_sweeping_takes_only_what_was_never_kept(tmp_path: Path) -> None:
    (tmp_path / ".partial-x").touch()
    (tmp_path / "kept").touch()
    sweep(tmp_path)
    sweep(tmp_path / "nowhere")
    assert files_under(tmp_path) == ["kept"]

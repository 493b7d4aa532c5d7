from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from indexer.errors import ImportRefusedError
from indexer.importing.walk import walk

if TYPE_CHECKING:
    from pathlib import Path


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_files_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    touch(tmp_path, "b.txt", "a/2.txt", "a/1.txt", "a.txt", "丙/甲.txt")
    found = walk(tmp_path)
    assert [file.path for file in found.files] == [
        "a.txt",
        "b.txt",
        "a/1.txt",
        "a/2.txt",
        "丙/甲.txt",
    ]
    assert found.passed_over == 0


def test_what_is_no_archive_is_passed_over_and_counted(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt", ".hidden", "~$a.docx", "Thumbs.db", "b.tmp", ".git/config")
    touch(tmp_path, "__MACOSX/a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    found = walk(tmp_path)
    assert [file.path for file in found.files] == ["a.txt"]
    assert found.passed_over == 7


def test_links_lead_nowhere(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    inside = tmp_path / "inside"
    touch(outside, "secret.txt")
    touch(inside, "a.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "file.txt").symlink_to(outside / "secret.txt")
    (inside / "round").symlink_to(inside)
    found = walk(inside)
    assert [file.path for file in found.files] == ["a.txt"]
    assert found.passed_over == 3


def test_the_catalogue_and_the_data_folder_are_left_out(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt", "catalogue.csv", "data/originals/aa/bb/x")
    leave_out = frozenset({tmp_path / "catalogue.csv", tmp_path / "data"})
    assert [file.path for file in walk(tmp_path, leave_out=leave_out).files] == ["a.txt"]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match="is not a folder"):
        walk(tmp_path / "nowhere")


def test_a_folder_that_cannot_be_listed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may list anything, so the refusal is the system call's.
    touch(tmp_path, "a.txt", "locked/b.txt")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = walk(tmp_path)
    assert [file.path for file in found.files] == ["a.txt"]
    assert found.unreadable == ("locked",)
    with pytest.raises(ImportRefusedError, match="Permission denied"):
        walk(tmp_path / "locked")

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from indexer.errors import SourceUnreadableError, StorageError
from indexer.records import FileHash
from indexer.storage.originals import FolderOriginalStore, hash_file

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = bytes(range(256)) * 20_000


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper.pdf"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def store(tmp_path: Path) -> FolderOriginalStore:
    return FolderOriginalStore(tmp_path / "originals")


def test_an_original_is_kept_under_its_hash_and_cannot_be_written(
    store: FolderOriginalStore, paper: Path
) -> None:
    file_hash = store.add(paper)
    assert file_hash == hashlib.sha256(CONTENT).hexdigest() == hash_file(paper)
    assert store.path(file_hash).read_bytes() == CONTENT
    assert store.path(file_hash).stat().st_mode & 0o222 == 0
    assert store.add(paper) == file_hash
    assert list(store.hashes()) == [file_hash]


def test_forgetting_is_complete_and_again_no_error(
    store: FolderOriginalStore, paper: Path, tmp_path: Path
) -> None:
    file_hash = store.add(paper)
    store.remove(file_hash)
    store.remove(file_hash)
    assert not store.has(file_hash)
    assert not [path for path in (tmp_path / "originals").rglob("*") if path.is_file()]
    with pytest.raises(StorageError, match="not among the originals"):
        store.path(file_hash)


def test_a_source_that_cannot_be_read_is_its_own_error(
    store: FolderOriginalStore, tmp_path: Path
) -> None:
    with pytest.raises(SourceUnreadableError, match=r"No such file.*gone\.txt"):
        store.add(tmp_path / "gone.txt")
    with pytest.raises(SourceUnreadableError):
        hash_file(tmp_path)
    assert list(store.hashes()) == []


def test_an_original_in_place_is_given_out_only_unchanged(tmp_path: Path, paper: Path) -> None:
    file_hash = hash_file(paper)
    outside = FolderOriginalStore(tmp_path / "originals", {file_hash: paper}.get)
    assert not outside.has(file_hash)
    assert outside.path(file_hash) == paper
    paper.write_bytes(CONTENT + b"x")
    with pytest.raises(StorageError, match="has changed"):
        outside.path(file_hash)
    paper.unlink()
    with pytest.raises(StorageError):
        outside.path(file_hash)
    with pytest.raises(StorageError, match="not among"):
        outside.path(FileHash("0" * 64))

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from indexer.records import FileHash
from indexer.storage.pictures import FolderPictureStore

if TYPE_CHECKING:
    from pathlib import Path

ONE, OTHER = FileHash("a" * 64), FileHash("b" * 64)


def test_what_is_put_comes_back(tmp_path: Path) -> None:
    store = FolderPictureStore(tmp_path, 1_000)
    store.put(ONE, 3, "pictures/1", b"a picture")
    assert store.get(ONE, 3, "pictures/1") == b"a picture"
    assert store.get(ONE, 4, "pictures/1") is None
    assert store.get(ONE, 3, "pictures/2") is None
    assert store.get(OTHER, 3, "pictures/1") is None


def test_a_damaged_picture_is_none(tmp_path: Path) -> None:
    store = FolderPictureStore(tmp_path, 1_000)
    store.put(ONE, 1, "m", b"a picture")
    (path,) = tmp_path.glob("??/*")
    for content in (b"", b"xx", path.read_bytes()[:-1], b"0000" + path.read_bytes()[4:]):
        path.write_bytes(content)
        assert store.get(ONE, 1, "m") is None


def test_what_was_not_looked_at_for_longest_makes_room(tmp_path: Path) -> None:
    store = FolderPictureStore(tmp_path, 400)
    for page in (1, 2, 3):
        store.put(ONE, page, "m", bytes(96))
        path = tmp_path / "aa" / f"{ONE}.{page}.m.page"
        os.utime(path, (page, page))
    assert store.get(ONE, 1, "m") is not None  # looked at now
    store.put(ONE, 4, "m", bytes(96))
    store.put(ONE, 5, "m", bytes(96))
    kept = [page for page in range(1, 6) if store.get(ONE, page, "m") is not None]
    assert kept == [1, 4, 5]


def test_another_program_on_the_folder_counts_too(tmp_path: Path) -> None:
    for page in range(1, 5):
        FolderPictureStore(tmp_path, 400).put(OTHER, page, "m", bytes(96))
    FolderPictureStore(tmp_path, 400).put(ONE, 1, "m", bytes(96))
    assert sum(path.stat().st_size for path in tmp_path.glob("??/*")) <= 400


def test_what_never_fits_is_not_kept(tmp_path: Path) -> None:
    FolderPictureStore(tmp_path, 10).put(ONE, 1, "m", bytes(11))
    FolderPictureStore(tmp_path, 0).put(ONE, 1, "m", b"x")
    assert not list(tmp_path.glob("??/*"))


def test_a_folder_that_refuses_costs_the_picture_alone(tmp_path: Path) -> None:
    (tmp_path / "pictures").write_text("no folder")
    store = FolderPictureStore(tmp_path / "pictures", 100)
    store.put(ONE, 1, "m", b"x")
    assert store.get(ONE, 1, "m") is None


def test_a_file_is_forgotten_whole(tmp_path: Path) -> None:
    store = FolderPictureStore(tmp_path, 1_000)
    for file_hash in (ONE, OTHER):
        for page in (1, 2):
            store.put(file_hash, page, "m", b"x")
    store.remove(ONE)
    store.remove(ONE)
    assert [store.get(ONE, page, "m") for page in (1, 2)] == [None, None]
    assert store.get(OTHER, 2, "m") == b"x"


def test_sweeping_clears_what_was_left_half_written(tmp_path: Path) -> None:
    store = FolderPictureStore(tmp_path, 1_000)
    store.put(ONE, 1, "m", b"x")
    (tmp_path / "incoming" / ".partial-x").touch()
    store.sweep()
    assert not list((tmp_path / "incoming").iterdir())
    assert store.get(ONE, 1, "m") == b"x"

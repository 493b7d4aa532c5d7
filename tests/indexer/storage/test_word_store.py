from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.page_words import Box, PageWord
from indexer.records import FileHash
from indexer.storage.frames import DamagedContainerError
from indexer.storage.word_store import FolderWordStore, words_from_json, words_to_json

if TYPE_CHECKING:
    from pathlib import Path

HASH = FileHash("a1" * 32)
OTHER = FileHash("b2" * 32)


def word(start: int, end: int, top: float, confidence: float = 1.0) -> PageWord:
    box = Box(left=0.1, top=top, right=0.9, bottom=top + 0.02)
    return PageWord(start=start, end=end, box=box, confidence=confidence)


FIRST = (word(0, 8, 0.125), word(9, 12, 0.25, 0.71234))
THIRD = (word(0, 2, 0.5),)


@pytest.fixture
def store(tmp_path: Path) -> FolderWordStore:
    return FolderWordStore(tmp_path / "words")


def container(tmp_path: Path) -> Path:
    (path,) = (tmp_path / "words").rglob("*.words")
    return path


def test_the_words_of_a_page_come_back(store: FolderWordStore) -> None:
    store.put(HASH, "pdf/4+ocr/1", {3: THIRD, 1: FIRST})
    assert store.words(HASH, "pdf/4+ocr/1", 1) == FIRST
    assert store.words(HASH, "pdf/4+ocr/1", 2) == ()
    assert store.words(HASH, "pdf/4+ocr/1", 3) == THIRD
    assert store.pages(HASH, "pdf/4+ocr/1") == {1: FIRST, 3: THIRD}


def test_there_are_none_where_none_were_put(store: FolderWordStore) -> None:
    assert store.words(HASH, "pdf/4", 1) == ()
    assert store.pages(HASH, "pdf/4") == {}
    assert list(store.entries()) == []


def test_words_are_told_apart_by_extractor_and_forgotten_together(store: FolderWordStore) -> None:
    store.put(HASH, "pdf/4+ocr/1", {1: FIRST})
    store.put(HASH, "pdf/4+ocr/2", {1: THIRD})
    store.put(OTHER, "image/1+ocr/1", {1: FIRST})
    store.put(HASH, "pdf/4+ocr/1", {1: THIRD})
    assert store.words(HASH, "pdf/4+ocr/1", 1) == THIRD
    assert set(store.entries()) == {
        (HASH, "pdf/4+ocr/1"),
        (HASH, "pdf/4+ocr/2"),
        (OTHER, "image/1+ocr/1"),
    }
    store.remove(HASH)
    store.remove(HASH)
    assert list(store.entries()) == [(OTHER, "image/1+ocr/1")]
    assert store.words(HASH, "pdf/4+ocr/1", 1) == ()


def test_damaged_words_are_none(store: FolderWordStore, tmp_path: Path) -> None:
    store.put(HASH, "ocr/1", {1: FIRST})
    path = container(tmp_path)
    sound = path.read_bytes()
    cut = [sound[:length] for length in range(len(sound))]
    flipped = [sound[:at] + bytes([byte ^ 0x55]) + sound[at + 1 :] for at, byte in enumerate(sound)]
    for content in cut + flipped:
        path.write_bytes(content)
        assert store.words(HASH, "ocr/1", 1) == ()


def test_an_extractor_can_not_lead_out_of_the_store(store: FolderWordStore, tmp_path: Path) -> None:
    store.put(HASH, "../../../x", {1: FIRST})
    assert container(tmp_path).parent == tmp_path / "words" / "a1"


def test_sweeping_clears_what_was_left_half_written(store: FolderWordStore, tmp_path: Path) -> None:
    incoming = tmp_path / "words" / "incoming"
    incoming.mkdir(parents=True)
    (incoming / ".partial-x").touch()
    store.put(HASH, "ocr/1", {1: FIRST})
    store.sweep()
    assert [path.suffix for path in (tmp_path / "words").rglob("*") if path.is_file()] == [".words"]


def test_words_as_json_come_back() -> None:
    assert words_from_json(words_to_json(FIRST)) == FIRST


@pytest.mark.parametrize(
    "value",
    [
        5,
        None,
        [5],
        [[1, 2]],
        [[0, "x", 0, 0, 0, 0, 1]],
        [[2, 2, 0, 0, 0, 0, 1]],
        [[-1, 2] + [0] * 5],
    ],
)
def test_what_is_no_word_is_refused(value: object) -> None:
    with pytest.raises(DamagedContainerError):
        words_from_json(value)

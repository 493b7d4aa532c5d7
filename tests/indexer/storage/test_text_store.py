from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.errors import TextMissingError
from indexer.records import FileHash
from indexer.storage.text_store import BLOCK_CHARS, FolderTextStore

if TYPE_CHECKING:
    from pathlib import Path

HASH = FileHash("a1" * 32)
OTHER = FileHash("b2" * 32)


@pytest.fixture
def store(tmp_path: Path) -> FolderTextStore:
    return FolderTextStore(tmp_path / "texts")


def container(tmp_path: Path) -> Path:
    (path,) = (tmp_path / "texts").rglob("*.text")
    return path


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pages=st.lists(st.text(alphabet=st.characters(codec=None), max_size=50), max_size=8),
    extractor=st.text(min_size=1, max_size=20),
)
def test_every_page_comes_back_as_it_was_put(
    store: FolderTextStore, pages: list[str], extractor: str
) -> None:
    store.put(HASH, extractor, pages)
    assert store.pages(HASH, extractor) == tuple(pages)
    for number, page in enumerate(pages, start=1):
        assert store.page(HASH, extractor, number) == page
    for number in (0, -1, len(pages) + 1):
        with pytest.raises(TextMissingError):
            store.page(HASH, extractor, number)
    store.remove(HASH)


def test_a_page_is_read_without_the_others(store: FolderTextStore, tmp_path: Path) -> None:
    pages = [chr(0x4E00 + number) * (BLOCK_CHARS // 2) for number in range(6)]
    store.put(HASH, "pdf/1", pages)
    path = container(tmp_path)
    content = bytearray(path.read_bytes())
    content[10] ^= 0xFF  # the first frame is damaged, the last is not
    path.write_bytes(content)
    assert store.page(HASH, "pdf/1", 6) == pages[5]
    for read in (lambda: store.page(HASH, "pdf/1", 1), lambda: store.pages(HASH, "pdf/1")):
        with pytest.raises(TextMissingError, match="damaged"):
            read()


def test_any_damage_is_seen(store: FolderTextStore, tmp_path: Path) -> None:
    store.put(HASH, "text/1", ["防汛", "供暖"])
    path = container(tmp_path)
    sound = path.read_bytes()
    cut = [sound[:length] for length in range(len(sound))]
    flipped = [sound[:at] + bytes([byte ^ 0x55]) + sound[at + 1 :] for at, byte in enumerate(sound)]
    for content in cut + flipped:
        path.write_bytes(content)
        with pytest.raises(TextMissingError):
            store.pages(HASH, "text/1")


def test_texts_are_told_apart_by_extractor_and_forgotten_together(store: FolderTextStore) -> None:
    store.put(HASH, "pdf/1", ["甲"])
    store.put(HASH, "pdf/1.2", ["乙"])
    store.put(OTHER, "pdf/1", ["丙"])
    assert set(store.entries()) == {(HASH, "pdf/1"), (HASH, "pdf/1.2"), (OTHER, "pdf/1")}
    store.put(HASH, "pdf/1", ["丁"])
    assert store.pages(HASH, "pdf/1") == ("丁",)
    store.remove(HASH)
    store.remove(HASH)
    assert list(store.entries()) == [(OTHER, "pdf/1")]
    with pytest.raises(TextMissingError):
        store.pages(HASH, "pdf/1")


def test_an_extractor_can_not_lead_out_of_the_store(store: FolderTextStore, tmp_path: Path) -> None:
    store.put(HASH, "../../../x", ["甲"])
    assert container(tmp_path).parent == tmp_path / "texts" / "a1"
    assert list(store.entries()) == [(HASH, "../../../x")]

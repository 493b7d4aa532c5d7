from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.indexing import texts_read
from indexer.indexing.findings import Problem
from indexer.indexing.texts_read import TextsRead
from indexer.records import FileHash, RecordFile
from indexer.storage.text_store import FolderTextStore
from tests.contracts.records import make_record

if TYPE_CHECKING:
    from pathlib import Path

VOLUME, OTHER = FileHash("a" * 64), FileHash("b" * 64)


@pytest.fixture
def store(tmp_path: Path) -> FolderTextStore:
    store = FolderTextStore(tmp_path)
    store.put(VOLUME, "pdf/1", ["一页", "", "长" * 1200, "又一页"])
    store.put(OTHER, "pdf/1", ["一页"])
    return store


def test_a_record_has_the_passages_of_its_own_pages(store: FolderTextStore) -> None:
    file = RecordFile(
        ordinal=0, name="卷", file_hash=VOLUME, page_count=4, extractor="pdf/1",
        first_page=2, last_page=3,
    )  # fmt: skip
    paper = RecordFile(ordinal=1, name="纸", file_hash=None)
    read = TextsRead(store)
    part = replace(make_record(1, "件"), files=(file, paper))
    assert read.passages(part) == 3
    whole = replace(part, files=(replace(file, first_page=1, last_page=None),))
    assert read.passages(whole) == 5
    assert read.count == 1


def test_what_cannot_be_read_is_told_once(store: FolderTextStore, tmp_path: Path) -> None:
    read = TextsRead(store)
    lost = FileHash("c" * 64)
    path = next(tmp_path.glob(f"*/{OTHER}*"))
    path.write_bytes(b"?")
    for _ in range(2):
        assert (read.lengths(lost, "pdf/1"), read.lengths(OTHER, "pdf/1")) == (None, None)
    assert [(each.problem, each.subject) for each in read.unreadable()] == [
        (Problem.TEXT_MISSING, lost),
        (Problem.TEXT_DAMAGED, OTHER),
    ]
    read.lengths(lost, "pdf/1")
    assert read.unreadable() == []


def test_texts_read_long_ago_are_read_again(
    store: FolderTextStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts_read, "_REMEMBERED", 1)
    read = TextsRead(store)
    for file_hash in (VOLUME, OTHER, VOLUME, VOLUME):
        read.lengths(file_hash, "pdf/1")
    assert read.count == 3

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.importing.stores import Stores
from indexer.page_words import Box, PageWord
from indexer.settings import IndexerSettings

if TYPE_CHECKING:
    from pathlib import Path


def test_forgetting_a_content_leaves_nothing_of_it(tmp_path: Path) -> None:
    stores = Stores.of(IndexerSettings(data=tmp_path / "data", database_url=""))
    path = tmp_path / "a.txt"
    path.write_text("甲", encoding="utf-8")
    file_hash = stores.originals.add(path)
    stores.texts.put(file_hash, "text/1", ["甲"])
    box = Box(left=0, top=0, right=1, bottom=1)
    stores.words.put(file_hash, "text/1", {1: [PageWord(start=0, end=1, box=box)]})
    stores.pictures.put(file_hash, 1, "pictures/1", b"a picture")
    stores.forget(file_hash)
    stores.forget(file_hash)
    assert not [path for path in (tmp_path / "data").rglob("*") if path.is_file()]


def test_sweeping_clears_what_a_killed_copy_left(tmp_path: Path) -> None:
    stores = Stores.of(IndexerSettings(data=tmp_path, database_url=""))
    for store in ("originals", "texts", "words", "pictures"):
        (tmp_path / store / "incoming").mkdir(parents=True)
        (tmp_path / store / "incoming" / ".partial-x").touch()
    stores.sweep()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]

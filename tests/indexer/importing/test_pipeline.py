from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.indexer.importing.shelf import Shelf


def test_a_folder_becomes_records(shelf_anywhere: Shelf) -> None:
    shelf = shelf_anywhere
    shelf.put("a.txt", "关于防汛的通知")
    report = shelf.run(level="public")
    assert report.indexed == 1

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.errors import ExtractionError
from indexer.extraction.plain_text import PlainTextExtractor

if TYPE_CHECKING:
    from pathlib import Path


def pages(tmp_path: Path, content: bytes) -> list[str]:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    return list(PlainTextExtractor().pages(path))


def test_a_form_feed_begins_a_page(tmp_path: Path) -> None:
    assert pages(tmp_path, "第一页\n\f第二页".encode("gb18030")) == ["第一页\n", "第二页"]


def test_an_end_mark_begins_none(tmp_path: Path) -> None:
    assert pages(tmp_path, b"one\f\x1a") == ["one"]
    assert pages(tmp_path, b"") == [""]


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExtractionError):
        pages(tmp_path, bytes(range(256)))

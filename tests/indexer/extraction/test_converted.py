from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.converted import ConvertedExtractor
from tests.indexer.conversion.programs import open_text

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_converted_is_read_and_mended(tmp_path: Path) -> None:
    garbled = "关于防汛的通知".encode("gbk").decode("latin-1")
    (tmp_path / "converted").write_bytes(open_text("办公室", garbled))
    assert list(ConvertedExtractor().pages(tmp_path / "converted")) == ["办公室\n关于防汛的通知"]


def test_what_is_no_document_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "converted").write_bytes(b"%PDF-1.4")
    with pytest.raises(ExtractionError) as refused:
        list(ConvertedExtractor().pages(tmp_path / "converted"))
    assert refused.value.reason == Reason.DAMAGED

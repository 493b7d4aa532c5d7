from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.pdf_miner import MinerReader
from tests.indexer.extraction import documents
from tests.indexer.extraction.documents import pdf, raw_pdf

if TYPE_CHECKING:
    from pathlib import Path


def test_pages_are_asked_for_in_any_order(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", [["第一页"], ["第二页"], ["第三页"]])
    with path.open("rb") as file:
        reader = MinerReader(file)
        read = [reader.page(number) for number in (2, 0, 2)]
        assert [page and page.text.strip() for page in read] == ["第三页", "第一页", "第三页"]
        with pytest.raises(IndexError):
            reader.page(3)


def test_a_page_that_breaks_it_is_none_and_named(tmp_path: Path) -> None:
    pages = [(documents.BROKEN, "(lost)"), (documents.HELVETICA, "(sound)")]
    path = raw_pdf(tmp_path / "a.pdf", *pages)
    with path.open("rb") as file:
        reader = MinerReader(file)
        assert reader.page(0) is None
        assert reader.problem
        assert (reader.page(1) or pytest.fail("no page")).text.strip() == "sound"


def test_it_says_why_it_cannot_open_a_file(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", [["notice"]], password="secret")
    with path.open("rb") as file, pytest.raises(ExtractionError) as refused:
        MinerReader(file)
    assert refused.value.reason == Reason.ENCRYPTED

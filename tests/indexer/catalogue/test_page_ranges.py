from __future__ import annotations

import pytest

from indexer.catalogue import PageRange
from indexer.catalogue.page_ranges import read_pages


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("12-15", PageRange(first=12, last=15)),
        ("001—003", PageRange(first=1, last=3)),
        ("１２～１５", PageRange(first=12, last=15)),
        ("12至15页", PageRange(first=12, last=15)),
        ("第7页", PageRange(first=7)),
        ("7", PageRange(first=7)),
        ("", None),
    ],
)
def test_pages_are_read_as_archivists_write_them(text: str, pages: PageRange | None) -> None:
    assert read_pages(text) == pages


@pytest.mark.parametrize("text", ["15-12", "0", "后面", "1-2-3", "123456"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        read_pages(text)

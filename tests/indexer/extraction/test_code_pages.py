from __future__ import annotations

import pytest

from indexer.extraction.code_pages import codec_of


@pytest.mark.parametrize(
    ("code_page", "text"),
    [
        (936, "清河区"),
        (54936, "㐀镕"),
        (950, "關於"),
        (65001, "通知"),
        (1251, "Россия"),
        (28591, "é"),
    ],
)
def test_a_code_page_writes_what_it_is_for(code_page: int, text: str) -> None:
    codec = codec_of(code_page)
    assert codec is not None
    assert text.encode(codec).decode(codec) == text


@pytest.mark.parametrize("code_page", [0, -1, 99999, 1 << 31])
def test_a_number_that_is_none_has_no_codec(code_page: int) -> None:
    assert codec_of(code_page) is None

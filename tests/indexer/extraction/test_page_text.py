import pytest

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.page_text import MAX_PAGE_CHARS, page_of, row_of


def test_lines_that_say_nothing_are_left_out() -> None:
    assert page_of(["通知", "", " ", "正文"]) == "通知\n正文"


def test_a_row_is_a_line() -> None:
    assert row_of(["张三", "", "青山区\n一号"]) == "张三\t青山区 一号"


def test_no_page_is_endless() -> None:
    with pytest.raises(ExtractionError) as refused:
        page_of("字" * 1_000_000 for _ in range(MAX_PAGE_CHARS // 1_000_000 + 1))
    assert refused.value.reason == Reason.MEMORY

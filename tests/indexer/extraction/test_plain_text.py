from pathlib import Path

import pytest

from indexer.extraction.plain_text import PlainTextExtractor

TEXT = "关于做好最低生活保障工作的通知\n各街道办事处：现将有关事项通知如下。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "通知.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert "".join(PlainTextExtractor().pages(path)) == TEXT


def test_a_form_feed_begins_a_page(tmp_path: Path) -> None:
    path = tmp_path / "卷.txt"
    path.write_text("第一页\f第二页", "utf-8")
    assert list(PlainTextExtractor().pages(path)) == ["第一页", "第二页"]

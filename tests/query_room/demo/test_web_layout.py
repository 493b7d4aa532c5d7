from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from query_room.demo.web_layout import web_page
from tests.query_room.demo.papers import WHOLE_PAPER


def test_the_article_stands_among_junk() -> None:
    page = LexborHTMLParser(
        web_page(WHOLE_PAPER, column="交通", index_number="999901001/2008-00007")
    )
    article = "".join(node.text() for node in page.css(".article"))
    assert WHOLE_PAPER.title in article
    assert "桥长<60>米 & 宽9米" in article
    assert "索引号：999901001/2008-00007" in article
    assert "区长信箱" not in article
    for junk in (".nav", ".sidebar", ".footer", "script"):
        assert page.css_first(junk) is not None


def test_without_an_index_number_there_is_no_metadata_table() -> None:
    page = web_page(WHOLE_PAPER, column="交通", index_number="").decode()
    assert "索引号" not in page


@pytest.mark.parametrize(("encoding", "declared"), [("utf-8", "utf-8"), ("gb18030", "gb2312")])
def test_the_page_declares_its_encoding_as_portals_did(encoding: str, declared: str) -> None:
    page = web_page(WHOLE_PAPER, column="交通", index_number="", encoding=encoding)
    assert f'charset="{declared}"'.encode() in page
    assert WHOLE_PAPER.title in page.decode(encoding)

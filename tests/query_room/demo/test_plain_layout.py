from __future__ import annotations

import pytest

from query_room.demo.papers import Block, BlockKind, Paper
from query_room.demo.plain_layout import plain_text
from tests.query_room.demo.papers import SAID, WHOLE_PAPER


def test_every_part_stands_in_its_place() -> None:
    text = plain_text(WHOLE_PAPER).decode()
    places = [text.index(each) for each in SAID]
    assert places == sorted(places)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_bytes_are_in_the_encoding_asked_for(encoding: str) -> None:
    assert "〔2008〕" in plain_text(WHOLE_PAPER, encoding=encoding).decode(encoding)


def test_wrapping_breaks_lines_and_loses_nothing() -> None:
    body = Block(kind=BlockKind.PARAGRAPH, text="岚溪两岸" * 30)
    whole = plain_text(Paper(blocks=(body,))).decode()
    wrapped = plain_text(Paper(blocks=(body,)), wrap=30).decode()
    assert max(map(len, wrapped.splitlines())) == 30
    assert "".join(wrapped.split()) == "".join(whole.split())


def test_an_empty_paper_is_an_empty_page() -> None:
    assert plain_text(Paper()).strip() == b""

from __future__ import annotations

import io

import pytest
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.pdfdocument import PDFPasswordIncorrect

from query_room.demo.papers import Block, BlockKind, Paper
from query_room.demo.pdf_layout import pdf_bytes
from tests.query_room.demo.papers import SAID, WHOLE_PAPER


def test_every_part_can_be_extracted_again() -> None:
    text = "".join(extract_text(io.BytesIO(pdf_bytes(WHOLE_PAPER))).split())
    for each in SAID:
        assert "".join(each.split()) in text


def test_pages_are_broken_and_numbered() -> None:
    content = pdf_bytes(WHOLE_PAPER)
    assert len(list(extract_pages(io.BytesIO(content)))) == 2
    assert "— 2 —" in extract_text(io.BytesIO(content))


def test_a_long_text_runs_over_many_pages() -> None:
    body = tuple(Block(kind=BlockKind.PARAGRAPH, text="北环路东延" * 60) for _ in range(12))
    pages = list(extract_pages(io.BytesIO(pdf_bytes(Paper(blocks=body)))))
    assert len(pages) >= 5


def test_a_password_keeps_it_shut_and_opens_it() -> None:
    content = pdf_bytes(WHOLE_PAPER, password="river")
    with pytest.raises(PDFPasswordIncorrect):
        extract_text(io.BytesIO(content))
    assert len(list(extract_pages(io.BytesIO(content), password="river"))) == 2


def test_the_bytes_are_the_same_each_time() -> None:
    assert pdf_bytes(WHOLE_PAPER) == pdf_bytes(WHOLE_PAPER)
    assert pdf_bytes(WHOLE_PAPER, password="river") == pdf_bytes(WHOLE_PAPER, password="river")

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from indexer.official.document_dates import parse_date
from query_room.demo.manuscripts import parse_manuscript
from query_room.demo.papers import Block, BlockKind, paper_of, written_date

HEAD = """档号：L012-WS·2008-D30-SHJZ-9999
题名：关于某事的通知
责任者：临岚区民政局
文号：岚民发〔2008〕99号
日期：20080312
类别：其他
"""


def blocks_of(body: str) -> tuple[Block, ...]:
    manuscript = parse_manuscript(f"{HEAD}\n==== 正文.txt\n\n{body}\n", "here")
    return paper_of(manuscript, manuscript.files[0]).blocks


def test_the_main_text_takes_what_the_catalogue_says() -> None:
    manuscript = parse_manuscript(f"{HEAD}\n==== 正文.txt\n主送：各镇\n\n正文\n", "here")
    paper = paper_of(manuscript, manuscript.files[0])
    assert (paper.title, paper.number) == ("关于某事的通知", "岚民发〔2008〕99号")
    assert (paper.signature, paper.date) == ("临岚区民政局", "二〇〇八年三月十二日")
    assert paper.recipients == "各镇"


def test_an_attachment_carries_only_what_it_says_itself() -> None:
    text = f"{HEAD}\n==== 附表.txt\n作用：附件\n标题：附表\n\n正文\n"
    manuscript = parse_manuscript(text, "here")
    paper = paper_of(manuscript, manuscript.files[0])
    assert (paper.title, paper.number, paper.date) == ("附表", "", "")


def test_a_part_of_the_file_wins_over_the_catalogue() -> None:
    text = f"{HEAD}\n==== 正文.txt\n标题：通知\n署名：\n\n正文\n"
    manuscript = parse_manuscript(text, "here")
    paper = paper_of(manuscript, manuscript.files[0])
    assert (paper.title, paper.signature) == ("通知", "")


def test_the_markup_of_the_text() -> None:
    body = "一、标题\n一、这是一句话。\n^ 居中\n| 甲 | 乙 |\n| 1 | |\n----\n末段"
    assert blocks_of(body) == (
        Block(kind=BlockKind.HEADING, text="一、标题"),
        Block(kind=BlockKind.PARAGRAPH, text="一、这是一句话。"),
        Block(kind=BlockKind.CENTRED, text="居中"),
        Block(kind=BlockKind.TABLE, rows=(("甲", "乙"), ("1", ""))),
        Block(kind=BlockKind.PAGE_BREAK),
        Block(kind=BlockKind.PARAGRAPH, text="末段"),
    )


def test_months_and_years_leave_out_what_is_not_known() -> None:
    assert written_date("20110300") == "二〇一一年三月"
    assert written_date("19900000") == "一九九〇年"
    assert written_date("20140900") == "2014年9月"


@given(st.dates(min_value=dt.date(1949, 10, 1), max_value=dt.date(2030, 12, 31)))
def test_every_written_date_reads_back(day: dt.date) -> None:
    found = parse_date(written_date(day.strftime("%Y%m%d")))
    assert found is not None
    assert found.first_day == day

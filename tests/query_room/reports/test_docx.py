from __future__ import annotations

import io

import docx

from query_room.reports import annual_tables
from query_room.reports.docx import docx_bytes
from query_room.reports.model import TextPart
from query_room.reports.papers import Paper
from tests.query_room.reports.registers import GOLDEN, whole_form


def test_six_parts_and_three_tables_are_in_the_order_of_the_form() -> None:
    paper = Paper(
        organ="清河区人民政府",
        tables=annual_tables(2025, [], imported=[whole_form(**GOLDEN)]),
        texts={TextPart.OVERVIEW: "全年新收申请14069件。<b>粗</b>\x00\n蒙古文 ᠮᠣᠩᠭᠣᠯ"},
        state="草稿",
    )
    document = docx.Document(io.BytesIO(docx_bytes(paper)))
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert texts == [
        "清河区人民政府2025年政府信息公开工作年度报告",
        "草稿",
        "一、总体情况",
        "全年新收申请14069件。<b>粗</b>",
        "蒙古文 ᠮᠣᠩᠭᠣᠯ",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "无。",
        "六、其他需要报告的事项",
        "无。",
    ]
    _, requests, cases = document.tables
    row = next(row for row in requests.rows if "属于国家秘密" in row.cells[2].text)
    assert [cell.text for cell in row.cells] == [
        "三、本年度办理结果",
        "（三）不予公开",
        "1.属于国家秘密",
        *("13", "0", "0", "0", "0", "0", "13"),
    ]
    assert len(cases.rows[-1].cells) == 15

"""Workbooks as offices keep them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD = ("编号", "申请人", "身份证号", "申请人类别", "收到日期", "处理结果", "答复日期")


def book(*rows: Sequence[object], title: str = "2008年", merged: Sequence[str] = ()) -> bytes:
    """A workbook of one sheet."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for each in merged:
        sheet.merge_cells(each)
    return saved(made)


def saved(made: Workbook) -> bytes:
    """A workbook as a file."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


REGISTER = book(
    ("清河区政府信息公开申请登记簿",),
    HEAD,
    ("清依申〔2008〕1号", "李秀英", "150204199002301227", "公民", "2008-6-2", "公开", "2008.06.20"),
    ("2", "王小明", "", "企业", 39630, "信息不存在", "2008年7月15日"),
    ("3", "赵某", "", "自然人", "二〇〇八年十二月三十日", "", ""),
    ("合计", "", "", "", "", 3, ""),
    ("张三", "张三", "", "自然人", "昨天", "公开", "2008-07-01"),
    ("5", "钱某", "", "居民", "2008-07-01", "公开", "2008-07-02"),
    ("6", "孙某", "", "自然人", "2008-07-05", "公开", "2008-07-02"),
    ("7", "周某", "", "自然人", "2008-07-05", "公开", ""),
    ("2", "吴某", "", "自然人", "2008-08-05", "公开", "2008-08-06"),
    title="2008年",
)
"""Three good rows, a total, five with a cell that cannot be taken."""

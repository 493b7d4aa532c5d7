from __future__ import annotations

import pytest

from indexer.copies.alignment import Difference
from indexer.copies.particulars import (
    FigurePair,
    figure_pair,
    figures_against,
    is_figure_put_in,
    is_name,
    is_version,
)


def between(before: str, first: str, second: str, after: str) -> tuple[Difference, str, str]:
    one, other = f"{before}{first}{after}", f"{before}{second}{after}"
    difference = Difference(first=first, second=second, at=len(before), there=len(before))
    return difference, one, other


@pytest.mark.parametrize(
    ("before", "first", "second", "after", "count"),
    [
        ("截至20", "19", "20", "年底", 2),
        ("截至", "3", "12", "月底", 2),
        ("截至1", "", "2", "月底", 1),
        ("截至", "", "1", "2月底", 1),
        ("二〇", "一九", "二〇", "年", 2),
        ("共计", "三千", "五百", "元", 2),
        ("第", "三", "四", "条规定", 0),
        ("第3", "2", "3", "条规定", 0),
        ("统", "一", "筹", "安排", 0),
        ("统", "一", "一一甲", "安排", 0),
        ("工作", "甲", "乙", "安排", 0),
        ("正文", "", "12", "正文", 0),
    ],
)
def test_figures_stand_against_figures(
    before: str, first: str, second: str, after: str, count: int
) -> None:
    difference, one, _ = between(before, first, second, after)
    assert figures_against(difference, one) == count


@pytest.mark.parametrize(
    ("before", "first", "second", "after", "pair"),
    [
        ("截至20", "19", "20", "年底", FigurePair(2, "2019", "2020")),
        ("截至", "3", "9", "月底", FigurePair(2, "3", "9")),
        ("截至1", "", "2", "月底", FigurePair(2, "1", "12")),
        ("截至", "3月", "9日", "底", None),
        ("截至", "", "9", "月底", None),
    ],
)
def test_figures_are_compared_as_a_whole(
    before: str, first: str, second: str, after: str, pair: FigurePair | None
) -> None:
    assert figure_pair(*between(before, first, second, after)) == pair


@pytest.mark.parametrize(
    ("before", "first", "second", "after", "is_so"),
    [
        ("申请人", "张伟", "王芳", "性别", True),
        ("本人张", "伟", "强", "声明", True),
        ("现由", "主任某", "李静", "办理", False),
        ("现由", "王磊", "李静", "办理", True),
        ("姓名", "乌云其木格", "", "性别", True),
        ("兹有", "甲乙", "丙丁", "前往", True),
        ("由", "甲乙", "丙丁", "同志办理", True),
        ("由王伟", "", "国", "同志办理", True),
        ("你们", "应当", "必须", "办理", False),
        ("你们", "", "应当", "办理", False),
        ("申请人", "12", "34", "性别", False),
        ("有关", "各单位及其他各类组织", "张伟", "性别", False),
    ],
)
def test_a_name_stands_against_a_name_or_in_a_named_place(
    before: str, first: str, second: str, after: str, *, is_so: bool
) -> None:
    difference, one, _ = between(before, first, second, after)
    assert is_name(difference, one) is is_so


@pytest.mark.parametrize(
    ("first", "second", "after", "is_so"),
    [
        ("", "2017年3月1日国务院令第676号修订", "第一条", True),
        ("", "2017年3月1日", "根据国务院关于修改部分行政法规的决定第二次修正", True),
        ("2017年3月1日修订", "2018年3月1日修订", "第一条", False),
        ("", "2017年3月1日印发", "第一条", False),
        ("", "修订", "第一条", False),
    ],
)
def test_a_day_of_amendment_on_one_side_is_another_version(
    first: str, second: str, after: str, *, is_so: bool
) -> None:
    assert is_version(*between("条例", first, second, after)) is is_so


def test_a_figure_that_one_side_alone_has_was_put_in() -> None:
    assert is_figure_put_in(between("电话", "", "5551234", "")[0])
    assert is_figure_put_in(between("电话", "5551234", "", "")[0])
    assert not is_figure_put_in(between("电话", "1", "2", "")[0])
    assert not is_figure_put_in(between("电话", "", "无", "")[0])

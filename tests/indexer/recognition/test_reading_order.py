from __future__ import annotations

import random

import pytest

from indexer.page_words import Box
from indexer.recognition import FoundCharacter, FoundLine
from indexer.recognition.reading_order import in_rows


def line(text: str, left: float, top: float, right: float, bottom: float) -> FoundLine:
    box = Box(left=left, top=top, right=right, bottom=bottom)
    return FoundLine(
        text=text, characters=(FoundCharacter(text=text, box=box, confidence=1.0),), box=box
    )


def read(lines: list[FoundLine]) -> list[list[str]]:
    shuffled = list(lines)
    random.Random(7).shuffle(shuffled)
    return [[each.text for each in row] for row in in_rows(shuffled, 1.414)]


def test_rows_from_the_top_and_in_each_from_the_left() -> None:
    lines = [
        line("000012", 0.1, 0.050, 0.2, 0.070),
        line("机密★10年", 0.7, 0.053, 0.85, 0.072),
        line("青山区人民政府文件", 0.2, 0.1, 0.8, 0.15),
    ]
    assert read(lines) == [["000012", "机密★10年"], ["青山区人民政府文件"]]


def test_columns_one_after_the_other_below_the_heading_that_spans_them() -> None:
    lines = [line("大会公报", 0.1, 0.05, 0.9, 0.09)]
    for number in range(5):
        top = 0.1 + 0.03 * number
        lines.append(line(f"左{number}", 0.1, top, 0.47, top + 0.02))
        lines.append(line(f"右{number}", 0.53, top, 0.9, top + 0.02))
    assert read(lines) == [
        ["大会公报"],
        *([f"左{number}"] for number in range(5)),
        *([f"右{number}"] for number in range(5)),
    ]


def test_three_columns() -> None:
    lines = [
        line(f"{column}{number}", left, 0.1 + 0.03 * number, left + 0.26, 0.12 + 0.03 * number)
        for column, left in (("甲", 0.05), ("乙", 0.36), ("丙", 0.67))
        for number in range(4)
    ]
    assert read(lines) == [[f"{column}{number}"] for column in "甲乙丙" for number in range(4)]


def test_cells_of_a_table_stay_in_their_rows() -> None:
    names = ["姓名", "性别", "出生年月日", "住址"]
    values = ["王某某", "男", "一九五〇年三月", "青山区十二街坊二栋五单元"]
    lines = []
    for number, (name, value) in enumerate(zip(names, values, strict=True)):
        top = 0.1 + 0.04 * number
        lines.append(line(name, 0.1, top, 0.1 + 0.02 * len(name), top + 0.02))
        lines.append(line(value, 0.4, top, 0.4 + 0.04 * len(value), top + 0.02))
    assert read(lines) == [list(pair) for pair in zip(names, values, strict=True)]


def test_a_page_written_downwards_is_read_from_the_right() -> None:
    lines = [
        line("关于防汛的通知", 0.85, 0.1, 0.9, 0.6),
        line("各街道办事处：", 0.75, 0.1, 0.8, 0.6),
        line("上段", 0.65, 0.1, 0.7, 0.3),
        line("下段", 0.65, 0.4, 0.7, 0.6),
    ]
    assert read(lines) == [["关于防汛的通知"], ["各街道办事处："], ["上段"], ["下段"]]


def test_nothing_is_lost_and_nothing_comes_twice() -> None:
    generator = random.Random(11)
    for _ in range(200):
        lines = []
        for number in range(generator.randrange(30)):
            left, top = generator.random() * 0.9, generator.random() * 0.9
            lines.append(
                line(
                    str(number),
                    left,
                    top,
                    min(1.0, left + generator.random() * 0.5),
                    top + 0.01 + generator.random() * 0.09,
                )
            )
        found = [each for row in read(lines) for each in row]
        assert sorted(found, key=int) == [str(number) for number in range(len(lines))]


@pytest.mark.parametrize("count", [0, 1])
def test_few_lines(count: int) -> None:
    assert len(read([line("甲", 0.1, 0.1, 0.2, 0.2)] * count)) == count

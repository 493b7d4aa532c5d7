from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.copies.body import body_of


def test_lines_punctuation_and_forms_of_characters_make_no_difference() -> None:
    assert body_of(["關於 做好２０２０年\n低保工作的通知。"]) == body_of(
        ["关于做好\n2020年低保工作的通知"]
    )


def test_pages_may_break_anywhere() -> None:
    assert body_of(["第一条 总则\n第二条", "附则"]) == body_of(["第一条 总则\n第二条附则"])


def test_page_numbers_are_left_out_in_every_form() -> None:
    for number in ("— 1 —", "1", "第 1 页", "第1页 共2页", "Page 1 of 2", "1/2"):
        pages = [f"正文甲\n{number}", f"正文乙\n{number.replace('1', '2', 1)}"]
        assert body_of(pages) == "正文甲正文乙", number


def test_a_number_within_a_page_is_text() -> None:
    assert body_of(["甲\n乙\n2020\n丙\n丁", "戊"]) == "甲乙2020丙丁戊"


def test_a_file_of_one_page_keeps_its_numbers() -> None:
    assert body_of(["2020\n"]) == "2020"


def test_a_running_head_counts_once() -> None:
    pages = [f"松洼县志 第{number}页\n{text}" for number, text in enumerate("甲乙丙丁", start=1)]
    assert body_of(pages) == "松洼县志第1页甲乙丙丁"


def test_heads_of_left_and_right_pages_count_once_each() -> None:
    pages = [f"{'左页' if number % 2 else '右页'}\n正文{number}条" for number in range(8)]
    body = body_of(pages)
    assert (body.count("左页"), body.count("右页")) == (1, 1)


def test_a_line_on_two_pages_is_text() -> None:
    assert body_of(["附表\n甲", "附表\n乙"]) == "附表甲附表乙"


def test_nothing_has_an_empty_body() -> None:
    assert body_of([]) == body_of([""]) == body_of(["——", "。\n"]) == ""


@given(st.lists(st.text(alphabet="甲乙12 \n。，a", max_size=30), max_size=5))
def test_a_body_holds_letters_and_digits_alone(pages: list[str]) -> None:
    body = body_of(pages)
    assert not body or body.isalnum()

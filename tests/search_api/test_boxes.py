"""Boxes around hits, as a reader would draw them with a pencil."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.page_words import Box, PageWord
from search_api.boxes import boxes_of
from search_api.highlighting import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

SQUARE = 1.0


def word(start: int, end: int, *edges: float) -> PageWord:
    left, top, right, bottom = edges
    return PageWord(start=start, end=end, box=Box(left=left, top=top, right=right, bottom=bottom))


def typed(text: str, columns: int, size: float = 0.1) -> list[PageWord]:
    """Each character a square of its own, so many in a line."""
    return [
        word(
            at, at + 1,
            size * (at % columns), size * 2 * (at // columns),
            size * (at % columns + 1), size * (2 * (at // columns) + 1),
        )
        for at in range(len(text))
    ]  # fmt: skip


def drawn(
    text: str, words: Sequence[PageWord], *hits: tuple[int, int], proportion: float = SQUARE
) -> list[tuple[int, str, list[float]]]:
    marks = [Mark(start, end, 0) for start, end in hits]
    return [
        (
            each.number,
            each.text,
            [round(v, 3) for v in (each.box.left, each.box.top, each.box.right, each.box.bottom)],
        )
        for each in boxes_of(text, marks, words, proportion).boxes
    ]


def test_characters_beside_each_other_have_one_box() -> None:
    text = "关于低保的通知"
    assert drawn(text, typed(text, 9), (2, 4)) == [(1, "低保", [0.2, 0.0, 0.4, 0.1])]


def test_a_hit_across_a_line_break_has_two_boxes() -> None:
    text = "关于低保的通知"
    assert drawn(text, typed(text, 3), (2, 4)) == [
        (1, "低保", [0.2, 0.0, 0.3, 0.1]),
        (1, "低保", [0.0, 0.2, 0.1, 0.3]),
    ]


def test_a_hit_over_three_lines_has_three() -> None:
    text = "最低生活保障"
    assert [box for _, _, box in drawn(text, typed(text, 2), (0, 6))] == [
        [0.0, 0.0, 0.2, 0.1],
        [0.0, 0.2, 0.2, 0.3],
        [0.0, 0.4, 0.2, 0.5],
    ]


def test_vertical_text_has_one_box_for_a_column() -> None:
    words = [word(at, at + 1, 0.5, 0.1 * at, 0.6, 0.1 * at + 0.1) for at in range(4)]
    words += [word(at, at + 1, 0.3, 0.1 * (at - 4), 0.4, 0.1 * (at - 4) + 0.1) for at in (4, 5)]
    assert drawn("低保的通知书", words, (2, 6)) == [
        (1, "的通知书", [0.5, 0.2, 0.6, 0.4]),
        (1, "的通知书", [0.3, 0.0, 0.4, 0.2]),
    ]


def test_two_columns_at_one_height_are_two_boxes() -> None:
    words = [word(0, 1, 0.0, 0.0, 0.1, 0.1), word(1, 2, 0.6, 0.0, 0.7, 0.1)]
    assert len(drawn("低保", words, (0, 2))) == 2


def test_a_part_of_a_recognised_line_has_its_share_of_the_box() -> None:
    text = "关于低保的通知书"
    line = [word(0, 8, 0.1, 0.1, 0.9, 0.2)]
    assert drawn(text, line, (2, 4)) == [(1, "低保", [0.3, 0.1, 0.5, 0.2])]


def test_digits_and_letters_are_half_as_wide() -> None:
    assert drawn("2008年低保", [word(0, 7, 0.0, 0.0, 1.0, 0.1)], (4, 5)) == [
        (1, "年", [0.4, 0.0, 0.6, 0.1])
    ]


def test_a_recognised_column_is_divided_downwards() -> None:
    line = [word(0, 4, 0.1, 0.0, 0.2, 0.8)]
    assert drawn("关于低保", line, (2, 4)) == [(1, "低保", [0.1, 0.4, 0.2, 0.8])]


def test_a_tall_page_does_not_make_columns_of_lines() -> None:
    # A tenth of the width is a fortieth of this page's height.
    words = [word(0, 2, 0.0, 0.0, 0.4, 0.02)]
    assert drawn("低保", words, (0, 1), proportion=0.25) == [(1, "低", [0.0, 0.0, 0.2, 0.02])]


def test_hits_that_touch_are_one_as_in_the_text() -> None:
    text = "低保低保，通知"
    words = typed(text, 9)
    assert [number for number, _, _ in drawn(text, words, (0, 2), (2, 4), (5, 7))] == [1, 2]


def test_a_hit_with_white_space_is_told_on_one_line() -> None:
    text = "最低生活\n保障"
    words = [each for each in typed(text, 5) if text[each.start] != "\n"]
    assert [hit for _, hit, _ in drawn(text, words, (2, 7))] == ["生活保障", "生活保障"]
    assert drawn("two\nwords", typed("two\nwords", 20), (0, 9))[0][1] == "two words"


@pytest.mark.parametrize("words", [[], [word(9, 10, 0.0, 0.0, 0.1, 0.1)]])
def test_hits_without_a_place_are_counted(words: list[PageWord]) -> None:
    boxes = boxes_of("低保的通知，低保。", [Mark(0, 2, 0), Mark(6, 8, 0)], words, SQUARE)
    assert (boxes.boxes, boxes.unplaced) == ((), 2)


def test_what_is_known_of_a_hit_is_boxed() -> None:
    words = [word(0, 1, 0.0, 0.0, 0.1, 0.1)]
    assert drawn("低保", words, (0, 2)) == [(1, "低保", [0.0, 0.0, 0.1, 0.1])]

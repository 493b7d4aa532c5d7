"""A page's text among the glyphs of its picture, in whatever order both come."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.page_words import Box
from indexer.rendering import Glyph
from indexer.rendering.alignment import aligned


def glyphs(*texts: str) -> list[Glyph]:
    """One glyph per text, each at a place of its own."""
    return [
        Glyph(text=text, box=Box(left=at / 1000, top=0.0, right=(at + 1) / 1000, bottom=1.0))
        for at, text in enumerate(texts)
    ]


def places(text: str, drawn: list[Glyph]) -> dict[str, list[int]]:
    """For each character of the text, which glyphs it was found at."""
    found: dict[str, list[int]] = {}
    for word in aligned(text, drawn):
        for each in text[word.start : word.end]:
            found.setdefault(each, []).append(round(word.box.left * 1000))
    return found


def test_the_same_text_is_found_whole() -> None:
    text = "关于低保的通知"
    assert places(text, glyphs(*text)) == {each: [at] for at, each in enumerate(text)}


def test_white_space_and_line_ends_do_not_count() -> None:
    assert places("关于 低保\n的\t通知", glyphs(*"关于低保的通知"))["通"] == [5]


def test_lines_that_were_put_in_order_are_found_where_they_were_drawn() -> None:
    text = "第一行的文字\n第二行的文字\n第三行的文字"
    drawn = glyphs(*"第三行的文字第一行的文字第二行的文字")
    assert places(text, drawn)["一"] == [7]
    assert places(text, drawn)["二"] == [13]
    assert places(text, drawn)["三"] == [1]


def test_equal_lines_are_taken_one_after_the_other() -> None:
    text = "同样的一行\n同样的一行\n同样的一行"
    assert places(text, glyphs(*"同样的一行同样的一行同样的一行"))["同"] == [0, 5, 10]


def test_forms_that_mean_the_same_are_the_same() -> None:
    assert places("ＡＢＣ１２３", glyphs(*"ABC123"))["Ａ"] == [0]
    assert places("青海省档案", glyphs("⻘", *"海省檔案"))["青"] == [0]


def test_a_glyph_for_several_letters_is_the_place_of_each() -> None:
    words = aligned("office", glyphs("o", "ffi", "c", "e"))
    assert [("office"[word.start : word.end], round(word.box.left * 1000)) for word in words] == [
        ("o", 0),
        ("ffi", 1),
        ("c", 2),
        ("e", 3),
    ]


def test_a_hyphen_that_was_joined_away_does_not_break_the_word() -> None:
    assert places("disclosure of archives", glyphs(*"disclo-sureofarchives"))["u"] == [8]


def test_what_is_short_and_stands_twice_is_not_guessed() -> None:
    text = "正文正文正文一二三四\n5"
    assert "5" not in places(text, glyphs(*"5x5", *"正文正文正文一二三四"))
    assert places(text, glyphs(*"5x6", *"正文正文正文一二三四"))["5"] == [0]


def test_another_text_has_no_place() -> None:
    assert aligned("完全不同的另外一段文字", glyphs(*"关于低保的通知")) == ()
    assert aligned("", glyphs(*"关于")) == ()
    assert aligned("关于", []) == ()


@pytest.mark.parametrize("size", [20_000])
def test_monotonous_text_takes_no_longer_than_it_is_long(size: int) -> None:
    assert len(aligned("a" * size, glyphs(*"a" * size))) == size


@given(st.lists(st.text(string.ascii_lowercase, min_size=1, max_size=12), max_size=12).flatmap(
    lambda lines: st.tuples(st.just(lines), st.permutations(lines))
))  # fmt: skip
def test_a_place_always_has_its_character(lines: tuple[list[str], list[str]]) -> None:
    text, drawn = "\n".join(lines[0]), "".join(lines[1])
    words = aligned(text, glyphs(*drawn))
    taken = [round(word.box.left * 1000) for word in words]
    assert len(set(taken)) == len(taken)
    assert [text[word.start] for word in words] == [drawn[at] for at in taken]

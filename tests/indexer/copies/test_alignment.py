from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.copies.alignment import differences

TEXT = "".join(map(chr, range(0x4E00, 0x5000)))


def shown(first: str, second: str) -> list[tuple[str, str]]:
    return [(each.first, each.second) for each in differences(first, second)]


def test_equal_texts_differ_nowhere() -> None:
    assert shown(TEXT, TEXT) == shown("", "") == []


def test_what_is_replaced_put_in_and_left_out_is_found_where_it_is() -> None:
    second = TEXT[:100] + "乙" + TEXT[101:200] + "补充" + TEXT[200:300] + TEXT[310:]
    found = differences(TEXT, second)
    assert [(each.first, each.second) for each in found] == [
        (TEXT[100], "乙"),
        ("", "补充"),
        (TEXT[300:310], ""),
    ]
    assert [(each.at, each.there) for each in found] == [(100, 100), (200, 200), (300, 302)]


def test_two_differences_close_together_are_two() -> None:
    second = TEXT[:100] + "乙" + TEXT[101:104] + "丙" + TEXT[105:]
    assert shown(TEXT, second) == [(TEXT[100], "乙"), (TEXT[104], "丙")]


def test_a_block_that_was_moved_is_left_out_and_put_in() -> None:
    second = TEXT[:100] + TEXT[150:] + TEXT[100:150]
    assert shown(TEXT, second) == [(TEXT[100:150], ""), ("", TEXT[100:150])]


def test_runs_that_stand_twice_are_told_apart_by_what_is_around_them() -> None:
    table = "姓名性别出生年月家庭住址" * 30
    first = TEXT[:50] + table + TEXT[50:100] + "甲" + table + TEXT[100:]
    second = TEXT[:50] + table + TEXT[50:100] + "乙" + table + TEXT[100:]
    assert shown(first, second) == [("甲", "乙")]


def test_texts_that_have_nothing_in_common_differ_as_a_whole() -> None:
    other = "".join(map(chr, range(0x6000, 0x6200)))
    assert shown(TEXT, other) == [(TEXT, other)]
    assert shown("", TEXT) == [("", TEXT)]


@given(st.text(alphabet="甲乙丙", max_size=300), st.text(alphabet="甲乙丙", max_size=300))
def test_the_first_text_becomes_the_second_by_its_differences(first: str, second: str) -> None:
    at, there, made = 0, 0, []
    for each in differences(first, second):
        assert first[each.at : each.at + len(each.first)] == each.first
        made += [first[at : each.at], each.second]
        at = each.at + len(each.first)
        there = each.there
        assert second[there : there + len(each.second)] == each.second
    assert "".join((*made, first[at:])) == second

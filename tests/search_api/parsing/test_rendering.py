import pytest
from hypothesis import given

from search_api.parsing import parse, render
from tests.search_api.parsing.test_grammar import questions


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("（低保 | 医保）　－学校", "低保 OR 医保 -学校"),
        ("标题：(低保 -学校)", "(标题:低保 -标题:学校)"),
        ("agency:“民政局” NOT --x", '机关:"民政局" NOT --x'),
        ("甲 NEAR 乙", "甲 NEAR/10 乙"),
        ("-(甲 NEAR 乙) 丙", "-(甲 NEAR/10 乙) 丙"),
        ("-(甲 OR 乙) 丙", "-(甲 OR 乙) 丙"),
        ('“说"是"的”', '“说"是"的”'),
    ],
)
def test_a_tree_is_written_in_one_way(text: str, written: str) -> None:
    assert render(parse(text).parts) == written


@given(questions)
def test_what_is_written_is_read_as_the_same_tree(text: str) -> None:
    parsed = parse(text)
    if not parsed.literal_because:
        again = parse(render(parsed.parts))
        assert again.parts == parsed.parts
        assert not again.literal_because

import pytest
from hypothesis import given

from search_api.parsing import in_words, notes_in_words, parse
from search_api.parsing.wording import _NOTES
from tests.search_api.parsing.test_grammar import questions


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("低保 -学校", "含有 低保；排除：含有 学校"),
        ("低保 OR “医疗 救助”", "（含有 低保 或 原样含有“医疗 救助”）"),
        ("标题:低保 文号:国发*", "标题含有“低保”；文号形如“国发*”"),
        ("甲 NEAR/5 乙", "“甲”与“乙”相隔不超过 5 字"),
        ("2008年3月", "档案日期 2008-03-01 至 2008-03-31，或文中写有“2008年3月”"),
        ("2007..", "档案日期不早于 2007-01-01"),
        ("..2007", "档案日期不晚于 2007-12-31"),
        ("(甲 -乙) OR 丙", "（（含有 甲；排除：含有 乙） 或 含有 丙）"),
    ],
)
def test_a_reading_is_said(text: str, said: str) -> None:
    assert in_words(parse(text).parts, "zh") == said


def test_why_a_text_was_taken_as_it_stands_is_said_in_both_languages() -> None:
    parsed = parse("低保 OR")
    assert "缺少内容" in notes_in_words(parsed, "zh")[0]
    assert "plain text" in notes_in_words(parsed, "en")[0]
    assert notes_in_words(parse("低保"), "zh") == ()


@given(questions)
def test_everything_that_can_be_read_can_be_said(text: str) -> None:
    parsed = parse(text)
    for number, language in enumerate(("zh", "en")):
        said = in_words(parsed.parts, language)  # type: ignore[arg-type]
        assert bool(said) == bool(parsed.parts)
        for note in notes_in_words(parsed, language):  # type: ignore[arg-type]
            assert note in {words[number] for words in _NOTES.values()}

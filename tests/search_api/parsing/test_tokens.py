import pytest

from indexer.engine.conditions import MAX_NEAR, Part
from search_api.parsing.tokens import DEFAULT_NEAR, Problem, Sign, tokens_of


def signs(text: str) -> list[Sign]:
    return [token.sign for token in tokens_of(text)]


def words(text: str) -> list[str]:
    return [token.text for token in tokens_of(text) if token.sign is Sign.WORD]


@pytest.mark.parametrize(
    "text",
    [
        "AB-12", "1968-1972", "甲 - 乙", "甲--乙", "管理办法（试行）", "青政办发(2008)15号",
        "http://archive.example", "10:30", "时间:上午", "标题: 低保", "或", "or", "and", "a)b",
        "〔2008〕15号", "（一", "标题：",
    ],
)  # fmt: skip
def test_punctuation_is_no_sign(text: str) -> None:
    assert set(signs(text)) == {Sign.WORD}
    assert "".join(words(text)) == "".join(text.split())


def test_a_minus_has_a_space_before_and_none_after() -> None:
    assert signs("低保 -学校") == [Sign.WORD, Sign.NOT, Sign.WORD]
    assert signs("－“学校”") == [Sign.NOT, Sign.PHRASE]
    assert signs("低保 NOT 学校") == [Sign.WORD, Sign.NOT, Sign.WORD]


def test_full_width_signs_count() -> None:
    assert signs("（低保 ＯＲ 医保）　标题：审批") == [
        Sign.OPEN, Sign.WORD, Sign.OR, Sign.WORD, Sign.CLOSE, Sign.FIELD, Sign.WORD,
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["“低保”", "「低保」", '"低保"', "＂低保＂", "『低保』"])
def test_every_pair_of_quotation_marks_quotes(text: str) -> None:
    assert [(token.sign, token.text) for token in tokens_of(text)] == [(Sign.PHRASE, "低保")]


def test_a_quotation_that_never_ends_is_none() -> None:
    with pytest.raises(Problem, match="unbalanced_quote"):
        tokens_of("低保 “学校")


def test_fields_go_by_several_names() -> None:
    for name in ("机关", "發文機關", "AGENCY", "Agency"):
        (field, _) = tokens_of(f"{name}:民政局")
        assert field.part is Part.AGENCY


def test_near_says_how_near() -> None:
    assert [token.distance for token in tokens_of("甲 NEAR 乙 NEAR/3 丙")] == [
        0, DEFAULT_NEAR, 0, 3, 0,
    ]  # fmt: skip
    with pytest.raises(Problem, match="near_too_far"):
        tokens_of(f"甲 NEAR/{MAX_NEAR + 1} 乙")

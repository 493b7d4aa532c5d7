import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.analysis.question import (
    AllParts,
    AnyPart,
    DatePart,
    FieldPart,
    NearPart,
    NotPart,
    QueryPart,
)
from indexer.engine.conditions import Part
from search_api.parsing import parse
from search_api.parsing.dates import date_word
from search_api.parsing.grammar import MAX_WEIGHT, leaves_of, literally

LOW, SCHOOL = QueryPart("低保"), QueryPart("学校")

# What questions are made of, and what can go wrong between it.
pieces = st.sampled_from(
    [
        "低保", "学校", "15号", "2008年", "1968-1972", "2007..2010", "六八年红旗公社", "五十年代",
        "AB-12", "a*", "OR", "AND",
        "NOT", "NEAR", "NEAR/3", "|", "-", "－", "(", ")", "（", "）", '"', "“", "”", "标题:",
        "文号：", "人名:", "code:", " ", " ", " ", "　", "\n", ":", "*", "？",
    ]
)  # fmt: skip
questions = st.text(max_size=80) | st.lists(pieces, max_size=30).map("".join)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("低保 申请", [QueryPart("低保 申请")]),
        ('"低保" 申请', [QueryPart("低保", is_phrase=True), QueryPart("申请")]),
        ("关于“最低生活保障”的通知", [
            QueryPart("关于"), QueryPart("最低生活保障", is_phrase=True), QueryPart("的通知"),
        ]),
        ("《档案法》", [QueryPart("《档案法》")]),
        ("低保 -学校", [LOW, NotPart(part=SCHOOL)]),
        ("低保 OR 学校 甲", [AnyPart(parts=(LOW, SCHOOL)), QueryPart("甲")]),
        ("甲 低保|学校", [QueryPart("甲"), AnyPart(parts=(LOW, SCHOOL))]),
        ("(低保 OR (学校 OR 甲))", [AnyPart(parts=(LOW, SCHOOL, QueryPart("甲")))]),
        ("低保 AND 学校", [QueryPart("低保 AND 学校")]),
        ("(低保 -学校) OR 甲", [
            AnyPart(parts=(AllParts(parts=(LOW, NotPart(part=SCHOOL))), QueryPart("甲"))),
        ]),
        ("标题:低保 -标题:学校", [
            FieldPart(field=Part.TITLE, asked=LOW),
            NotPart(part=FieldPart(field=Part.TITLE, asked=SCHOOL)),
        ]),
        ("低保 NEAR/3 学校", [NearPart(first=LOW, second=SCHOOL, distance=3)]),
        ("六八年红旗公社 改名", [date_word("六八年"), QueryPart("红旗公社 改名")]),
        ("六八年六九年红旗公社", [
            date_word("六八年"), date_word("六九年"), QueryPart("红旗公社"),
        ]),
        ("58年岚民字第12号", [QueryPart("58年岚民字第12号")]),
        ("国发 2019年 第5号 低保", [QueryPart("国发 2019年 第5号 低保")]),
    ],
)  # fmt: skip
def test_questions_are_read(text: str, parts: list[object]) -> None:
    parsed = parse(text)
    assert parsed.literal_because == ""
    assert list(parsed.parts) == parts


def test_a_date_stands_apart_from_words() -> None:
    kinds = [type(part) for part in parse("低保 2008年3月 名册 学校").parts]
    assert kinds == [QueryPart, DatePart, QueryPart]


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("低保 “学校", "unbalanced_quote"),
        ("低保 OR", "dangling_operator"),
        ("OR 低保", "dangling_operator"),
        ("AND 低保", "dangling_operator"),
        ("低保 AND", "dangling_operator"),
        ("低保 NOT", "dangling_operator"),
        ("甲 NEAR", "dangling_operator"),
        ("-低保 -学校", "only_exclusions"),
        ("甲 (-低保)", "only_exclusions"),
        ("低保 OR -学校", "excluded_alternative"),
        ("甲 NEAR (低保 OR 学校)", "near_needs_words"),
        ("标题:(甲 NEAR 乙)", "field_of_field"),
        ("甲 NEAR/99 乙", "near_too_far"),
        ("(((((((甲 OR 乙)))))))", "too_complex"),
        (" OR ".join("甲" * (MAX_WEIGHT + 1)), "too_complex"),
        (" ".join(["甲 NEAR 乙 -丙"] * 6), "too_complex"),
    ],
)
def test_what_is_no_valid_question_is_taken_as_it_stands(text: str, because: str) -> None:
    assert parse(text) == literally(text, because)
    assert parse(text).parts == (QueryPart(text),)


def test_what_opens_nothing_is_said() -> None:
    assert parse("低保*").notes == ("wildcard_needs_field",)
    assert parse("档号:a*").notes == parse("档号:?b").notes == ("wildcard_too_short",)
    assert parse("档号:ab*").notes == parse('"低保*"').notes == ()


@given(questions)
@example("(" * 10_000 + "甲 OR 乙" + ")" * 10_000)
@example("-" * 10_000)
@example("标题:" * 5_000)
@example("甲 NEAR " * 5_000)
@example("“" * 9_999)
@example("a*" * 5_000)
def test_any_text_is_read_and_stays_small(text: str) -> None:
    parsed = parse(text)
    assert len(list(leaves_of(parsed.parts))) <= MAX_WEIGHT
    if text.strip(' \n　"“”()（）') and parsed.literal_because:
        assert parsed.parts == (QueryPart(text),)


@given(st.text(alphabet="低保学校 ，。：《》〔〕、-0123()（）:", max_size=60))
def test_without_signs_the_words_stay_as_they_were_typed(text: str) -> None:
    parsed = parse(text.replace(" -", " ").lstrip("-"))
    if not parsed.has_syntax:
        kept = "".join(part.text for part in parsed.parts)  # type: ignore[union-attr]
        assert "".join(kept.split()) == "".join(text.replace(" -", " ").lstrip("-").split())

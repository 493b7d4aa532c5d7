import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.analyzer import QueryPart
from search_api.parsing import parse


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("低保 申请", [QueryPart("低保 申请")]),
        ('"低保" 申请', [QueryPart("低保", is_phrase=True), QueryPart(" 申请")]),
        ("关于“最低生活保障”的通知", [
            QueryPart("关于"), QueryPart("最低生活保障", is_phrase=True), QueryPart("的通知"),
        ]),
        ("「低保」", [QueryPart("低保", is_phrase=True)]),
        ("＂低保＂", [QueryPart("低保", is_phrase=True)]),
        ("《档案法》", [QueryPart("《档案法》")]),
        ("  ", []),
    ],
)  # fmt: skip
def test_quoted_runs_stand_apart(text: str, parts: list[QueryPart]) -> None:
    assert list(parse(text).parts) == parts
    assert parse(text).literal_because == ""


@pytest.mark.parametrize("text", ['低保"申请', "“低保 申请", "「甲"])
def test_a_quotation_that_never_ends_is_searched_literally(text: str) -> None:
    parsed = parse(text)
    assert parsed.parts == (QueryPart(text),)
    assert parsed.literal_because == "unbalanced_quote"


@given(st.text())
def test_nothing_typed_is_an_error_and_nothing_is_lost(text: str) -> None:
    parts = parse(text).parts
    quotes = set('"＂“”「」『』')
    kept = "".join(part.text for part in parts)
    letters = [each for each in text if each.isalnum() and each not in quotes]
    assert [each for each in kept if each.isalnum()] == letters

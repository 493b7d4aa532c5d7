import datetime as dt

from indexer.analysis.analyzer import analyzer_for
from indexer.analysis.question import (
    AllParts,
    AnyPart,
    DatePart,
    FieldPart,
    NearPart,
    Node,
    NotPart,
    QueryPart,
)
from indexer.engine.conditions import AllOf, AnyOf, Dated, Near, NoneOf, Part, Pattern, Run
from indexer.engine.query import AnalyzedQuery

LOW, SCHOOL = QueryPart("低保"), QueryPart("学校")


def analyzed(*parts: Node) -> AnalyzedQuery:
    return analyzer_for().query(parts)


def test_plain_parts_stay_clauses_and_the_rest_becomes_conditions() -> None:
    query = analyzed(LOW, FieldPart(field=Part.TITLE, asked=SCHOOL))
    assert [clause.text for clause in query.clauses] == ["低保"]
    assert query.conditions == (Run(part=Part.TITLE, tokens=("学", "校")),)
    assert [(clause.text, clause.part) for clause in query.sought] == [
        ("低保", Part.BODY),
        ("学校", Part.TITLE),
    ]


def test_what_is_excluded_is_one_run_and_takes_no_part_in_ranking() -> None:
    query = analyzed(LOW, NotPart(part=QueryPart("红旗公社学校")))
    assert query.conditions == (NoneOf(conditions=(Run(tokens=tuple("红旗公社学校")),)),)
    assert query.sought == query.clauses
    assert "校" not in query.chars


def test_words_of_an_alternative_are_cut_like_others() -> None:
    query = analyzed(AnyPart(parts=(QueryPart("低保审批"), SCHOOL)))
    low, review, school = (Run(tokens=tuple(text)) for text in ("低保", "审批", "学校"))
    assert query.conditions == (AnyOf(conditions=(AllOf(conditions=(low, review)), school)),)
    assert not query.is_empty
    assert query.ranks


def test_a_name_is_looked_for_whole() -> None:
    query = analyzed(FieldPart(field=Part.PERSONS, asked=QueryPart("魏 昶旻")))
    assert query.conditions == (Run(part=Part.PERSONS, tokens=tuple("魏昶旻")),)


def test_a_number_goes_by_its_keys_and_open_places_make_a_pattern() -> None:
    (condition,) = analyzed(
        FieldPart(field=Part.NUMBER, asked=QueryPart("青政办发〔2008〕15号"))
    ).conditions
    assert isinstance(condition, Run)
    assert "青政办发|2008|15" in condition.numbers
    (condition,) = analyzed(FieldPart(field=Part.CODE, asked=QueryPart("2-1-*"))).conditions
    assert condition == Pattern(part=Part.CODE, key="#2-1-*")
    (condition,) = analyzed(
        FieldPart(field=Part.CODE, asked=QueryPart("2-1-*", is_phrase=True))
    ).conditions
    assert condition == Run(part=Part.CODE, tokens=("2", "1"), numbers=("=21",))


def test_a_range_is_no_word_of_the_text() -> None:
    query = analyzed(DatePart(text="1968..", first=dt.date(1968, 1, 1), last=None))
    assert query.conditions == (Dated(first=19680101, last=None),)
    assert (query.sought, query.ranks, query.is_empty) == ((), False, False)


def test_near_with_nothing_on_one_side_is_the_other_side() -> None:
    assert analyzed(NearPart(first=LOW, second=SCHOOL, distance=3)).conditions == (
        Near(first=("低", "保"), second=("学", "校"), distance=3),
    )
    empty = QueryPart("！")
    assert analyzed(NearPart(first=LOW, second=empty, distance=3)).conditions == (
        Run(tokens=("低", "保")),
    )
    assert analyzed(NearPart(first=empty, second=empty, distance=3)).conditions == ()


def test_what_asks_for_nothing_is_left_out() -> None:
    empty = QueryPart("！", is_phrase=True)
    excluding = NotPart(part=SCHOOL)
    assert analyzed(NotPart(part=empty), FieldPart(field=Part.NUMBER, asked=empty)).is_empty
    assert analyzed(AllParts(parts=(empty, excluding)), excluding).is_empty
    assert analyzed(AnyPart(parts=(AllParts(parts=(empty, excluding)), LOW))).conditions == (
        Run(tokens=("低", "保")),
    )

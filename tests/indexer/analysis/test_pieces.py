import datetime as dt

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.question import (
    AnyPart,
    DatePart,
    FieldPart,
    NotPart,
    QueryPart,
)
from indexer.analysis.thesaurus import Link, Relation, Thesaurus, Years
from indexer.engine.conditions import AnyOf, NoneOf, Part, Run
from indexer.engine.query import AnalyzedQuery

ANALYZER = Analyzer(
    (),
    Thesaurus(
        [
            Link(term="拆迁", other="房屋征收", relation=Relation.LATER, other_years=Years(2011)),
            Link(term="低保", other="最低生活保障", relation=Relation.SAME),
        ]
    ),
)


def also(query: AnalyzedQuery) -> list[str]:
    return [each.text for each in query.variants]


def asked(text: str, years: Years | None = None) -> AnalyzedQuery:
    return ANALYZER.query([QueryPart(text)], *([years] if years else []))


def test_a_word_is_looked_for_in_its_other_forms_too() -> None:
    query = asked("拆迁补偿")
    assert [clause.text for clause in query.clauses] == ["拆迁", "补偿"]
    assert [also(AnalyzedQuery(clauses=(each,))) for each in query.clauses] == [["房屋征收"], []]


def test_every_word_of_a_longer_name_has_all_its_forms() -> None:
    query = asked("最低生活保障")
    assert len(query.clauses) > 1
    assert all([each.text for each in clause.variants] == ["低保"] for clause in query.clauses)
    assert also(query) == ["低保"]


def test_a_form_counts_by_the_characters_that_it_stands_for() -> None:
    (variant,) = asked("低保").variants
    assert (variant.stands_for, variant.share) == (2, 2 / 6)
    assert asked("最低生活保障").variants[0].share == 1


def test_a_quoted_run_is_literal() -> None:
    assert also(ANALYZER.query([QueryPart("拆迁", is_phrase=True)])) == []


def test_what_is_excluded_is_not_expanded() -> None:
    query = ANALYZER.query([QueryPart("通知"), NotPart(part=QueryPart("拆迁"))])
    assert query.conditions == (NoneOf(conditions=(Run(tokens=("拆", "迁")),)),)
    assert also(query) == []


def test_fields_and_choices_are_looked_for_in_every_form() -> None:
    field = FieldPart(field=Part.TITLE, asked=QueryPart("低保"))
    query = ANALYZER.query([field, AnyPart(parts=(QueryPart("拆迁"), QueryPart("通知")))])
    long = Run(part=Part.TITLE, tokens=tuple("最低生活保障"))
    assert query.conditions[0] == AnyOf(
        conditions=(Run(part=Part.TITLE, tokens=("低", "保")), long)
    )
    assert also(query) == ["房屋征收", "最低生活保障"] or also(query) == [
        "最低生活保障",
        "房屋征收",
    ]


def test_forms_that_were_not_in_use_then_are_left_out() -> None:
    assert also(asked("拆迁", Years(2003, 2005))) == []
    assert also(asked("拆迁", Years(2003, 2012))) == ["房屋征收"]
    dated = DatePart(text="2008", first=dt.date(2008, 1, 1), last=dt.date(2008, 12, 31))
    assert also(ANALYZER.query([QueryPart("拆迁"), dated])) == []
    assert also(ANALYZER.query([QueryPart("拆迁"), dated], Years(2005, 2015))) == []


def test_a_question_taken_apart_keeps_its_other_forms() -> None:
    looser = ANALYZER.loosened(asked("最低生活保障松瓦乡改镇"))
    assert looser is not None
    assert also(looser) == ["低保"]

"""Other forms of asked words: matched, counted and located like the words, ranked below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from indexer.access import PUBLIC_VIEWER, Level, Secrecy, Viewer
from indexer.analysis.analyzer import Analyzer
from indexer.analysis.question import FieldPart, NotPart, QueryPart
from indexer.analysis.thesaurus import Link, Relation, Thesaurus
from indexer.engine.conditions import Part
from indexer.engine.query import FacetField, Order, PassageHit
from tests.contracts.generations import ARCHIVIST, Generation, TestedEngine
from tests.contracts.records import analyzed, archives, asked, texts, viewers

if TYPE_CHECKING:
    from indexer.engine.query import AnalyzedQuery
    from indexer.records import Record

ANALYZER = Analyzer(
    (),
    Thesaurus(
        [
            Link(term="拆迁", other="房屋征收", relation=Relation.LATER),
            Link(term="低保", other="最低生活保障", relation=Relation.SAME),
            Link(term="名册", other="通知", relation=Relation.SAME),
            Link(term="劳动局", other="人社局", relation=Relation.LATER),
        ]
    ),
)
HIDDEN = Level(secrecy=Secrecy.WORK_SECRET)


def in_any_form(text: str, *, phrase: bool = False) -> AnalyzedQuery:
    return ANALYZER.query([QueryPart(text, is_phrase=phrase)])


def test_a_record_with_another_form_of_the_word_has_the_word(index: Generation) -> None:
    index.put(
        analyzed(1, "房屋征收补偿办法"),
        analyzed(2, "补偿办法"),
        analyzed(3, "办法", "房屋\n征收补偿"),
    )
    page = index.search(in_any_form("拆迁补偿"))
    assert {hit.record_id[-1] for hit in page.hits} == {"1", "3"}
    assert (page.total, page.matched_clauses) == (2, 2)
    assert index.ids("拆迁补偿") != [1, 3]


def test_the_asked_word_itself_comes_first(index: Generation) -> None:
    index.put(
        analyzed(1, "办法", "房屋征收的补偿标准"),
        analyzed(2, "办法", "城市拆迁的补偿标准"),
        analyzed(3, "城市拆迁补偿办法"),
        analyzed(4, "房屋征收补偿办法"),
    )
    ranked = index.ids(in_any_form("拆迁 补偿"))
    assert ranked.index(2) < ranked.index(1)
    assert ranked.index(3) < ranked.index(4)
    # A title with another form says more than a text with the word.
    assert ranked.index(4) < ranked.index(2)


def test_a_name_of_several_words_is_found_by_its_other_form_whole(index: Generation) -> None:
    index.put(analyzed(1, "低保通知"), analyzed(2, "最低标准", "保障生活"), analyzed(3, "低，保"))
    index.put(analyzed(4, "提高生活标准"), position=2)
    assert len(in_any_form("最低生活保障").clauses) > 1
    assert sorted(index.ids(in_any_form("最低生活保障"))) == [1, 2, 3]


def test_a_record_is_met_where_the_other_form_stands(index: Generation) -> None:
    index.put(analyzed(1, "文件", "前言", "房屋征收范围", "结尾"))
    (hit,) = index.search(in_any_form("拆迁")).hits
    assert hit.passages[0] == PassageHit(file_ordinal=0, page=2, start=0, end=6)


def test_a_quoted_run_stays_literal(index: Generation) -> None:
    index.put(analyzed(1, "房屋征收"), analyzed(2, "拆迁"))
    assert index.ids(in_any_form("拆迁", phrase=True)) == [2]


def test_what_is_kept_out_is_kept_out_as_it_stands(index: Generation) -> None:
    index.put(analyzed(1, "房屋征收通知"), analyzed(2, "拆迁通知"))
    query = ANALYZER.query([QueryPart("补助通知"), NotPart(part=QueryPart("拆迁"))])
    assert index.ids(query) == [1]


@pytest.mark.parametrize(("field", "found"), [(Part.TITLE, [1]), (Part.AGENCY, [2])])
def test_a_field_is_asked_in_every_form(index: Generation, field: Part, found: list[int]) -> None:
    index.put(analyzed(1, "人社局通知"), analyzed(2, "题名", agency="区人社局"))
    assert index.ids(ANALYZER.query([FieldPart(field=field, asked=QueryPart("劳动局"))])) == found


def test_no_record_that_has_the_plain_words_is_lost(engine: TestedEngine) -> None:
    @engine.examples(10)
    @given(archives(), viewers(), texts)
    def holds(records: list[Record], viewer: Viewer, question: str) -> None:
        plain, wide = asked(question), in_any_form(question)
        with engine.generation(records) as index:
            for order in Order:
                own = index.search(plain, viewer, order=order, limit=50)
                found = index.search(wide, viewer, order=order, limit=50)
                if own.matched_clauses == len(plain.clauses):
                    assert {each.record_id for each in own.hits} <= {
                        each.record_id for each in found.hits
                    }
                assert found.total == len(found.hits)

    holds()


def test_what_a_viewer_may_not_see_changes_nothing_by_its_other_forms(
    engine: TestedEngine,
) -> None:
    @engine.examples(10)
    @given(archives(), viewers(), texts)
    def holds(records: list[Record], viewer: Viewer, question: str) -> None:
        seen = [each for each in records if viewer.may_see(each.access)]
        query = in_any_form(question)
        with engine.generation(records) as mixed, engine.generation(seen) as alone:
            ours, theirs = (index.search(query, viewer, limit=50) for index in (mixed, alone))
        assert (ours.total, ours.facets, ours.matched_clauses) == (
            theirs.total,
            theirs.facets,
            theirs.matched_clauses,
        )
        assert {each.record_id for each in ours.hits} == {each.record_id for each in theirs.hits}
        if viewer.is_public:
            assert ours == theirs

    holds()


def test_a_hidden_record_with_another_form_is_in_no_count(index: Generation) -> None:
    index.put(
        analyzed(1, "房屋征收办法", agency="甲局", level=HIDDEN),
        analyzed(2, "拆迁办法", agency="乙局"),
    )
    page = index.search(in_any_form("拆迁"), PUBLIC_VIEWER)
    assert page.total == 1
    assert [each.value for each in page.facets[FacetField.AGENCY]] == ["乙局"]
    assert index.search(in_any_form("拆迁"), ARCHIVIST).total == 2

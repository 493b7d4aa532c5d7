"""Every promise of the engine's ports, one test each, on every adapter."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.access import PUBLIC_VIEWER, Audience, Level, Secrecy, Viewer
from indexer.analysis.analyzer import analyzer_for
from indexer.analysis.question import QueryPart
from indexer.dates import PartialDate
from indexer.engine.query import FEW, FacetField, Filters, Order, Typed
from indexer.engine.searching import locating
from indexer.records import RecordId
from tests.contracts.generations import ARCHIVIST, STAFF, Generation, TestedEngine
from tests.contracts.records import PUBLIC, analyzed, archives, asked, texts, viewers

if TYPE_CHECKING:
    from indexer.records import Record


def test_a_record_is_found_by_a_word_of_its_title_or_text(index: Generation) -> None:
    index.put(analyzed(1, "低保名册", "全区学校"), analyzed(2, "土地承包"))
    assert index.ids("学校") == [1]
    assert index.ids("土地") == [2]


def test_all_parts_must_stand_in_the_record(index: Generation) -> None:
    index.put(analyzed(1, "低保名册"), analyzed(2, "低保", "学校"))
    page = index.search("低保 学校")
    assert [hit.record_id[-1] for hit in page.hits] == ["2"]
    assert (page.total, page.matched_clauses) == (1, 2)


def test_where_nothing_has_all_parts_the_largest_part_answers(index: Generation) -> None:
    index.put(analyzed(1, "低保 名册"), analyzed(2, "学校"), analyzed(3, "土地"))
    page = index.search("低保 名册 承包")
    assert [hit.record_id[-1] for hit in page.hits] == ["1"]
    assert page.matched_clauses == 2


def test_a_quoted_run_is_never_relaxed_away(index: Generation) -> None:
    index.put(analyzed(1, "低保"), analyzed(2, "审批低"))
    assert index.search(asked("保审批", phrase=True)).total == 0


@pytest.mark.parametrize("run", ["区", "政办", "政办发〔2008〕15号", "5", "辦法末后一", "ＯＬＤ"])
def test_every_literal_run_is_found(index: Generation, run: str) -> None:
    index.put(
        analyzed(1, "题名", "青山区政办发[2008]\n15号 old 办法末", "后一页"), analyzed(2, "別的")
    )
    assert index.ids(asked(run, phrase=True)) == [1]


def test_no_run_reaches_from_one_part_of_a_record_into_another(index: Generation) -> None:
    index.put(analyzed(1, "题名甲", "乙正文", agency="丙局"))
    assert index.search(asked("甲丙", phrase=True)).total == 0
    assert index.search(asked("甲乙", phrase=True)).total == 0


def test_the_bearer_of_a_number_comes_before_those_that_cite_it(index: Generation) -> None:
    citing = "根据青政办发〔2008〕15号" * 5
    index.put(
        analyzed(1, "关于青政办发〔2008〕15号的说明", citing),
        analyzed(2, "通知", "正文", document_number="青政办发〔2008〕15号"),
    )
    assert index.ids("青政办发[2008]15号") == [2, 1]
    assert index.ids("2008年青政办发15号") == [2]


def test_a_title_with_all_parts_comes_before_a_text_that_repeats_them(index: Generation) -> None:
    index.put(
        analyzed(1, "工作总结", "低保名册，低保名册，低保名册。"),
        analyzed(2, "关于城市低保对象登记名册的通知", "内容另行说明，" * 40),
    )
    assert index.ids("低保 名册") == [2, 1]


def test_a_title_that_begins_with_the_question_comes_first(index: Generation) -> None:
    index.put(analyzed(1, "关于报送低保名册的函"), analyzed(2, "低保名册核对情况和工作安排"))
    assert index.ids("低保名册") == [2, 1]


def test_parts_on_one_page_come_before_parts_scattered_over_pages(index: Generation) -> None:
    filler = "另外的事情在此说明。" * 20
    index.put(
        analyzed(1, "卷一", f"低保{filler}", filler, f"名册{filler}"),
        analyzed(2, "卷二", f"{filler}低保与名册", filler, filler),
    )
    assert index.ids("低保 名册") == [2, 1]


def test_a_sentence_by_relevance_is_answered_by_any_of_its_parts(index: Generation) -> None:
    question = "请问农村危房改造补助资金怎么申请"
    index.put(analyzed(1, "危房改造补助资金管理办法"), analyzed(2, "资金"), analyzed(3, "别的"))
    by_relevance = index.search(question)
    assert [hit.record_id[-1] for hit in by_relevance.hits] == ["1", "2"]
    assert (by_relevance.total, by_relevance.matched_clauses) == (2, 1)
    # By date nothing would hold back what hardly matches.
    assert index.ids(question, order=Order.NEWEST) == [1]


def test_a_few_hits_are_followed_by_what_comes_nearest(index: Generation) -> None:
    index.put(analyzed(1, "低保名册"), analyzed(2, "低保户花名单"), analyzed(3, "土地承包"))
    page = index.search("低保名册")
    assert page.total == sum(each.count for each in page.facets[FacetField.AUDIENCE]) == 1
    assert [hit.record_id[-1] for hit in page.hits] == ["1"]
    assert [hit.record_id[-1] for hit in page.nearby] == ["2"]


def test_what_comes_nearest_tells_its_pages(index: Generation) -> None:
    index.put(analyzed(1, "名册", "低保名册"), analyzed(2, "名单", "别的", "低保户花名单"))
    (near,) = index.search("低保名册").nearby
    assert near.passages[0].page == 2


def test_what_comes_nearest_fills_a_first_page_and_no_more(index: Generation) -> None:
    near = [analyzed(n, "低保户花名单") for n in range(20)]
    index.put(*near, *(analyzed(n, "低保名册") for n in range(20, 23)))
    assert len(index.search("低保名册").nearby) == FEW - 3
    assert index.search("低保名册", limit=2).nearby == ()
    assert index.search("低保名册", offset=3).nearby == ()
    assert index.search("低保名册", order=Order.NEWEST).nearby == ()
    assert index.search("承包").nearby == ()


def test_what_comes_nearest_has_every_quoted_part(index: Generation) -> None:
    index.put(analyzed(1, "低保户 名册"), analyzed(2, "低保户 花名单"), analyzed(3, "低保 名册"))
    quoted = analyzer_for().query([QueryPart("低保户", is_phrase=True), QueryPart("名册")])
    page = index.search(quoted)
    assert [hit.record_id[-1] for hit in page.hits] == ["1"]
    assert [hit.record_id[-1] for hit in page.nearby] == ["2"]


def test_nothing_comes_near_a_document_number(index: Generation) -> None:
    index.put(
        analyzed(1, "通知", document_number="青政办发〔2008〕15号"),
        analyzed(2, "通知", document_number="青政办发〔2008〕16号"),
    )
    page = index.search("青政办发〔2008〕15号")
    assert (page.total, page.nearby) == (1, ())


def test_what_comes_nearest_is_within_the_rights_of_the_viewer(index: Generation) -> None:
    index.put(
        analyzed(1, "低保名册"),
        analyzed(2, "低保户花名单", level=Level()),
        analyzed(3, "低保户花名单"),
        analyzed(4, "低保户花名单", agency="乙局"),
    )
    denied = frozenset({RecordId("r000000000003")})
    public = index.search("低保名册", PUBLIC_VIEWER, denied=denied)
    assert {hit.record_id for hit in public.nearby} == {"r000000000004"}
    staff = index.search("低保名册", STAFF, denied=denied)
    assert {hit.record_id for hit in staff.nearby} == {"r000000000002", "r000000000004"}


def test_totals_and_facets_count_the_whole_matched_set(index: Generation) -> None:
    index.put(
        *(
            analyzed(n, "通知", agency="甲局" if n % 3 else "乙局", date=PartialDate(1960 + n % 2))
            for n in range(30)
        )
    )
    page = index.search("通知", limit=5)
    assert page.total == 30
    assert len(page.hits) == 5
    assert [(c.value, c.count) for c in page.facets[FacetField.AGENCY]] == [
        ("甲局", 20),
        ("乙局", 10),
    ]
    assert [(c.value, c.count) for c in page.facets[FacetField.YEAR]] == [
        ("1960", 15),
        ("1961", 15),
    ]
    assert [(c.value, c.count) for c in page.facets[FacetField.AUDIENCE]] == [("public", 30)]


def test_pages_of_an_answer_neither_repeat_nor_miss_a_record(index: Generation) -> None:
    # All alike, so that everything hangs on how ties are broken.
    index.put(*(analyzed(n, "通知", "同样的正文") for n in range(250)))
    for order in Order:
        seen = [
            n
            for offset in range(0, 250, 20)
            for n in index.ids("通知", order=order, offset=offset, limit=20)
        ]
        assert sorted(seen) == list(range(250))


def test_order_by_date_puts_the_undated_last_either_way(index: Generation) -> None:
    index.put(
        analyzed(1, "通知", date=PartialDate(1968, 5)),
        analyzed(2, "通知"),
        analyzed(3, "通知", date=PartialDate(2008, 3, 15)),
    )
    assert index.ids("通知", order=Order.NEWEST) == [3, 1, 2]
    assert index.ids("通知", order=Order.OLDEST) == [1, 3, 2]
    assert index.ids("", order=Order.NEWEST, filters=Filters(years=(2008,))) == [3]


def test_filters_narrow(index: Generation) -> None:
    index.put(
        analyzed(1, "通知", agency="甲局", category="文书", fonds="0001", date=PartialDate(1968)),
        analyzed(
            2, "通知", agency="乙局", category="会计", fonds="0002", date=PartialDate(1970, 6, 1)
        ),
    )
    assert index.ids("通知", filters=Filters(agencies=("甲局",))) == [1]
    assert sorted(index.ids("通知", filters=Filters(agencies=("甲局", "乙局")))) == [1, 2]
    assert index.ids("通知", filters=Filters(categories=("会计",))) == [2]
    assert index.ids("通知", filters=Filters(fonds=("0001",))) == [1]
    assert index.ids("通知", filters=Filters(years=(1970,))) == [2]
    assert index.ids("通知", filters=Filters(agencies=("丙局",))) == []


def test_a_date_known_to_its_year_lies_in_every_range_it_may_lie_in(index: Generation) -> None:
    index.put(analyzed(1, "通知", date=PartialDate(1968)), analyzed(2, "通知"))
    day = dt.date
    assert index.ids("通知", filters=Filters(date_from=day(1968, 12, 31))) == [1]
    assert index.ids("通知", filters=Filters(date_to=day(1968, 1, 1))) == [1]
    assert index.ids("通知", filters=Filters(date_from=day(1969, 1, 1))) == []
    assert index.ids("通知", filters=Filters(date_to=day(1967, 12, 31))) == []


def test_passages_say_where_a_record_was_met(index: Generation) -> None:
    index.put(analyzed(1, "题名", "第一页说别的。", "第二页有低保名册。", "第三页也不。"))
    (hit,) = index.search("低保").hits
    assert (hit.passages[0].file_ordinal, hit.passages[0].page) == (0, 2)
    assert (hit.passages[0].start, hit.passages[0].end) == (0, 9)


@pytest.mark.parametrize("scanned", [1, 4, 1_000])
def test_a_long_volume_crowds_no_passage_of_another_record_out(
    index: Generation, monkeypatch: pytest.MonkeyPatch, scanned: int
) -> None:
    monkeypatch.setattr(locating, "_PASSAGES_SCANNED", scanned)
    index.put(
        analyzed(1, "长卷", *["低保低保低保。"] * 6),
        analyzed(2, "短文", "别的。", "这里说的是低保，以及许多别的事情。"),
    )
    for order in (Order.RELEVANCE, Order.NEWEST):
        hits = {int(hit.record_id[1:]): hit for hit in index.search("低保", order=order).hits}
        assert [passage.page for passage in hits[2].passages] == [2]
        assert len(hits[1].passages) == 3


def test_putting_again_replaces_the_record_and_its_passages(index: Generation) -> None:
    index.put(analyzed(1, "旧题", "旧正文", revision=1))
    index.put(analyzed(1, "新题", "新正文", revision=2), position=2)
    assert index.ids(asked("旧正文", phrase=True)) == []
    assert index.search("新正文").total == 1
    assert index.writer.counts().passages == 1


def test_deleting_removes_the_record_from_both_pairs(index: Generation) -> None:
    index.put(analyzed(1, "通知", "正文"), analyzed(2, "通知"))
    index.writer.delete({RecordId("r000000000001"): 2, RecordId("rnever"): 2})
    index.writer.commit(2)
    assert index.ids("通知") == index.ids("通知", PUBLIC_VIEWER) == [2]
    assert index.writer.counts().passages == 0


def test_what_was_deleted_and_put_again_before_the_commit_is_there(index: Generation) -> None:
    index.put(analyzed(1, "低保通知"))
    index.writer.delete({RecordId("r000000000001"): 2})
    index.put(analyzed(1, "低保通知", revision=3), position=3)
    assert index.ids("低保") == [1]
    assert index.ids("低保", PUBLIC_VIEWER) == [1]


def test_a_record_that_is_public_no_longer_leaves_the_public_pair(index: Generation) -> None:
    index.put(analyzed(1, "通知", revision=1))
    assert index.ids("通知", PUBLIC_VIEWER) == [1]
    index.put(analyzed(1, "通知", revision=2, level=Level()), position=2)
    assert index.ids("通知", PUBLIC_VIEWER) == []
    assert index.ids("通知", STAFF) == [1]


def test_nothing_uncommitted_is_seen_and_closing_drops_it(index: Generation) -> None:
    index.put(analyzed(1, "通知"), position=5)
    index.writer.put([analyzed(2, "通知")])
    assert index.ids("通知") == [1]
    index.reopen()
    assert index.ids("通知") == [1]
    assert index.writer.position == index.searcher.position == 5


def test_going_on_after_a_crash_repeats_nothing(engine: TestedEngine, index: Generation) -> None:
    first = [analyzed(n, "通知", f"第{n}件", revision=n + 1) for n in range(20)]
    index.put(*first, position=3)
    index.reopen()
    index.put(*first, analyzed(20, "通知", revision=21), position=4)
    assert index.search("通知").total == 21
    assert index.writer.counts().records == 21
    # Deleted duplicates would still weigh in the statistics: the order shows that there are none.
    with engine.generation() as undisturbed:
        undisturbed.put(*first, analyzed(20, "通知", revision=21))
        assert index.ids("通知 第3件", limit=30) == undisturbed.ids("通知 第3件", limit=30)


def test_an_unfinished_build_remembers_its_cursor(index: Generation) -> None:
    index.writer.commit(7, cursor="rabc")
    index.reopen()
    assert (index.writer.position, index.writer.cursor) == (7, "rabc")


def test_a_denied_record_is_gone_from_everything(index: Generation) -> None:
    index.put(analyzed(1, "通知", agency="甲局"), analyzed(2, "通知", agency="乙局"))
    denied = frozenset({RecordId("r000000000001")})
    for viewer in (ARCHIVIST, PUBLIC_VIEWER):
        page = index.search("通知", viewer, denied=denied)
        assert page.total == 1
        assert [c.value for c in page.facets[FacetField.AGENCY]] == ["乙局"]
        suggested = index.searcher.suggest(Typed(chars=tuple("通知")), viewer, denied, 5)
        assert suggested.titles == (RecordId("r000000000002"),)


def test_suggestions_that_begin_with_the_run_come_first(index: Generation) -> None:
    index.put(analyzed(1, "关于低保的通知"), analyzed(2, "低保名册"), analyzed(3, "别的", "低保"))
    found = index.searcher.suggest(Typed(chars=tuple("低保")), PUBLIC_VIEWER, frozenset(), 5)
    assert found.titles == (RecordId("r000000000002"), RecordId("r000000000001"))


def test_internal_records_are_their_agencys(index: Generation) -> None:
    index.put(analyzed(1, "通知", agency="甲局", level=Level(secrecy=Secrecy.INTERNAL)))
    assert index.ids("通知", STAFF) == []
    assert index.ids("通知", Viewer(audience=Audience.STAFF, agencies=frozenset({"甲局"}))) == [1]
    assert index.ids("通知", Viewer(audience=Audience.STAFF, agencies=frozenset({"乙局"}))) == []
    assert index.ids("通知", ARCHIVIST) == [1]


def test_answers_hold_what_the_viewer_may_see_and_nothing_else(engine: TestedEngine) -> None:
    @engine.examples(25)
    @given(archives(), viewers(), texts, st.sets(st.integers(0, 12)))
    def holds(records: list[Record], viewer: Viewer, question: str, withdrawn: set[int]) -> None:
        denied = frozenset(RecordId(f"r{n:012d}") for n in withdrawn)
        may = {r.record_id for r in records if viewer.may_see(r.access)} - denied
        with engine.generation(records) as index:
            page = index.search(asked(question), viewer, denied=denied, limit=50)
            everything = index.search("", viewer, denied=denied, limit=50)
            suggested = index.searcher.suggest(Typed(chars=tuple("通知")), viewer, denied, 50)
        assert {hit.record_id for hit in page.hits} <= may
        assert page.total == len(page.hits)
        assert set(suggested.titles) <= may
        assert {hit.record_id for hit in everything.hits} == may
        for field, value in (
            (FacetField.AGENCY, lambda r: r.description.agency),
            (FacetField.YEAR, lambda r: str(r.description.date.year)),
            (FacetField.AUDIENCE, lambda r: r.access.audience.slug),
        ):
            counted = {c.value: c.count for c in everything.facets[field]}
            seen = [value(r) for r in records if r.record_id in may]
            assert counted == {each: seen.count(each) for each in seen}

    holds()


def test_the_publics_answers_know_nothing_of_other_records(engine: TestedEngine) -> None:
    @engine.examples(25)
    @given(archives(), texts)
    def holds(records: list[Record], question: str) -> None:
        public = [r for r in records if PUBLIC_VIEWER.may_see(r.access)]
        query = asked(question)
        with engine.generation(records) as mixed, engine.generation(public) as alone:
            for order in Order:
                assert mixed.search(query, PUBLIC_VIEWER, order=order, limit=50) == alone.search(
                    query, PUBLIC_VIEWER, order=order, limit=50
                )

    holds()


def test_public_level_is_what_the_contracts_take_for_granted() -> None:
    assert PUBLIC.audience is Audience.PUBLIC

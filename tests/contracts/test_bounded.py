"""A question put once more: for two viewers at a time, to some records, to one generation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from indexer.access import PUBLIC_VIEWER, Viewer
from indexer.engine.query import FacetField, Order, SearchQuery
from indexer.records import RecordId
from tests.contracts.generations import ARCHIVIST, STAFF, Generation, TestedEngine
from tests.contracts.records import analyzed, archives, asked, texts, viewers

if TYPE_CHECKING:
    from indexer.engine.query import ResultPage
    from indexer.records import Record


def bounded(
    index: Generation,
    text: str,
    viewer: Viewer = ARCHIVIST,
    *,
    within: Viewer | None = None,
    among: frozenset[RecordId] | None = None,
    after: int = 0,
) -> ResultPage:
    return index.searcher.search(
        SearchQuery(
            viewer=viewer,
            within=within,
            query=asked(text),
            among=among,
            after=after,
            limit=50,
            facets=tuple(FacetField),
        )
    )


def numbers(page: ResultPage) -> list[int]:
    return sorted(int(hit.record_id[1:]) for hit in page.hits)


def test_some_records_of_an_answer_are_counted_alone(index: Generation) -> None:
    index.put(*(analyzed(n, "低保名册", agency="甲局" if n < 3 else "乙局") for n in range(5)))
    two = frozenset({RecordId("r000000000001"), RecordId("r000000000004")})
    page = bounded(index, "低保", among=two)
    assert (page.total, numbers(page)) == (2, [1, 4])
    assert {each.value: each.count for each in page.facets[FacetField.AGENCY]} == {
        "甲局": 1,
        "乙局": 1,
    }
    assert bounded(index, "低保", among=frozenset()).total == 0


def test_only_what_changed_after_a_position_is_counted(index: Generation) -> None:
    index.put(*(analyzed(n, "低保名册", revision=n + 1) for n in range(5)))
    assert numbers(bounded(index, "低保", after=3)) == [3, 4]
    assert bounded(index, "低保", after=5).total == 0


def test_a_question_is_not_relaxed_because_some_records_lack_a_part(index: Generation) -> None:
    index.put(analyzed(1, "低保名册"), analyzed(2, "低保", revision=2))
    assert bounded(index, "低保 名册", after=1).total == 0
    assert bounded(index, "低保 名册", among=frozenset({RecordId("r000000000002")})).total == 0
    # Nor followed by what comes near it.
    assert bounded(index, "低保名册", among=frozenset({RecordId("r000000000001")})).nearby == ()


def test_where_one_of_two_is_the_public_only_public_records_are_known(index: Generation) -> None:
    index.put(analyzed(1, "低保 名册"), analyzed(2, "低保"))
    for viewer, within in ((ARCHIVIST, PUBLIC_VIEWER), (PUBLIC_VIEWER, STAFF)):
        assert bounded(index, "低保", viewer, within=within) == bounded(
            index, "低保", PUBLIC_VIEWER
        )


def test_two_generations_answer_each_for_itself(engine: TestedEngine, index: Generation) -> None:
    index.put(analyzed(1, "低保名册"), analyzed(2, "低保"))
    with engine.generation() as following:
        following.put(analyzed(2, "低保"), position=7)
        assert numbers(bounded(index, "低保")) == [1, 2]
        assert numbers(bounded(following, "低保")) == [2]
        assert (index.searcher.position, following.searcher.position) == (1, 7)


def test_two_viewers_together_see_what_each_of_them_may(engine: TestedEngine) -> None:
    @engine.examples(40)
    @given(archives(), texts, viewers(), viewers())
    def holds(records: list[Record], text: str, viewer: Viewer, within: Viewer) -> None:
        with engine.generation(records) as index:
            everything = SearchQuery(
                viewer=viewer, within=within, query=asked(""), order=Order.NEWEST, limit=50
            )
            page = index.searcher.search(everything)
            found = bounded(index, text, viewer, within=within)
        both = {
            record.record_id
            for record in records
            if viewer.may_see(record.access) and within.may_see(record.access)
        }
        indexed = {r.record_id for r in records if r.access.audience is not None}
        assert {hit.record_id for hit in page.hits} == both & indexed
        assert page.total == len(both & indexed)
        # And a question never sees further.
        assert {hit.record_id for hit in (*found.hits, *found.nearby)} <= both

    holds()

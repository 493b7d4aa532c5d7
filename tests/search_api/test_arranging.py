from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.access import PUBLIC_VIEWER
from indexer.database import reading
from indexer.engine.query import Hit
from indexer.records import RecordId
from search_api.answers import AnswerHit
from search_api.arranging import folded, valid_first
from search_api.log import load_search
from tests.contracts.records import make_record
from tests.fixtures.archive import ARCHIVIST, STAFF

if TYPE_CHECKING:
    from search_api.answers import SearchAnswer
    from tests.fixtures.archive import SmallArchive

REPEALING = (
    "青山区低保管理办法\n第一条 低保名册。\n《青山区低保名册办法》（青政发[2005]3号）同时废止。\n"
)
OLD = {"document_number": "青政发〔2005〕3号", "date": "2005-05-01"}


def hits_of(count: int) -> list[AnswerHit]:
    return [
        AnswerHit(rank=n + 1, record=make_record(n, "件"), title=(), fields={}, pages=())
        for n in range(count)
    ]


def number(hit: AnswerHit) -> int:
    return hit.rank - 1


links = st.sets(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1])
)


@given(count=st.integers(0, 8), pairs=links)
def test_folding_keeps_every_hit_once_and_folds_copies_alone(
    count: int, pairs: set[tuple[int, int]]
) -> None:
    ids = [RecordId(f"r{n:012d}") for n in range(8)]
    copies: dict[RecordId, set[RecordId]] = {}
    for one, other in pairs:
        copies.setdefault(ids[one], set()).add(ids[other])
        copies.setdefault(ids[other], set()).add(ids[one])
    leading = folded(hits_of(count), copies)
    flat = [number(each) for hit in leading for each in (hit, *hit.folded)]
    assert sorted(flat) == list(range(count))
    assert [number(hit) for hit in leading] == sorted(number(hit) for hit in leading)
    for hit in leading:
        for each in hit.folded:
            assert (number(hit), number(each)) in pairs
    # Two that lead are copies of each other only where the later one's copies lead before it.
    for hit in leading:
        before = [each for each in leading if each.rank < hit.rank]
        assert not any((number(each), number(hit)) in pairs for each in before)


def test_what_is_repealed_stands_under_what_is_nearly_as_good() -> None:
    hits = hits_of(4)
    met = [
        Hit(record_id=hit.record.record_id, score=score)
        for hit, score in zip(hits, (10.0, 9.5, 9.5, 8.0), strict=True)
    ]
    old = hits[0].record.record_id
    assert [number(hit) for hit in valid_first(hits, met, {old})] == [1, 2, 0, 3]
    assert [number(hit) for hit in valid_first(hits, met, ())] == [0, 1, 2, 3]


def told(answer: SearchAnswer) -> list[tuple[str, list[str]]]:
    return [
        (
            hit.record.description.title,
            [each.record.description.title for each in hit.folded],
        )
        for hit in answer.hits
    ]


def test_copies_stand_under_the_first_of_them_and_are_logged(archive: SmallArchive) -> None:
    for name in ("甲", "乙", "丙"):
        archive.add(f"低保名册{name}", "全区低保名册，同样的内容。", title="低保名册")
    archive.add("另一件", "低保名册以外的内容。")
    archive.run()
    answer = archive.ask("低保名册")
    assert answer.total == len(answer.shown) == 4
    assert sorted(len(under) for _, under in told(answer)) == [0, 2]
    assert [hit.rank for hit in answer.shown] == [1, 2, 3, 4]
    with reading(archive.engine) as connection:
        logged = load_search(connection, answer.search_id)
    assert logged.entry is not None
    assert [hit.rank for hit in logged.entry.hits] == [1, 2, 3, 4]
    # Ordered by date everything stands for itself.
    assert all(not under for _, under in told(archive.ask("低保名册", order="newest")))


def test_paging_through_copies_repeats_and_loses_nothing(archive: SmallArchive) -> None:
    for n in range(7):
        archive.add(f"低保{n}", f"低保名册，第{n % 3}样的内容。", title="低保名册")
    archive.run()
    pages = [archive.ask("低保名册", size="3", page=str(page)) for page in (1, 2, 3)]
    seen = [hit.record.record_id for answer in pages for hit in answer.shown]
    assert len(seen) == len(set(seen)) == pages[0].total == 7


def test_a_copy_in_an_attachment_is_not_folded(archive: SmallArchive) -> None:
    archive.add("附件", "低保名册的附件内容。")
    archive.add("通知", "低保名册的通知。", files=["通知.txt", "附件.txt"])
    archive.run()
    answer = archive.ask("低保名册")
    assert [(hit.copies, hit.folded) for hit in answer.hits] == [(1, ()), (1, ())]


def test_a_hidden_copy_neither_folds_nor_counts(archive: SmallArchive) -> None:
    archive.add("公开的名册", "低保名册，同样的内容。")
    archive.add("控制的名册", "低保名册，同样的内容。", opening="controlled")
    archive.run()
    answer = archive.ask("低保名册")
    assert told(answer) == [("公开的名册", [])]
    assert (answer.total, answer.hits[0].copies) == (1, 0)
    (hit,) = archive.ask("低保名册", STAFF).hits
    assert (len(hit.folded), hit.copies) == (1, 1)


@pytest.fixture
def repealed(archive: SmallArchive) -> SmallArchive:
    archive.add("旧办法", "低保名册低保名册。", title="青山区低保名册办法", **OLD)
    archive.add("相似办法", "低保名册低保名册。 ", title="青山区低保名册细则", date="2007-05-01")
    archive.add("新办法", REPEALING, title="青山区低保管理办法", date="2008-03-15")
    archive.run()
    return archive


def by_title(answer: SearchAnswer) -> dict[str, AnswerHit]:
    return {hit.record.description.title: hit for hit in answer.shown}


def test_a_repealed_document_says_so_and_by_what(repealed: SmallArchive) -> None:
    answer = repealed.ask("低保名册")
    hits = by_title(answer)
    repeal = hits["青山区低保名册办法"].repeal
    assert repeal is not None
    assert repeal.by is not None
    assert repeal.by.description.title == "青山区低保管理办法"
    assert hits["青山区低保名册细则"].repeal is hits["青山区低保管理办法"].repeal is None


def test_it_stands_under_a_valid_one_like_it(repealed: SmallArchive) -> None:
    order = [hit.record.description.title for hit in repealed.ask("低保名册").hits]
    assert order.index("青山区低保名册细则") < order.index("青山区低保名册办法")
    # It is found all the same, and first by its own number.
    assert repealed.titles("青政发〔2005〕3号")[0] == "青山区低保名册办法"


def test_a_hidden_repeal_changes_nothing_for_who_may_not_see_it(repealed: SmallArchive) -> None:
    shown = ("旧办法", "相似办法")
    repealed.add("新办法", REPEALING, title="青山区低保管理办法", date="2008", opening="控制")
    repealed.run()
    hits = by_title(repealed.ask("低保名册", PUBLIC_VIEWER))
    assert len(hits) == len(shown)
    assert all(hit.repeal is None for hit in hits.values())
    assert by_title(repealed.ask("低保名册", ARCHIVIST))["青山区低保名册办法"].repeal is not None


def test_a_page_that_calls_itself_invalid_is_believed(archive: SmallArchive) -> None:
    page = (
        "索引号：000014349/2008-00001\n主题分类：民政\n有效性：失效\n标题：低保名册办法\n低保名册。"
    )
    archive.add("网页", page)
    archive.run()
    (hit,) = archive.ask("低保名册").hits
    assert hit.repeal is not None
    assert hit.repeal.by is None

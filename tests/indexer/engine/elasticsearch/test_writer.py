"""Many writers of one generation, in any order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.access import PUBLIC_VIEWER, Level
from indexer.engine.opening import open_writer
from indexer.engine.port import Pair
from indexer.engine.query import FacetField, Order
from indexer.errors import DocumentRefusedError
from indexer.records import RecordId
from tests.contracts.generations import ARCHIVIST, Generation
from tests.contracts.records import analyzed, asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.settings import IndexerSettings

pytestmark = pytest.mark.elastic

FIRST = RecordId("r000000000001")


@pytest.fixture
def index(settings: IndexerSettings) -> Iterator[Generation]:
    generation = Generation(settings, 1)
    yield generation
    generation.writer.close()


def test_an_older_state_that_comes_late_changes_nothing(index: Generation) -> None:
    slow = open_writer(index.settings, 1)
    index.put(analyzed(1, "新题", "一", revision=7), position=7)
    slow.put([analyzed(1, "旧题", "一", "二", "三", revision=5)])
    slow.flush()
    slow.close()
    assert index.ids("新题") == [1]
    assert index.search("旧题").matched_clauses == 1
    assert index.searcher.held(Pair.FULL, [FIRST])[FIRST].revisions == (7,)
    assert index.writer.counts().passages == 1


def test_a_record_deleted_by_another_does_not_come_back(index: Generation) -> None:
    slow = open_writer(index.settings, 1)
    index.put(analyzed(1, "题", "正文", revision=5), position=5)
    index.writer.delete({FIRST: 9})
    index.writer.commit(9)
    slow.put([analyzed(1, "题", "正文", revision=5)])
    slow.flush()
    slow.close()
    assert list(index.searcher.record_ids(Pair.FULL)) == []
    assert index.writer.counts().passages == 0


def test_what_cannot_be_indexed_is_told_and_may_come_again_as_it_should(index: Generation) -> None:
    fit = analyzed(1, "魏昶旻的题名", revision=5)
    unfit = replace(fit, year=2**70)
    index.writer.put([unfit])
    # It is no cluster that does not answer: trying the same again would be in vain.
    with pytest.raises(DocumentRefusedError, match=FIRST) as refused:
        index.writer.flush()
    assert "魏" not in str(refused.value)
    index.put(fit, position=5)
    assert index.ids("题名") == [1]


def test_a_delete_that_comes_late_leaves_what_was_put_after_it(index: Generation) -> None:
    index.put(analyzed(1, "题", revision=9), position=9)
    index.writer.delete({FIRST: 5})
    index.writer.commit(9)
    assert index.ids("题") == index.ids("题", PUBLIC_VIEWER) == [1]


def test_flushing_notes_nothing_and_no_note_lowers_the_position(index: Generation) -> None:
    other = open_writer(index.settings, 1)
    other.put([analyzed(1, "题")])
    index.writer.commit(7)
    other.flush()
    assert index.ids("题") == [1]
    assert index.searcher.position == 7
    other.commit(3)
    other.close()
    assert index.searcher.position == 7


def test_fewer_pages_than_before_leave_none_behind_in_either_pair(index: Generation) -> None:
    index.put(analyzed(1, "题", "低保一", "低保二", "低保三", revision=1))
    index.put(analyzed(1, "题", "低保一", revision=2), position=2)
    assert index.writer.counts().passages == 1
    index.put(analyzed(1, "题", "低保一", revision=3, level=Level()), position=3)
    assert index.ids("低保", PUBLIC_VIEWER) == []
    for viewer, count in ((PUBLIC_VIEWER, 0), (ARCHIVIST, 1)):
        met = index.searcher.pages_met(asked("低保"), [FIRST], viewer, frozenset())
        assert len(met) == count


def test_several_shards_rank_and_count_as_one(index: Generation) -> None:
    assert index.settings.elasticsearch_shards == 2
    records = [
        analyzed(n, "通知" * (n % 3 + 1), "低保名册" * (n % 5 + 1), agency=f"第{n % 4}局")
        for n in range(60)
    ]
    index.put(*records)
    page = index.search("低保名册", limit=50)
    assert page.total == 60
    assert sum(each.count for each in page.facets[FacetField.AGENCY]) == 60
    scores = [hit.score for hit in page.hits]
    assert scores == sorted(scores, reverse=True)
    # What is alike in all respects scores alike, on whichever shard it lies.
    assert len({round(score, 3) for score in scores}) <= 15
    seen = [
        each
        for offset in range(0, 60, 20)
        for each in index.ids("通知", order=Order.NEWEST, offset=offset, limit=20)
    ]
    assert sorted(seen) == list(range(60))

"""What a generation holds, as whoever verifies it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.access import Level, Opening
from indexer.engine.port import Counts, Held, Pair
from indexer.records import RecordId
from tests.contracts.records import analyzed

if TYPE_CHECKING:
    from tests.contracts.generations import Generation

STAFF_ONLY = Level(opening=Opening.CONTROLLED)
ONE, TWO, NONE = (RecordId(f"r{number:012d}") for number in (1, 2, 3))


def test_each_pair_names_the_records_that_it_holds(index: Generation) -> None:
    assert list(index.searcher.record_ids(Pair.FULL)) == []
    index.put(analyzed(1, "低保名册"), analyzed(2, "低保审批", level=STAFF_ONLY))
    assert sorted(index.searcher.record_ids(Pair.FULL)) == [ONE, TWO]
    assert list(index.searcher.record_ids(Pair.PUBLIC)) == [ONE]


def test_what_is_held_of_a_record_is_its_revision_and_its_passages(index: Generation) -> None:
    index.put(
        analyzed(1, "低保名册", "第一页", "第二页", revision=7),
        analyzed(2, "低保审批", "一页", level=STAFF_ONLY, revision=8),
    )
    assert index.searcher.held(Pair.FULL, [ONE, TWO, NONE]) == {
        ONE: Held(revisions=(7,), passages={7: 2}),
        TWO: Held(revisions=(8,), passages={8: 1}),
    }
    assert index.searcher.held(Pair.PUBLIC, [TWO, NONE]) == {}
    assert index.searcher.held(Pair.PUBLIC, []) == {}


def test_a_record_without_text_has_no_passages(index: Generation) -> None:
    index.put(analyzed(1, "低保名册", revision=7))
    assert index.searcher.held(Pair.FULL, [ONE]) == {ONE: Held(revisions=(7,))}


def test_of_what_was_replaced_or_deleted_nothing_is_held(index: Generation) -> None:
    index.put(analyzed(1, "低保名册", "第一页", "第二页", revision=1), analyzed(2, "低保", "一页"))
    index.put(analyzed(1, "低保名册", "只有一页", revision=2), position=2)
    index.writer.delete({TWO: 3})
    index.writer.commit(3)
    for pair in Pair:
        assert index.searcher.held(pair, [ONE, TWO]) == {ONE: Held(revisions=(2,), passages={2: 1})}
        assert index.searcher.counts(pair) == Counts(records=1, passages=1)
        assert list(index.searcher.record_ids(pair)) == [ONE]


def test_what_is_removed_and_put_in_one_commit_is_put_anew(index: Generation) -> None:
    index.put(analyzed(1, "低保名册", "第一页", revision=7))
    index.writer.delete({ONE: 8})
    index.put(analyzed(1, "复员名册", "第一页", "第二页", revision=7), position=8)
    assert (index.ids("低保"), index.ids("复员")) == ([], [1])
    assert index.searcher.held(Pair.FULL, [ONE]) == {ONE: Held(revisions=(7,), passages={7: 2})}

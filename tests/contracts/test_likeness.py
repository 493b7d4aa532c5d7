"""Records that share words: a test for each promise and adapter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from indexer.access import PUBLIC_VIEWER, Level
from indexer.records import RecordId
from tests.contracts.generations import ARCHIVIST, STAFF, Generation, TestedEngine
from tests.contracts.records import WORDS, analyzed, archives, viewers

if TYPE_CHECKING:
    from indexer.access import Viewer
    from indexer.records import Record

NOBODY: frozenset[RecordId] = frozenset()


def alike(
    index: Generation, words: dict[str, float], viewer: Viewer = ARCHIVIST, limit: int = 10
) -> list[tuple[int, tuple[str, ...]]]:
    found = index.searcher.alike(words, viewer, NOBODY, limit)
    return [(int(each.record_id[1:]), each.words) for each in found]


def test_what_shares_most_weight_comes_first_and_says_what_it_shares(index: Generation) -> None:
    index.put(
        analyzed(1, "件", "低保，名册。"),
        analyzed(2, "件", "低保，名册，学校。"),
        analyzed(3, "件", "低保低保低保。"),
        analyzed(4, "件", "土地。"),
    )
    words = {"低保": 1.0, "学校": 3.0, "名册": 2.0}
    assert alike(index, words) == [(2, ("学校", "名册", "低保")), (1, ("名册", "低保"))]
    assert alike(index, words, limit=1) == [(2, ("学校", "名册", "低保"))]
    assert alike(index, {}) == alike(index, {"承包": 1.0, "审批": 1.0}) == []


def test_a_word_of_the_title_counts_twice(index: Generation) -> None:
    index.put(analyzed(1, "件", "低保，名册，学校。"), analyzed(2, "低保名册", "别的。"))
    ids = [each for each, _ in alike(index, {"低保": 1.0, "名册": 1.0, "学校": 1.5})]
    assert ids == [2, 1]


def test_words_are_counted_among_public_records_whoever_asks(index: Generation) -> None:
    index.put(analyzed(1, "低保"), analyzed(2, "低保", "名册", level=Level()))
    counts = index.searcher.word_counts(["低保", "名册", "没有"])
    assert (counts.records, counts.having) == (1, {"低保": 1, "名册": 0, "没有": 0})


def test_likeness_is_within_the_rights_of_the_viewer(index: Generation) -> None:
    index.put(
        analyzed(1, "件", "低保，名册。"),
        analyzed(2, "件", "低保，名册。", level=Level()),
        analyzed(3, "件", "低保，名册。"),
    )
    words = {"低保": 1.0, "名册": 1.0}
    assert {each for each, _ in alike(index, words, PUBLIC_VIEWER)} == {1, 3}
    denied = frozenset({RecordId(f"r{3:012d}")})
    found = index.searcher.alike(words, STAFF, denied, 10)
    assert {int(each.record_id[1:]) for each in found} == {1, 2}


def test_the_order_is_that_of_an_archive_without_the_hidden_records(engine: TestedEngine) -> None:
    some_words = st.lists(st.sampled_from(WORDS[:7]), min_size=2, unique=True)

    @engine.examples(8)
    @given(archives(), viewers(), some_words)
    def holds(records: list[Record], viewer: Viewer, words: list[str]) -> None:
        weights = {word: 1.0 + place / 3 for place, word in enumerate(words)}
        seen = [each for each in records if viewer.may_see(each.access)]
        with engine.generation(records) as whole, engine.generation(seen) as alone:
            assert alike(whole, weights, viewer, 3) == alike(alone, weights, viewer, 3)

    holds()

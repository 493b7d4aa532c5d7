"""What of a question single records have: a test for each promise and adapter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.access import PUBLIC_VIEWER, Level
from indexer.analysis.analyzer import Analyzer, analyzer_for
from indexer.analysis.question import QueryPart
from indexer.engine.query import PagesMet
from indexer.records import RecordId
from indexer.vocabulary import packaged_vocabulary
from tests.contracts.generations import ARCHIVIST, STAFF, Generation
from tests.contracts.records import analyzed, asked

if TYPE_CHECKING:
    from indexer.access import Viewer

ONE, TWO, THREE = (RecordId(f"r{number:012d}") for number in (1, 2, 3))


def pages_of(
    index: Generation,
    text: str,
    viewer: Viewer = ARCHIVIST,
    *,
    denied: frozenset[RecordId] = frozenset(),
) -> dict[RecordId, tuple[tuple[int, int], ...]]:
    met = index.searcher.pages_met(asked(text), [ONE, TWO, THREE], viewer, denied)
    assert all(pages.is_whole for pages in met.values())
    return {record_id: pages.pages for record_id, pages in met.items()}


def test_a_hit_says_which_parts_it_lacks(index: Generation) -> None:
    index.put(analyzed(1, "低保 名册"), analyzed(2, "学校"))
    (hit,) = index.search("低保 名册 承包").hits
    assert hit.lacks == (2,)
    (hit,) = index.search("低保 名册").hits
    assert hit.lacks == ()


def test_every_part_that_is_lacking_is_said_however_many_there_are(index: Generation) -> None:
    parts = [f"{first}{second}" for first in "清河岚山城关" for second in "甲乙丙丁戊己"]
    index.put(analyzed(1, f"低保 {' '.join(parts[1::2])}"), analyzed(2, "学校"))
    query = analyzer_for().query([QueryPart(each) for each in ("低保", *parts)])
    assert len(query.clauses) == len(parts) + 1
    hits = {hit.record_id: hit for hit in index.search(query).hits}
    assert hits[ONE].lacks == tuple(range(1, len(parts) + 1, 2))


def test_what_comes_nearest_says_so_too(index: Generation) -> None:
    index.put(analyzed(1, "低保名册"), analyzed(2, "低保户花名单"))
    page = index.search("低保名册")
    assert page.hits[0].lacks == ()
    (near,) = page.nearby
    assert [asked("低保名册").clauses[number].text for number in near.lacks] == ["名册"]


def test_the_bearer_of_a_number_does_not_lack_it(index: Generation) -> None:
    index.put(analyzed(1, "低保", document_number="青政办发〔2008〕15号"))
    query = analyzer_for().query([QueryPart("2008年青政办发15号"), QueryPart("承包")])
    (hit,) = index.search(query).hits
    assert [query.clauses[number].text for number in hit.lacks] == ["承包"]


def test_another_form_of_a_part_is_that_part(index: Generation) -> None:
    index.put(
        analyzed(1, "题名", "别的。", "城市居民最低生活保障。"),
        analyzed(2, "最低生活水平保障"),
        analyzed(3, "学校"),
    )
    analyzer = Analyzer((), packaged_vocabulary().thesaurus())
    query = analyzer.query([QueryPart("低保"), QueryPart("承包")])
    (hit,) = index.search(query).hits
    assert (hit.record_id, hit.lacks) == (ONE, (1,))
    met = index.searcher.pages_met(query, [ONE, TWO, THREE], ARCHIVIST, frozenset())
    assert {record_id: each.pages for record_id, each in met.items()} == {ONE: ((0, 2),)}


def test_every_page_with_any_part_is_told_in_reading_order(index: Generation) -> None:
    long = "别的事。" * 200
    index.put(
        analyzed(1, "题名", "名册。", "别的。", f"低保。{long}低保。", "低保与名册。"),
        analyzed(2, "低保"),
        analyzed(3, "题名", "低保。"),
    )
    assert pages_of(index, "低保 名册") == {ONE: ((0, 1), (0, 3), (0, 4)), THREE: ((0, 1),)}
    assert pages_of(index, "承包") == {}
    assert index.searcher.pages_met(asked("低保"), [], ARCHIVIST, frozenset()) == {}
    other = index.searcher.pages_met(asked("低保"), [TWO], ARCHIVIST, frozenset())
    assert other.get(TWO, PagesMet()).pages == ()


def test_pages_are_told_within_the_rights_of_the_viewer(index: Generation) -> None:
    index.put(
        analyzed(1, "题名", "低保。"),
        analyzed(2, "题名", "低保。", level=Level()),
        analyzed(3, "题名", "低保。"),
    )
    denied = frozenset({THREE})
    assert set(pages_of(index, "低保", PUBLIC_VIEWER, denied=denied)) == {ONE}
    assert set(pages_of(index, "低保", STAFF, denied=denied)) == {ONE, TWO}

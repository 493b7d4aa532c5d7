"""How one record stands to a question: a test for each promise and adapter."""

from __future__ import annotations

import datetime as dt

import pytest

from indexer.access import PUBLIC_VIEWER, Level, Viewer
from indexer.analysis.analyzer import analyzer_for
from indexer.dates import PartialDate
from indexer.engine.query import AnalyzedQuery, Examination, Filters, Order, SearchQuery
from indexer.records import RecordId
from search_api.parsing import parse
from tests.contracts.generations import ARCHIVIST, STAFF, Generation
from tests.contracts.records import analyzed


def examine(
    index: Generation,
    text: str,
    number: int,
    viewer: Viewer = ARCHIVIST,
    *,
    denied: frozenset[RecordId] = frozenset(),
    filters: Filters | None = None,
    order: Order = Order.RELEVANCE,
) -> Examination | None:
    query = analyzer_for().query(parse(text).parts) if text else AnalyzedQuery()
    asked = SearchQuery(
        viewer=viewer, query=query, denied=denied, filters=filters or Filters(), order=order
    )
    return index.searcher.examine(asked, RecordId(f"r{number:012d}"))


def test_what_a_record_lacks_is_told_part_by_part(index: Generation) -> None:
    index.put(
        analyzed(1, "低保名册", "学校", revision=7, agency="民政局"),
        analyzed(2, "低保 名册 承包", agency="民政局"),
    )
    found = examine(index, "低保 承包 -学校 机关:民政局 1968..1970", 1)
    assert found is not None
    assert (found.revision, found.lacks, found.unmet) == (7, (1,), (0, 2))
    assert (found.is_matched, found.rank) == (False, None)


def test_a_record_that_is_found_stands_where_the_answer_has_it(index: Generation) -> None:
    index.put(
        *(analyzed(n, "通知", "低保" * n, date=PartialDate(1960 + n)) for n in range(1, 6)),
        analyzed(6, "通知", "低保"),
        analyzed(7, "别的"),
    )
    for order in Order:
        ids = index.ids("低保", order=order)
        assert len(ids) == 6
        for rank, number in enumerate(ids, start=1):
            found = examine(index, "低保", number, order=order)
            assert found is not None
            assert (found.is_matched, found.rank) == (True, rank)
    missed = examine(index, "低保", 7)
    assert missed is not None
    assert (missed.is_matched, missed.rank, missed.lacks) == (False, None, (0,))


@pytest.mark.parametrize(
    ("filters", "kept_out_by"),
    [
        (Filters(agencies=("乙局",), years=(1968,)), ("agencies",)),
        (Filters(date_from=dt.date(1969, 1, 1), fonds=("0002",)), ("fonds", "date_from")),
        (Filters(years=(1968,)), ()),
    ],
)
def test_the_filters_that_keep_a_record_out_are_named(
    index: Generation, filters: Filters, kept_out_by: tuple[str, ...]
) -> None:
    index.put(analyzed(1, "低保", agency="甲局", fonds="0001", date=PartialDate(1968)))
    found = examine(index, "低保", 1, filters=filters)
    assert found is not None
    assert found.kept_out_by == kept_out_by
    assert found.is_matched is (not kept_out_by)


def test_where_nothing_is_asked_a_record_is_known_or_not(index: Generation) -> None:
    index.put(analyzed(1, "低保", revision=3))
    found = examine(index, "", 1)
    assert found is not None
    assert (found.revision, found.lacks, found.unmet, found.kept_out_by) == (3, (), (), ())
    assert examine(index, "", 2) is None


def test_what_the_viewer_may_not_see_is_no_record(index: Generation) -> None:
    index.put(analyzed(1, "低保", level=Level()), analyzed(2, "低保"))
    assert examine(index, "低保", 1, PUBLIC_VIEWER) is None
    assert examine(index, "低保", 1, STAFF) is not None
    assert examine(index, "低保", 2, STAFF, denied=frozenset({RecordId(f"r{2:012d}")})) is None

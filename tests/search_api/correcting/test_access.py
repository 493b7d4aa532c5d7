"""Nobody is corrected to what is hidden, nor otherwise because of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.analysis.analyzer import analyzer_for
from indexer.engine.query import SearchQuery
from indexer.records import RecordId
from indexer.settings import IndexerSettings
from search_api.correcting import Inquiry, forgive
from search_api.near_names import near_names
from search_api.parsing import parse
from tests.contracts.generations import Generation
from tests.contracts.records import PUBLIC, analyzed, levels, viewers

if TYPE_CHECKING:
    from indexer.access import Level, Viewer

TITLES = (
    "低保名册",
    "抵保名册",
    "地堡图",
    "民政局年报",
    "民族局年报",
    "张贵兰同志任职",
    "石碾大队名册",
)
QUESTIONS = (
    "底保",
    "抵保",
    "dibao",
    "mzj",
    "民征局",
    "年报 民政局局",
    "张桂兰",
    "石年大队",
    "zhangguilan",
)

archives = st.lists(
    st.tuples(
        st.sampled_from(TITLES), st.sampled_from(("张贵兰", "低保", "")), levels | st.just(PUBLIC)
    ),
    max_size=8,
)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(archives, viewers(), st.sets(st.integers(0, 7), max_size=2))
def test_corrections_and_names_are_those_of_an_archive_without_what_is_hidden(
    held: list[tuple[str, str, Level]], viewer: Viewer, withdrawn: set[int]
) -> None:
    denied = frozenset(RecordId(f"r{number:012d}") for number in withdrawn)
    records = [
        analyzed(number, title, text, level=level, agency="甲局")
        for number, (title, text, level) in enumerate(held)
        if level.audience is not None
    ]
    seen = [
        each
        for each in records
        if viewer.may_see(each.access) and each.access.record_id not in denied
    ]

    def answers(folder: Path, kept: list[object]) -> list[object]:
        settings = IndexerSettings(data=folder, database_url="sqlite://", processes=1)
        index = Generation(settings, 1)
        index.put(*kept)  # type: ignore[arg-type]
        given_back: list[object] = []
        for text in QUESTIONS:
            parts = parse(text).parts
            wanted = SearchQuery(viewer=viewer, query=analyzer_for().query(parts), denied=denied)
            asked = Inquiry(
                searcher=index.searcher, analyzer=analyzer_for(), wanted=wanted, parts=parts
            )
            meant = forgive(asked, index.searcher.search(wanted))
            total = index.searcher.search(replace(wanted, query=meant.query)).total
            given_back += [(meant, total), near_names(asked)]
        index.writer.close()
        return given_back

    with TemporaryDirectory() as folder:
        whole = answers(Path(folder) / "whole", list(records))
        assert whole == answers(Path(folder) / "alone", list(seen))

"""A generation of an engine as the contracts ask it."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck
from hypothesis import settings as how_tried

from indexer.access import Audience, Viewer
from indexer.analysis.analyzer import analyzer_for
from indexer.engine.opening import drop_generation, open_searcher, open_writer
from indexer.engine.query import FacetField, Filters, Order, ResultPage, SearchQuery
from tests.contracts.records import asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indexer.engine.port import AnalyzedRecord, IndexWriter, Searcher
    from indexer.engine.query import AnalyzedQuery
    from indexer.records import Record, RecordId
    from indexer.settings import IndexerSettings

ARCHIVIST = Viewer(audience=Audience.ARCHIVIST, all_agencies=True)
STAFF = Viewer(audience=Audience.STAFF)

# An engine remembers for a while what it deleted under a number: no two engines share one.
_NUMBERS = count(1)


class Generation:
    """One generation of an engine with both of its sides open."""

    def __init__(self, settings: IndexerSettings, number: int) -> None:
        self.settings = settings
        self.number = number
        self.writer: IndexWriter = open_writer(settings, number)
        self.writer.commit(0)
        self.searcher: Searcher = open_searcher(settings, number)

    def put(self, *records: AnalyzedRecord, position: int = 1) -> None:
        self.writer.put(records)
        self.writer.commit(position)

    def reopen(self) -> None:
        self.writer.close()
        self.writer = open_writer(self.settings, self.number)

    def search(
        self,
        query: AnalyzedQuery | str = "",
        viewer: Viewer = ARCHIVIST,
        *,
        denied: frozenset[RecordId] = frozenset(),
        filters: Filters | None = None,
        order: Order = Order.RELEVANCE,
        offset: int = 0,
        limit: int = 10,
    ) -> ResultPage:
        return self.searcher.search(
            SearchQuery(
                viewer=viewer,
                query=asked(query) if isinstance(query, str) else query,
                denied=denied,
                filters=filters or Filters(),
                order=order,
                offset=offset,
                limit=limit,
                facets=tuple(FacetField),
            )
        )

    def ids(self, *args: object, **kwargs: object) -> list[int]:
        return [int(hit.record_id[1:]) for hit in self.search(*args, **kwargs).hits]  # type: ignore[arg-type]


@dataclass(frozen=True)
class TestedEngine:
    """An engine that makes generations for a test, and drops them.

    Attributes:
        settings: Of the engine; each generation of the embedded one has a folder of its own.
        share: Of the examples of a property this part is tried: a cluster takes its time to make
            four indexes.
    """

    __test__ = False

    settings: IndexerSettings
    share: float = 1.0

    @contextmanager
    def generation(self, records: Iterable[Record] = ()) -> Iterator[Generation]:
        """A generation with those of the records that somebody may see, without pages."""
        analyze = analyzer_for().record
        with tempfile.TemporaryDirectory(prefix="query-room-contract-") as folder:
            made = Generation(replace(self.settings, data=Path(folder)), next(_NUMBERS))
            try:
                indexable = [each for each in records if each.access.audience is not None]
                made.put(*(analyze(each, []) for each in indexable))
                yield made
            finally:
                made.writer.close()
                drop_generation(made.settings, made.number)

    def examples(self, most: int) -> how_tried:
        """How a property is tried on this engine, with ``most`` examples where they are cheap."""
        return how_tried(
            max_examples=max(2, round(most * self.share)),
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )

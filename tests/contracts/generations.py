"""A generation of an engine as the contracts ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.access import Audience, Viewer
from indexer.engine.opening import open_searcher, open_writer
from indexer.engine.query import FacetField, Filters, Order, ResultPage, SearchQuery
from indexer.settings import IndexerSettings
from tests.contracts.records import asked

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.engine.port import AnalyzedRecord, IndexWriter, Searcher
    from indexer.engine.query import AnalyzedQuery
    from indexer.records import RecordId

ARCHIVIST = Viewer(audience=Audience.ARCHIVIST, all_agencies=True)
STAFF = Viewer(audience=Audience.STAFF)


class Generation:
    """One generation of an engine with both of its sides open."""

    def __init__(self, settings: IndexerSettings, number: int = 1) -> None:
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


def embedded(folder: Path) -> IndexerSettings:
    return IndexerSettings(data=folder, database_url="sqlite://", processes=1)

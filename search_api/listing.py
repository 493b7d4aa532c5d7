"""A whole answer as a list: every hit as far as a list goes, asked again, logged as it is given."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from indexer.access import Audience
from indexer.database import reading, writing
from indexer.engine.query import MAX_RELEVANCE_DEPTH, Order
from indexer.repositories import browsing, records, withdrawals
from search_api.answering import entry_of, order_of, reading_of
from search_api.answers import AnswerHit, SearchAnswer
from search_api.digests import list_digest
from search_api.finding import Asked, find
from search_api.log import log_search

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.access import Viewer
    from indexer.indexing.serving import Serving
    from indexer.records import RecordId
    from search_api.answers import LogContext, Question

MOST_BY_RELEVANCE: Final = MAX_RELEVANCE_DEPTH
MOST_BY_DATE: Final = 10_000
_STEP: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultList:
    """An answer from its first hit on.

    Attributes:
        answer: As it was logged; its hits have no snippets.
        digest: Over ranks, records and their hashes: :func:`search_api.digests.list_digest`.
    """

    answer: SearchAnswer
    digest: str

    @property
    def is_whole(self) -> bool:
        """Whether everything that matched is in it."""
        return len(self.answer.hits) == self.answer.total


class ResultLists:
    """Makes lists of what questions find.

    Args:
        engine: The database. serving: The index.
    """

    def __init__(self, *, engine: Engine, serving: Serving) -> None:
        self._engine = engine
        self._serving = serving

    def make(self, question: Question, viewer: Viewer, context: LogContext) -> ResultList:
        """What the question finds, from its first page on; the list is logged as what was shown.

        By relevance it ends after :data:`MOST_BY_RELEVANCE` hits, by date after
        :data:`MOST_BY_DATE`. Each record is asked once more when all have been found: what was
        withdrawn meanwhile is not in it.

        Raises:
            InvalidQueryError: The question has nothing to look for.
            EngineUnavailableError: No index answers.
        """
        started = time.perf_counter()
        with reading(self._engine) as connection:
            generation = self._serving.current(connection)
            denied = withdrawals.denied_records(connection, generation.searcher.position)
            asked = Asked(question=replace(question, page=1), viewer=viewer, denied=denied)
            met = find(generation, replace(asked, span=(0, _STEP)))
            by_relevance = order_of(question, met.query) is Order.RELEVANCE
            most = MOST_BY_RELEVANCE if by_relevance else MOST_BY_DATE
            found = [hit.record_id for hit in met.result.hits]
            while len(found) < min(most, met.result.total):
                step = find(generation, replace(asked, span=(len(found), _STEP)))
                if not step.result.hits:
                    break
                found += [hit.record_id for hit in step.result.hits]
        # In a transaction of its own: what was decided while the engine was asked counts.
        with reading(self._engine) as connection:
            denied |= withdrawals.withdrawn_records(connection)
            visible = browsing.visible_to(viewer, denied)
            seen = records.load_records(connection, browsing.seen(connection, visible, found))
        answer = SearchAnswer(
            search_id=secrets.token_urlsafe(12),
            question=replace(question, page=1, page_size=most),
            reading=reading_of(met.parsed, met.query, met.result),
            corrected=met.corrected,
            total=met.result.total,
            took_ms=(time.perf_counter() - started) * 1000,
            generation=generation.number,
            dictionary=generation.analyzer.dictionary,
            hits=tuple(
                AnswerHit(rank=rank, record=seen[record_id], title=(), fields={}, pages=())
                for rank, record_id in enumerate(_unique(found), start=1)
                if record_id in seen
            ),
            facets={},
            sees_everything=viewer.audience is Audience.ARCHIVIST and viewer.all_agencies,
        )
        entry = entry_of(answer, viewer, context)
        digest = list_digest(entry.hits)
        with writing(self._engine) as connection:
            log_search(connection, replace(entry, list_digest=digest))
        return ResultList(answer=answer, digest=digest)


def _unique(found: list[RecordId]) -> list[RecordId]:
    """Each record once: the index may have taken in a change between two steps."""
    return list(dict.fromkeys(found))

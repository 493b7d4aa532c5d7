"""How much of what a question finds came or changed after a position of the outbox.

Counted when somebody looks, with the rights they have then: nothing is kept that could outlive a
right, and nothing has to be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.database import reading
from indexer.engine.query import Order
from indexer.errors import InvalidQueryError
from indexer.repositories import withdrawals
from search_api.finding import Asked, find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Engine

    from indexer.access import Viewer
    from indexer.indexing.serving import Serving
    from search_api.answers import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is new for some questions.

    Attributes:
        counts: Of each question in turn; ``None`` where this version cannot ask it.
        position: Of the outbox, up to which that is so.
    """

    counts: tuple[int | None, ...]
    position: int


class SearchNews:
    """Counts what is new.

    Args:
        engine: The database. serving: The index.
    """

    def __init__(self, *, engine: Engine, serving: Serving) -> None:
        self._engine = engine
        self._serving = serving

    def position(self) -> int:
        """The position of the outbox that answers have reached.

        Raises:
            EngineUnavailableError: No index answers.
        """
        with reading(self._engine) as connection:
            return self._serving.current(connection).searcher.position

    def count(self, questions: Sequence[Question], viewer: Viewer) -> News:
        """What is new for each question since the position that it names.

        Raises:
            EngineUnavailableError: No index answers.
        """
        with reading(self._engine) as connection:
            generation = self._serving.current(connection)
            # Read first: what comes in while we count is told the next time.
            position = generation.searcher.position
            denied = withdrawals.denied_records(connection, position)
        counts: list[int | None] = []
        for question in questions:
            asked = Asked(question=by_date(question), viewer=viewer, denied=denied, span=(0, 1))
            try:
                counts.append(
                    find(generation, asked).result.total if question.since < position else 0
                )
            except InvalidQueryError:
                counts.append(None)
        return News(counts=tuple(counts), position=position)


def by_date(question: Question) -> Question:
    """The question as news are asked for: a sentence needs its share, which by relevance it lacks.

    By relevance any word of a sentence matches and ranking decides; a number has no ranking.
    """
    return replace(question, order=Order.NEWEST, page=1)

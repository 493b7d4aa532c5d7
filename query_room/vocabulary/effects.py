"""Which of the questions asked lately another vocabulary would read in another way.

Questions are what people looked for, and that can name anybody. Whoever looks sees the words of
their own questions; those of others only who may read the log. Of the rest they are told a number,
and no small one: by trying one word after the other one could find out what somebody asked. Totals
are those of the records that whoever looks may see, never of those that the asker could.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from indexer.analysis.analyzer import Analyzer
from indexer.database import reading
from indexer.engine.query import Order
from indexer.errors import InvalidQueryError
from indexer.repositories import withdrawals
from query_room.accounts.model import Permission
from search_api.finding import Asked, analyzed, find, read
from search_api.log import latest_searches
from search_api.replaying.asking import logged_question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

    from indexer.access import Viewer
    from indexer.engine.query import AnalyzedQuery
    from indexer.indexing.serving import Serving, ServingGeneration
    from indexer.vocabulary import Vocabulary
    from query_room.accounts.model import Account
    from search_api.answers import Question

QUESTIONS: Final = 200
"""Distinct questions that are looked at."""

FEW: Final = 5
"""Fewer questions of others than this are not counted."""

_LOOKED_THROUGH: Final = 20 * QUESTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedQuestion:
    """A question that would be read in another way.

    Attributes:
        forms_before, forms_after: Other forms that are looked for.
        total_before, total_after: Records that whoever looks may see.
    """

    question: Question
    forms_before: tuple[str, ...]
    forms_after: tuple[str, ...]
    total_before: int
    total_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What a change would do to questions asked lately.

    Attributes:
        asked: How many were looked at whose words may be shown. changed: Those that change.
        others: How many questions of others change; ``None`` for fewer than :data:`FEW`.
    """

    asked: int
    changed: tuple[ChangedQuestion, ...]
    others: int | None


class VocabularyEffects:
    """Compares readings of logged questions.

    Args:
        engine: The database. serving: The generation that answers.
    """

    def __init__(self, *, engine: Engine, serving: Serving) -> None:
        self._engine = engine
        self._serving = serving

    def of(self, after: Vocabulary, *, by: Account, viewer: Viewer) -> Effects:
        """What would change if the vocabulary were ``after``.

        Args:
            after: As it is to be.
            by: Who looks.
            viewer: With whose rights.

        Raises:
            EngineUnavailableError: No index answers.
        """
        reads_log = by.may(Permission.READ_LOG)
        changed: list[ChangedQuestion] = []
        asked = others = 0
        with reading(self._engine) as connection:
            now = self._serving.current(connection)
            then = replace(now, analyzer=Analyzer(after.words, after.thesaurus()))
            denied = withdrawals.denied_records(connection, now.searcher.position)
            for actor, question in _questions(connection):
                before, later = (_as_read(each, question, viewer) for each in (now, then))
                may_be_shown = reads_log or actor == by.name
                asked += may_be_shown
                if before == later:
                    continue
                if not may_be_shown:
                    others += 1
                    continue
                asks = Asked(question=question, viewer=viewer, denied=denied)
                totals = _totals(asks, now, then)
                if totals is not None:
                    changed.append(
                        ChangedQuestion(
                            question=question,
                            forms_before=_forms(before),
                            forms_after=_forms(later),
                            total_before=totals[0],
                            total_after=totals[1],
                        )
                    )
        return Effects(
            asked=asked, changed=tuple(changed), others=others if others >= FEW else None
        )


def _questions(connection: Connection) -> Iterator[tuple[str, Question]]:
    """The last questions with who asked them, each of an asker once."""
    seen: set[object] = set()
    for search in latest_searches(connection, _LOOKED_THROUGH):
        if search.entry is None:
            continue
        question = replace(
            logged_question(search.entry), page=1, page_size=1, order=Order.RELEVANCE
        )
        if (search.actor, question) in seen:
            continue
        seen.add((search.actor, question))
        yield search.actor, question
        if len(seen) >= QUESTIONS:
            return


def _as_read(generation: ServingGeneration, question: Question, viewer: Viewer) -> AnalyzedQuery:
    parsed = read(question.text, viewer, literal=question.literal)
    return analyzed(generation.analyzer, parsed, question.filters)


def _totals(
    asks: Asked, before: ServingGeneration, after: ServingGeneration
) -> tuple[int, int] | None:
    try:
        return find(before, asks).result.total, find(after, asks).result.total
    except InvalidQueryError:
        return None  # asked when the language was another


def _forms(query: AnalyzedQuery) -> tuple[str, ...]:
    return tuple(each.text for each in query.variants)

"""The generation that answers now, the same for every process that asks."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.analysis.analyzer import ANALYZER, Analyzer, keys_of_words
from indexer.analysis.words import dictionary_of
from indexer.engine.opening import open_searcher, schema_version
from indexer.errors import EngineUnavailableError, IndexMismatchError
from indexer.repositories import generations, vocabularies

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from indexer.engine.port import Searcher
    from indexer.repositories.generations import GenerationRow
    from indexer.settings import IndexerSettings


@dataclass(frozen=True, slots=True)
class ServingGeneration:
    """A generation with what it takes to ask it.

    Attributes:
        number: Its number. searcher: Answers from it. analyzer: The one that wrote it, with the
            vocabulary it answers with.
        vocabulary: The version of that.
    """

    number: int
    searcher: Searcher
    analyzer: Analyzer
    vocabulary: int


def can_answer(connection: Connection, row: GenerationRow, settings: IndexerSettings) -> bool:
    """Whether this version, with the words of the office that it was written with, can ask it."""
    user_words = vocabularies.words(connection, row.vocabulary)
    return _written(row) == _expected(settings, user_words)


class Serving:
    """Hands out the serving generation; a swap in the database is seen by the next question.

    Args:
        settings: Which engine, and where.
    """

    def __init__(self, settings: IndexerSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._open: ServingGeneration | None = None

    def current(self, connection: Connection) -> ServingGeneration:
        """The generation that answers now.

        Raises:
            EngineUnavailableError: None does yet.
            IndexMismatchError: It was written by a schema or analyzer this version lacks.
        """
        row = generations.serving(connection)
        if row is None:
            msg = "no generation is serving yet; start `query-room worker` or run `index`"
            raise EngineUnavailableError(msg)
        with self._lock:
            if self._open is None or self._open.number != row.number:
                self._open = self._open_generation(connection, row)
            return self._open

    def opened(self, connection: Connection, row: GenerationRow) -> ServingGeneration:
        """Any generation, whether it serves or not, opened anew.

        Raises:
            IndexMismatchError: It was written by a schema or analyzer this version lacks.
        """
        return self._open_generation(connection, row)

    def _open_generation(self, connection: Connection, row: GenerationRow) -> ServingGeneration:
        vocabulary = vocabularies.load(connection, row.vocabulary)
        written, expected = _written(row), _expected(self._settings, vocabulary.words)
        if written != expected:
            msg = f"generation {row.number} was written as {written}, this version reads {expected}"
            raise IndexMismatchError(msg)
        return ServingGeneration(
            number=row.number,
            searcher=open_searcher(self._settings, row.files),
            analyzer=Analyzer(vocabulary.words, vocabulary.thesaurus()),
            vocabulary=row.vocabulary,
        )


def _written(row: GenerationRow) -> tuple[str, int, str, str]:
    return row.engine, row.schema_version, row.analyzer, row.dictionary


def _expected(settings: IndexerSettings, user_words: tuple[str, ...]) -> tuple[str, int, str, str]:
    dictionary = dictionary_of(keys_of_words(user_words))
    return settings.engine, schema_version(settings), ANALYZER, dictionary

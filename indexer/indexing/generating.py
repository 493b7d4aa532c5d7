"""Begin a generation, or go back to the one before. Either is one row; the worker does the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.analysis.analyzer import ANALYZER, keys_of_words
from indexer.analysis.words import dictionary_of
from indexer.engine.opening import schema_version
from indexer.errors import IndexMismatchError
from indexer.indexing.serving import can_answer
from indexer.repositories import generations, vocabularies
from indexer.vocabulary import NO_VOCABULARY, packaged_vocabulary, revision

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection

    from indexer.settings import IndexerSettings

PRODUCT: Final = "product"
"""Who made the first version of the vocabulary."""


def begin_generation(
    connection: Connection, settings: IndexerSettings, *, at: dt.datetime, held: bool = False
) -> int:
    """Announce a new generation with the present schema, analyzer and vocabulary.

    One that is ``held`` waits, once it is whole, until :func:`generations.release` lets it serve.
    """
    vocabulary = begin_vocabulary(connection, at=at)
    user_words = vocabularies.words(connection, vocabulary)
    return generations.create(
        connection,
        engine=settings.engine,
        schema_version=schema_version(settings),
        analyzer=ANALYZER,
        dictionary=dictionary_of(keys_of_words(user_words)),
        vocabulary=vocabulary,
        at=at,
        held=held,
    )


def begin_vocabulary(connection: Connection, *, at: dt.datetime) -> int:
    """The number of the present version; where there is none yet, what comes with the product."""
    if not (number := vocabularies.newest(connection)):
        number = 1
        vocabularies.add(
            connection,
            number,
            revision(NO_VOCABULARY, packaged_vocabulary()),
            by=PRODUCT,
            reason="",
            at=at,
        )
    return number


def roll_back(connection: Connection, settings: IndexerSettings, *, at: dt.datetime) -> int | None:
    """Let the generation before answer again; its number, or ``None`` where there is none.

    The worker brings it up to the outbox; until then what was restricted since is denied.

    Raises:
        IndexMismatchError: It was written by another version: nothing could be asked any more.
    """
    row = generations.previous(connection)
    if row is None:
        return None
    if not can_answer(connection, row, settings):
        raise IndexMismatchError(f"generation {row.number} was written by another version")
    generations.make_serving(connection, row.number, at=at)
    return row.number

"""A new version of the vocabulary, and the generation that answers with it.

User words change how every text is cut: the worker builds the next generation from the text store,
and the present one answers with its own words until then. Entries change questions alone: the next
generation stands on the files of the present one and answers from the same moment on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.analysis.analyzer import keys_of_words
from indexer.analysis.words import dictionary_of
from indexer.errors import VocabularyRefusedError
from indexer.indexing.generating import begin_generation, begin_vocabulary
from indexer.indexing.serving import can_answer
from indexer.repositories import generations, vocabularies
from indexer.vocabulary import revision

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection

    from indexer.settings import IndexerSettings
    from indexer.vocabulary import Vocabulary

MAX_REASON: Final = 200


def revise(
    connection: Connection,
    settings: IndexerSettings,
    vocabulary: Vocabulary,
    *,
    by: str,
    reason: str,
    at: dt.datetime,
    based_on: int | None = None,
    restores: int | None = None,
) -> int:
    """The number of the version in force from now on; that of the last one if nothing changes.

    Args:
        connection: In a transaction that writes.
        settings: Engine and folders.
        vocabulary: As it is to be.
        by: Who.
        reason: Why, for those who come later.
        at: When.
        based_on: The version that was changed; a later one refuses it. ``None`` asks nothing.
        restores: The version that this one goes back to.

    Raises:
        VocabularyRefusedError: No reason is given, or somebody else was quicker.
    """
    newest = begin_vocabulary(connection, at=at)
    if based_on is not None and based_on != newest:
        raise VocabularyRefusedError("moved")
    if not reason.strip() or len(reason) > MAX_REASON:
        raise VocabularyRefusedError("no_reason")
    changes = revision(vocabularies.load(connection, newest), vocabulary)
    if changes.is_empty:
        return newest
    number = newest + 1
    vocabularies.add(
        connection, number, changes, by=by, reason=reason.strip(), at=at, restores=restores
    )
    _bring_in_force(connection, settings, number, at=at)
    return number


def go_back(
    connection: Connection,
    settings: IndexerSettings,
    version: int,
    *,
    by: str,
    reason: str,
    at: dt.datetime,
) -> int:
    """The number of a new version that is like an earlier one.

    Raises:
        VocabularyRefusedError: There is no such version, or no reason is given.
    """
    begin_vocabulary(connection, at=at)
    wanted = vocabularies.load(connection, version)
    return revise(connection, settings, wanted, by=by, reason=reason, at=at, restores=version)


def _bring_in_force(
    connection: Connection, settings: IndexerSettings, number: int, *, at: dt.datetime
) -> None:
    dictionary = dictionary_of(keys_of_words(vocabularies.words(connection, number)))
    serving = generations.serving(connection)
    coming = generations.building(connection) or generations.whole(connection)
    serves = (
        serving is not None
        and serving.dictionary == dictionary
        and can_answer(connection, serving, settings)
    )
    if serving is not None and serves:
        generations.answer_with(connection, serving, number, at=at)
    if coming is not None and coming.dictionary == dictionary:
        generations.set_vocabulary(connection, coming.number, number)
    elif coming is not None or not serves:
        begin_generation(connection, settings, at=at)

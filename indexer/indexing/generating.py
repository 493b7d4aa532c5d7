"""Begin a generation, or go back to the one before. Either is one row; the worker does the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.analysis.analyzer import ANALYZER, analyzer_for
from indexer.engine.opening import schema_version
from indexer.errors import IndexMismatchError
from indexer.indexing.serving import can_answer
from indexer.repositories import generations

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection

    from indexer.settings import IndexerSettings


def begin_generation(
    connection: Connection, settings: IndexerSettings, *, at: dt.datetime, held: bool = False
) -> int:
    """Announce a new generation with the present schema, analyzer and dictionaries.

    One that is ``held`` waits, once it is whole, until :func:`generations.release` lets it serve.
    """
    return generations.create(
        connection,
        engine=settings.engine,
        schema_version=schema_version(settings),
        analyzer=ANALYZER,
        dictionary=analyzer_for().dictionary,
        at=at,
        held=held,
    )


def roll_back(connection: Connection, settings: IndexerSettings, *, at: dt.datetime) -> int | None:
    """Let the generation before answer again; its number, or ``None`` where there is none.

    The worker brings it up to the outbox; until then what was restricted since is denied.

    Raises:
        IndexMismatchError: It was written by another version: nothing could be asked any more.
    """
    row = generations.previous(connection)
    if row is None:
        return None
    if not can_answer(row, settings):
        raise IndexMismatchError(f"generation {row.number} was written by another version")
    generations.make_serving(connection, row.number, at=at)
    return row.number

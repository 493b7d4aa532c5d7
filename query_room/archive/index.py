"""The index: which generation answers, building the next, going back to the one before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import structlog

from indexer.database import reading, utc_now, writing
from indexer.engine.opening import open_searcher
from indexer.errors import EngineError
from indexer.indexing.generating import begin_generation, roll_back
from indexer.indexing.serving import can_answer
from indexer.indexing.writing_state import writing_state
from indexer.repositories import generations, outbox, records, set_asides
from query_room.accounts.model import Permission
from query_room.archive.model import IndexView
from query_room.errors import (
    NothingToReleaseError,
    NothingToRollBackToError,
    RebuildUnderwayError,
)
from search_api.log import EventKind, NewEvent, append
from search_api.rehearsing import load_rehearsal

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.repositories.generations import GenerationRow
    from indexer.settings import IndexerSettings
    from query_room.accounts.model import Account

SET_ASIDE_SHOWN: Final = 100
"""Records that are named on the page; all of them are counted."""

_log = structlog.get_logger(__name__)


class IndexService:
    """The index, for accounts that manage the archive.

    Every method raises ``PermissionDeniedError`` for others. Whatever is wrong with the index, this
    room still opens: it is where one mends it.
    """

    def __init__(self, *, engine: Engine, settings: IndexerSettings) -> None:
        self._engine = engine
        self._settings = settings

    def state(self, *, by: Account) -> IndexView:
        """The index and its generations."""
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            serving = generations.serving(connection)
            newest = outbox.newest_position(connection)
            previous = generations.previous(connection)
            is_usable = previous is not None and can_answer(connection, previous, self._settings)
            answers = serving is not None and can_answer(connection, serving, self._settings)
            view = IndexView(
                serving=serving,
                building=generations.building(connection),
                whole=generations.whole(connection),
                previous=previous if is_usable else None,
                generations=tuple(generations.list_all(connection)),
                waiting=None,
                to_build=records.count_indexable(connection),
                written=writing_state(connection, self._settings),
                set_aside=tuple(set_asides.listed(connection, limit=SET_ASIDE_SHOWN)),
            )
        follower = view.whole or serving
        comparison = load_rehearsal(self._engine, follower.number) if follower else None
        waiting = self._waiting(serving, newest) if answers else None
        return replace(view, waiting=waiting, comparison=comparison)

    def rebuild(self, *, by: Account) -> int:
        """Announce a new generation; the worker builds it while the present one answers.

        Raises:
            RebuildUnderwayError: One is being built already; it would have to begin anew.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with writing(self._engine) as connection:
            if building := generations.building(connection):
                raise RebuildUnderwayError(building.number)
            number = begin_generation(connection, self._settings, at=utc_now())
            append(
                connection,
                NewEvent(
                    at=utc_now(),
                    kind=EventKind.REBUILD_BEGUN,
                    subject=str(number),
                    body={"by": by.name},
                ),
            )
        return number

    def release(self, number: int, *, by: Account) -> int:
        """Let the generation that waits answer; the worker brings it up to date and swaps.

        Args:
            number: That generation, as it was shown.
            by: Who does it.

        Raises:
            NothingToReleaseError: It does not wait, or not any more.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with writing(self._engine) as connection:
            if generations.release(connection) != number:
                raise NothingToReleaseError(f"generation {number} does not wait")
            append(
                connection,
                NewEvent(
                    at=utc_now(),
                    kind=EventKind.GENERATION_RELEASED,
                    subject=str(number),
                    body={"by": by.name},
                ),
            )
        return number

    def roll_back(self, number: int, *, by: Account) -> int:
        """Let the generation before answer again.

        Args:
            number: That generation, as it was shown: pressed twice, one would go forth again.
            by: Who does it.

        Raises:
            NothingToRollBackToError: It is not the one before, or not any more.
            IndexMismatchError: It was written by another version: nothing could be asked.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with writing(self._engine) as connection:
            previous = generations.previous(connection)
            if previous is None or previous.number != number:
                raise NothingToRollBackToError(f"generation {number} is not the one before")
            roll_back(connection, self._settings, at=utc_now())
            append(
                connection,
                NewEvent(
                    at=utc_now(),
                    kind=EventKind.ROLLED_BACK,
                    subject=str(number),
                    body={"by": by.name},
                ),
            )
        return number

    def try_again(self, *, by: Account) -> int:
        """Queue every record that was set aside once more; how many."""
        by.require(Permission.MANAGE_ARCHIVE)
        with writing(self._engine) as connection:
            count = set_asides.try_again(connection)
            if count:
                append(
                    connection,
                    NewEvent(
                        at=utc_now(),
                        kind=EventKind.SET_ASIDE_RETRIED,
                        subject=str(count),
                        body={"by": by.name},
                    ),
                )
        return count

    def _waiting(self, serving: GenerationRow | None, newest: int) -> int | None:
        if serving is None:
            return newest
        try:
            return max(0, newest - open_searcher(self._settings, serving.files).position)
        except EngineError as error:
            _log.warning("index_does_not_answer", error=str(error))
            return None

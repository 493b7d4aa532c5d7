"""Watches that were begun on the pages, kept by the importer process."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import structlog

from indexer.database import reading, writing
from indexer.errors import ImportRunningError, QueryRoomError
from indexer.ordering.requests import request_of
from indexer.repositories import watches
from indexer.watching.following import FolderWatch, WatchPace

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from sqlalchemy import Engine

    from indexer.importing.progress import Progress
    from indexer.repositories.watches import WatchRow
    from indexer.settings import IndexerSettings

ASKED_EVERY_S: Final = 2.0
"""How often the list of watches is read again."""

_BACK_OFF_S: Final = (10.0, 30.0, 60.0, 300.0)
_log = structlog.get_logger(__name__)


class WatchEndedError(Exception):
    """The batch of a watch ends here: the process is to stop, or the watch was ended."""


class StandingWatches:
    """Follows every folder that somebody said so of.

    Args:
        engine: Database.
        settings: Of the archive.
        stop: Set when the process is to end.
        pace: How folders are followed.
    """

    def __init__(
        self,
        engine: Engine,
        settings: IndexerSettings,
        stop: threading.Event,
        pace: WatchPace | None = None,
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._stop = stop
        self._pace = pace
        self._asked_at = float("-inf")
        self._rows: dict[int, WatchRow] = {}
        self._followed: dict[int, FolderWatch] = {}
        self._failures: dict[int, tuple[int, float]] = {}

    def step(self) -> bool:
        """Look where there is reason to; whether anything came in."""
        self._ask()
        # Each of them, not up to the first where something came in.
        return sum(self._step(row) for row in list(self._rows.values())) > 0

    def close(self) -> None:
        """Follow nothing any longer."""
        for watch in self._followed.values():
            watch.close()
        self._followed.clear()

    def _ask(self) -> None:
        now = time.monotonic()
        if now - self._asked_at < ASKED_EVERY_S:
            return
        self._asked_at = now
        with reading(self._engine) as connection:
            self._rows = {row.watch_id: row for row in watches.in_force(connection)}
        for watch_id in self._followed.keys() - self._rows.keys():
            self._followed.pop(watch_id).close()
            self._failures.pop(watch_id, None)

    def _step(self, row: WatchRow) -> bool:
        failures, not_before = self._failures.get(row.watch_id, (0, 0.0))
        if self._stop.is_set() or time.monotonic() < not_before:
            return False
        try:
            watch = self._followed.get(row.watch_id)
            if watch is None:
                request = request_of(row, self._settings)
                watch = FolderWatch(self._engine, self._settings, request, self._pace)
                self._followed[row.watch_id] = watch
            look = watch.step(self._watched(row))
        except WatchEndedError:
            return False
        except ImportRunningError:
            # Somebody else imports: not a fault, and over some day.
            self._failures[row.watch_id] = (0, time.monotonic() + _BACK_OFF_S[0])
            return False
        except QueryRoomError as error:
            pause = _BACK_OFF_S[min(failures, len(_BACK_OFF_S) - 1)]
            self._failures[row.watch_id] = (failures + 1, time.monotonic() + pause)
            _log.warning("watch_failed", watch=row.watch_id, code=error.code, error=str(error))
            with writing(self._engine) as connection:
                watches.note(connection, row.watch_id, problem=error.code, detail=str(error))
            return False
        if look is None:
            return False
        self._failures.pop(row.watch_id, None)
        number = look.report.batch_number if look.report else None
        with writing(self._engine) as connection:
            watches.note(connection, row.watch_id, scanned_at=look.scanned_at, batch_number=number)
        return look.report is not None

    def _watched(self, row: WatchRow) -> Callable[[Progress], None]:
        def watched(progress: Progress) -> None:
            del progress
            self._ask()
            if self._stop.is_set() or row.watch_id not in self._rows:
                raise WatchEndedError

        return watched

"""One folder followed: events at once, the whole of it now and then, a batch where it changed."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import structlog

from indexer.database import reading, utc_now
from indexer.errors import FolderGoneError
from indexer.importing.pipeline import run_batch
from indexer.importing.scope import Scope
from indexer.repositories import batches
from indexer.watching.changes import Changes
from indexer.watching.comparing import compare
from indexer.watching.eyes import Eyes, is_remote

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine

    from indexer.importing.plan import BatchRequest
    from indexer.importing.progress import Progress
    from indexer.importing.report import BatchReport
    from indexer.settings import IndexerSettings

SETTLE_S: Final = 10.0
"""How long a file must be quiet before it is read."""

RESCAN_S: Final = 3600.0
"""How often the whole folder is looked through."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchPace:
    """How a folder is followed.

    Attributes:
        settle_s: Seconds that a file must be quiet. rescan_s: Between looks at the whole folder.
        polling: Never trust the kernel to tell of changes, as on a network share.
    """

    settle_s: float = SETTLE_S
    rescan_s: float = RESCAN_S
    polling: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What came of looking.

    Attributes:
        scanned_at: When the whole folder was looked through, ``None`` for a part of it.
        report: Of the batch that it made, or ``None`` where nothing had changed.
    """

    scanned_at: dt.datetime | None
    report: BatchReport | None


class FolderWatch:
    """Follows one folder; ask it to :meth:`step` again and again, and close it.

    Args:
        engine: Database.
        settings: Of the archive.
        request: What a batch over the folder is; its scope is set here.
        pace: How it is followed.
    """

    def __init__(
        self,
        engine: Engine,
        settings: IndexerSettings,
        request: BatchRequest,
        pace: WatchPace | None = None,
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._request = request
        self._pace = pace or WatchPace()
        self._folder = request.folder.resolve()
        self._changes = Changes(self._pace.settle_s)
        self._eyes: Eyes | None = None
        self._scan_due = self._next_scan = 0.0
        self._last_began: dt.datetime | None = None
        self._catalogue = self._catalogue_as_it_is()

    @property
    def is_polling(self) -> bool | None:
        """Whether the kernel is not listened to; ``None`` before the first look."""
        return None if self._eyes is None else self._eyes.is_polling

    def step(self, progress: Callable[[Progress], None] = lambda _: None) -> Look | None:
        """Look where there is reason to, and import what changed; ``None`` where there was none.

        Raises:
            FolderGoneError: The folder is not there, or is suddenly empty.
            QueryRoomError: The import was refused or stopped; the next look finds the same again.
        """
        self._open()
        now = time.monotonic()
        is_new_catalogue = self._catalogue_as_it_is() != self._catalogue
        if now >= self._scan_due or is_new_catalogue:
            return self._look(None, progress)
        scope = self._changes.take(now)
        if scope is None:
            return None
        # An empty scope: more changed than was kept count of.
        return self._look(scope if scope.paths else None, progress)

    def close(self) -> None:
        """Follow it no longer."""
        if self._eyes is not None:
            self._eyes.close()
            self._eyes = None

    def look_again_in(self, seconds: float) -> None:
        """Look through the whole folder after that time: something went wrong."""
        self._scan_due = time.monotonic() + seconds

    def _look(self, scope: Scope | None, progress: Callable[[Progress], None]) -> Look | None:
        began, catalogue = utc_now(), self._catalogue_as_it_is()
        if scope is None:
            self._changes.clear()
        # Found again only by looking at everything, should this fail halfway.
        self._scan_due = 0.0
        is_whole = scope is None and (self._is_unfinished() or self._is_catalogue_newer(catalogue))
        report = None
        if is_whole:
            self._require_there()
            report = run_batch(self._engine, self._settings, self._request, progress)
        else:
            found = compare(
                self._engine,
                self._settings,
                self._request,
                scope=scope,
                written_after_ns=time.time_ns() - int(self._pace.settle_s * 1e9),
            )
            for path in found.young:
                self._changes.add(path, time.monotonic())
            if ripe := found.paths - found.young:
                request = replace(self._request, scope=Scope(ripe))
                report = run_batch(self._engine, self._settings, request, progress)
        self._catalogue = catalogue
        if scope is None:
            self._next_scan = time.monotonic() + self._pace.rescan_s
        self._scan_due = self._next_scan
        if scope is not None and report is None:
            return None
        return Look(scanned_at=began if scope is None else None, report=report)

    def _open(self) -> None:
        if self._eyes is not None and self._eyes.is_open:
            return
        self.close()
        self._require_there()
        polling = self._pace.polling or is_remote(self._folder)
        self._eyes = Eyes(self._folder, self._tell, polling=polling)
        # What happened before somebody looked was told to nobody.
        self._scan_due = 0.0
        _log.info("folder_followed", folder=str(self._folder), polling=self._eyes.is_polling)

    def _tell(self, path: str) -> None:
        self._changes.add(path, time.monotonic())

    def _require_there(self) -> None:
        if not self._folder.is_dir():
            raise FolderGoneError(f"{self._folder} is not there")

    def _is_unfinished(self) -> bool:
        """Whether no batch of this source ever finished, or one was cut short."""
        name = self._request.source_name or str(self._folder)
        with reading(self._engine) as connection:
            latest = batches.latest_of_source(connection, name)
        self._last_began = latest.started_at if latest is not None else None
        return latest is None or latest.state is batches.BatchState.RUNNING

    def _is_catalogue_newer(self, catalogue: _CatalogueState) -> bool:
        """Whether the catalogue was written since the last batch, or is another one by now."""
        if catalogue != self._catalogue:
            return True
        if catalogue is None or self._last_began is None:
            return False
        return catalogue[1] > self._last_began.timestamp() * 1e9

    def _catalogue_as_it_is(self) -> _CatalogueState:
        if self._request.manifest is None:
            return None
        return _state_of(self._request.manifest)


_CatalogueState = tuple[int, int] | None


def _state_of(path: Path) -> _CatalogueState:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns

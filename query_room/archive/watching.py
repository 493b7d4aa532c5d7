"""Folders that are followed, as archivists begin and end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from indexer.ordering.requests import request_of
from indexer.repositories import orders, watches
from indexer.repositories.orders import OrderKind, OrderState
from indexer.repositories.watches import NewWatch
from query_room.accounts.model import Permission
from query_room.errors import OrderNotFoundError, OrderRefusedError
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.repositories.watches import WatchRow
    from indexer.settings import IndexerSettings
    from query_room.accounts.model import Account


class WatchService:
    """Watched folders, for accounts that manage the archive.

    Every method raises ``PermissionDeniedError`` for others.
    """

    def __init__(self, *, engine: Engine, settings: IndexerSettings) -> None:
        self._engine = engine
        self._settings = settings

    def in_force(self, *, by: Account) -> tuple[WatchRow, ...]:
        """Folders that are followed now."""
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            return tuple(watches.in_force(connection))

    def begin(self, trial_id: int, *, by: Account) -> int:
        """Follow the folder that a trial looked into, as it was to be imported; its number.

        Raises:
            OrderNotFoundError: There is no such trial.
            OrderRefusedError: It did not end well, looked into an upload, or its folder is
                followed already.
            ImportRefusedError: The folder does not lie where it may.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with writing(self._engine) as connection:
            trial = orders.load(connection, trial_id)
            if trial is None or trial.kind is not OrderKind.TRIAL:
                raise OrderNotFoundError(f"no trial {trial_id}")
            if trial.state is not OrderState.FINISHED or trial.upload:
                raise OrderRefusedError("moved_on")
            request_of(trial, self._settings)
            if any(each.folder == trial.folder for each in watches.in_force(connection)):
                raise OrderRefusedError("already_ordered")
            number = watches.begin(
                connection,
                NewWatch(
                    folder=trial.folder,
                    manifest=trial.manifest,
                    profile=trial.profile,
                    level=trial.level,
                    source_name=trial.source_name,
                    in_place=trial.in_place,
                    started_by=by.name,
                ),
            )
            append(
                connection,
                NewEvent(
                    at=utc_now(),
                    kind=EventKind.WATCH_BEGUN,
                    subject=f"watch-{number}",
                    body={
                        "by": by.name,
                        "folder": trial.folder,
                        "catalogue": trial.manifest or "",
                        "level": trial.level or "",
                        "in_place": trial.in_place,
                    },
                ),
            )
        return number

    def end(self, watch_id: int, *, by: Account) -> None:
        """Follow a folder no longer; what came in stays.

        Raises:
            OrderNotFoundError: It is not followed.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with writing(self._engine) as connection:
            if not watches.end(connection, watch_id, by.name):
                raise OrderNotFoundError(f"no watch {watch_id}")
            append(
                connection,
                NewEvent(
                    at=utc_now(),
                    kind=EventKind.WATCH_ENDED,
                    subject=f"watch-{watch_id}",
                    body={"by": by.name},
                ),
            )

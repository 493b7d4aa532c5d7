"""What archivists do with the archive from the pages, each act on record in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indexer.database import reading, utc_now, writing
from indexer.engine.opening import open_searcher
from indexer.importing.clearances import clear_within
from indexer.importing.undo import undo_batch
from indexer.indexing.generating import begin_generation, roll_back
from indexer.repositories import (
    batches,
    coverage,
    files,
    generations,
    outbox,
    records,
    withdrawals,
)
from query_room.accounts.model import Permission
from query_room.archive.model import ArchiveState, Coverage, IndexView, Quarantined, Withdrawn
from query_room.errors import (
    BatchNotFoundError,
    LaterBatchesError,
    NothingToRollBackToError,
)
from query_room.fields import SHORT, required
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from indexer.access import Viewer
    from indexer.records import FileHash, Record, RecordId
    from indexer.repositories.batches import BatchRow
    from indexer.repositories.files import PathRow
    from indexer.repositories.withdrawals import Withdrawal
    from indexer.settings import IndexerSettings
    from query_room.accounts.model import Account
    from query_room.finding_records import FindRecord

_GROUND = 5 * SHORT


class ArchiveService:
    """The archive as its keepers see it.

    Every method asks the account's permission first and raises ``PermissionDeniedError`` without.
    """

    def __init__(
        self, *, engine: Engine, settings: IndexerSettings, find_record: FindRecord
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._find_record = find_record

    def state(self, *, by: Account) -> ArchiveState:
        """The state in a few numbers."""
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            return ArchiveState(
                records=records.count(connection),
                unread=sum(coverage.unread_by_reason(connection).values()),
                quarantined=len(files.quarantined(connection)),
                withdrawals=withdrawals.count_in_force(connection),
                running_batches=sum(
                    row.state is batches.BatchState.RUNNING for row in batches.list_all(connection)
                ),
            )

    def batches(self, *, by: Account) -> list[BatchRow]:
        """Batches, newest first."""
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            return batches.list_all(connection)

    def batch(self, number: int, *, by: Account) -> BatchRow:
        """One batch.

        Raises:
            BatchNotFoundError: There is none.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            row = batches.load(connection, number)
        if row is None:
            raise BatchNotFoundError(f"no batch {number}")
        return row

    def undo(self, number: int, *, ground: str, by: Account) -> int:
        """Take a batch back whole; how many records it were.

        Raises:
            InvalidFieldError: No ground is given.
            LaterBatchesError: Others have changed the same records since.
            ImportRefusedError: It is undone already, or an import runs.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        ground = required("ground", ground, _GROUND)
        with reading(self._engine) as connection:
            if later := batches.later_batches(connection, number):
                raise LaterBatchesError(tuple(reversed(later)))
        count = undo_batch(self._engine, self._settings, number)
        with writing(self._engine) as connection:
            body = {"by": by.name, "ground": ground, "records": count}
            _tell(connection, EventKind.BATCH_UNDONE, str(number), body)
        return count

    def unread(self, *, by: Account) -> list[PathRow]:
        """Files that gave no text, by reason and path."""
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            return files.failures(connection)

    def coverage(self, *, by: Account) -> Coverage:
        """How much of the archive can be searched."""
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            return Coverage(
                by_fonds=tuple(coverage.by_fonds(connection)),
                by_year=tuple(coverage.by_year(connection)),
                unread=coverage.unread_by_reason(connection),
            )

    def index(self, *, by: Account) -> IndexView:
        """The index and its generations."""
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            serving = generations.serving(connection)
            newest = outbox.newest_position(connection)
            reached = open_searcher(self._settings, serving.number).position if serving else 0
            return IndexView(
                serving=serving,
                building=generations.building(connection),
                previous=generations.previous(connection),
                generations=tuple(generations.list_all(connection)),
                waiting=max(0, newest - reached),
                to_build=records.count_indexable(connection),
            )

    def rebuild(self, *, by: Account) -> int:
        """Announce a new generation; the worker builds it while the present one answers."""
        by.require(Permission.MANAGE_ARCHIVE)
        with writing(self._engine) as connection:
            number = begin_generation(connection, self._settings, at=utc_now())
            _tell(connection, EventKind.REBUILD_BEGUN, str(number), {"by": by.name})
        return number

    def roll_back(self, *, by: Account) -> int:
        """Let the generation before answer again.

        Raises:
            NothingToRollBackToError: There is none.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with writing(self._engine) as connection:
            number = roll_back(connection, at=utc_now())
            if number is None:
                raise NothingToRollBackToError("no generation before the serving one is kept")
            _tell(connection, EventKind.ROLLED_BACK, str(number), {"by": by.name})
        return number

    def withdraw(self, record_id: str, *, ground: str, by: Account, viewer: Viewer) -> Record:
        """Take a record out of every answer from the next request on.

        Raises:
            RecordNotFoundError: There is no such record for this viewer.
            InvalidFieldError: No ground is given.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        found = self._find_record(record_id, viewer)
        ground = required("ground", ground, _GROUND)
        now = utc_now()
        with writing(self._engine) as connection:
            number = withdrawals.withdraw_record(
                connection, found.record_id, ground=ground, by=by.name, at=now
            )
            body = {"by": by.name, "ground": ground, "withdrawal": number}
            _tell(connection, EventKind.RECORD_WITHDRAWN, found.record_id, body)
        return found

    def withdrawals(self, *, by: Account, viewer: Viewer) -> tuple[Withdrawn, ...]:
        """Withdrawals in force, newest first."""
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            found = withdrawals.list_withdrawals(connection, in_force_only=True)
            ids = [each.record_id for each in found if each.record_id is not None]
            named = records.load_records(connection, ids)
        return tuple(_withdrawn(each, named, viewer) for each in found)

    def lift(self, withdrawal_id: int, *, ground: str, by: Account) -> None:
        """End a withdrawal; the record comes back when the index has caught up.

        Raises:
            InvalidFieldError: No ground is given.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        ground = required("ground", ground, _GROUND)
        with writing(self._engine) as connection:
            withdrawals.lift(connection, withdrawal_id, ground=ground, by=by.name, at=utc_now())
            body = {"by": by.name, "ground": ground}
            _tell(connection, EventKind.WITHDRAWAL_LIFTED, str(withdrawal_id), body)

    def quarantine(self, *, by: Account) -> list[Quarantined]:
        """Files in quarantine, by path."""
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            cleared = files.cleared(connection)
            return [
                Quarantined(
                    path=path.path,
                    file_hash=path.file_hash,
                    marking=marking,
                    reason=path.reason,
                    batch_number=path.batch_number,
                    is_cleared=path.file_hash in cleared,
                )
                for path, marking in files.quarantined(connection)
            ]

    def clear(self, file_hash: FileHash, *, ground: str, by: Account) -> None:
        """Give word that a marked file carries no state secret; the next import reads it.

        Raises:
            InvalidFieldError: No ground is given.
            ImportRefusedError: No such file is quarantined for a marking.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        ground = required("ground", ground, _GROUND)
        with writing(self._engine) as connection:
            clear_within(connection, file_hash, ground=ground, by=by.name)
            body = {"by": by.name, "ground": ground}
            _tell(connection, EventKind.FILE_CLEARED, file_hash, body)


def _withdrawn(withdrawal: Withdrawal, named: dict[RecordId, Record], viewer: Viewer) -> Withdrawn:
    """The withdrawal with its record, if the viewer could see it but for that."""
    found = named.get(withdrawal.record_id) if withdrawal.record_id else None
    may_see = found is not None and viewer.may_see(found.access)
    return Withdrawn(withdrawal=withdrawal, record=found if may_see else None)


def _tell(connection: Connection, kind: EventKind, subject: str, body: dict[str, Any]) -> None:
    append(connection, NewEvent(at=utc_now(), kind=kind, subject=subject, body=body))

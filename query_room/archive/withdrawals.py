"""Withdrawals: out of every answer at once, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from indexer.repositories import records, withdrawals
from query_room.accounts.model import Permission
from query_room.archive.batches import MAX_GROUND
from query_room.archive.model import Withdrawn
from query_room.archive.paging import PAGE_SIZE, Page, offset_of
from query_room.errors import WithdrawalNotFoundError
from query_room.fields import required
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from indexer.access import Viewer
    from indexer.records import Record, RecordId
    from indexer.repositories.withdrawals import Withdrawal
    from query_room.accounts.model import Account
    from query_room.finding_records import FindRecord


class WithdrawalService:
    """Withdrawals, for accounts that manage the archive.

    Every method raises ``PermissionDeniedError`` for others.
    """

    def __init__(self, *, engine: Engine, find_record: FindRecord) -> None:
        self._engine = engine
        self._find_record = find_record

    def withdraw(self, record_id: str, *, ground: str, by: Account, viewer: Viewer) -> Record:
        """Take a record out of every answer from the next request on.

        Raises:
            RecordNotFoundError: There is no such record for this viewer.
            InvalidFieldError: No ground is given.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        found = self._find_record(record_id, viewer)
        ground = required("ground", ground, MAX_GROUND)
        now = utc_now()
        with writing(self._engine) as connection:
            number = withdrawals.withdraw_record(
                connection, found.record_id, ground=ground, by=by.name, at=now
            )
            append(
                connection,
                NewEvent(
                    at=now,
                    kind=EventKind.RECORD_WITHDRAWN,
                    subject=found.record_id,
                    body={"by": by.name, "ground": ground, "withdrawal": number},
                ),
            )
        return found

    def in_force(self, number: int, *, by: Account, viewer: Viewer) -> Page[Withdrawn]:
        """Some of those in force, newest first.

        Raises:
            InvalidFieldError: There is no such page.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            total = withdrawals.count_in_force(connection)
            found = withdrawals.list_withdrawals(
                connection,
                in_force_only=True,
                offset=offset_of(number, total),
                limit=PAGE_SIZE,
            )
            items = _named(connection, found, viewer)
        return Page(items=items, number=number, total=total)

    def lifted(self, number: int, *, by: Account, viewer: Viewer) -> Page[Withdrawn]:
        """Some of those that were lifted, the latest first.

        Raises:
            InvalidFieldError: There is no such page.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            total = withdrawals.count_lifted(connection)
            found = withdrawals.list_lifted(
                connection, offset=offset_of(number, total), limit=PAGE_SIZE
            )
            items = _named(connection, found, viewer)
        return Page(items=items, number=number, total=total)

    def lift(self, withdrawal_id: int, *, ground: str, by: Account) -> None:
        """End a withdrawal; the record comes back when the index has caught up.

        Raises:
            InvalidFieldError: No ground is given.
            WithdrawalNotFoundError: No such withdrawal is in force.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        ground = required("ground", ground, MAX_GROUND)
        now = utc_now()
        with writing(self._engine) as connection:
            ended = withdrawals.lift(connection, withdrawal_id, ground=ground, by=by.name, at=now)
            if ended is None:
                raise WithdrawalNotFoundError(f"no withdrawal {withdrawal_id} is in force")
            # Told of what was withdrawn, so that its whole story stands together.
            append(
                connection,
                NewEvent(
                    at=now,
                    kind=EventKind.WITHDRAWAL_LIFTED,
                    subject=ended.record_id or ended.file_hash or "",
                    body={"by": by.name, "ground": ground, "withdrawal": withdrawal_id},
                ),
            )


def _named(
    connection: Connection, found: list[Withdrawal], viewer: Viewer
) -> tuple[Withdrawn, ...]:
    ids = [each.record_id for each in found if each.record_id is not None]
    named = records.load_records(connection, ids)
    return tuple(_withdrawn(each, named, viewer) for each in found)


def _withdrawn(withdrawal: Withdrawal, named: dict[RecordId, Record], viewer: Viewer) -> Withdrawn:
    """The withdrawal with its record, if the viewer could see it but for that."""
    found = named.get(withdrawal.record_id) if withdrawal.record_id else None
    may_see = found is not None and viewer.may_see(found.access)
    return Withdrawn(withdrawal=withdrawal, record=found if may_see else None)

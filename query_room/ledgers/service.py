"""Old registers: read and shown, confirmed, undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from query_room.ledgers import repository
from query_room.ledgers.errors import LedgerRefusedError
from query_room.ledgers.model import LedgerKind, LedgerRequest
from query_room.ledgers.reading import read_ledger
from search_api.china_time import day_in_china
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection, Engine

    from query_room.ledgers.model import LedgerImport, LedgerPreview, MonthOfVisits
    from query_room.organs import OrganService
    from search_api.log.model import JsonValue


class LedgerService:
    """Imports of old registers. Each names who makes it: an account, or the operator."""

    def __init__(self, *, engine: Engine, organs: OrganService) -> None:
        self._engine = engine
        self._organs = organs

    def preview(self, content: bytes, kind: LedgerKind, organ_id: str) -> LedgerPreview:
        """What importing a workbook would keep; nothing is kept.

        Raises:
            OrganNotFoundError: There is no such organ.
            LedgerRefusedError: It is no workbook, too large, or no sheet has a known header.
        """
        self._organs.load(organ_id)
        with reading(self._engine) as connection:
            known = repository.numbers(connection, organ_id)
        read = read_ledger(
            content, kind, organ_id, today=day_in_china(utc_now()), known_numbers=known
        )
        with reading(self._engine) as connection:
            before = repository.in_force(connection, kind, organ_id, read.file_hash)
        return read.imported_before(None if before is None else before.import_id)

    def confirm(self, content: bytes, shown: LedgerPreview, *, by: str) -> int:
        """Import what was shown, rows that cannot be taken left out; its number comes back.

        Raises:
            LedgerRefusedError: The file is not the one that was shown or would be read otherwise
                now, was imported before, holds nothing, or its balance cannot be set.
        """
        read = self.preview(content, shown.kind, shown.organ_id)
        if read.imported_as is not None:
            raise LedgerRefusedError("imported_before")
        if (read.file_hash, read.count, read.bad_rows) != (
            shown.file_hash,
            shown.count,
            shown.bad_rows,
        ):
            raise LedgerRefusedError("changed_since")
        if not read.count:
            raise LedgerRefusedError("nothing_to_import")
        now = utc_now()
        with writing(self._engine) as connection:
            repository.lock_organ(connection, read.organ_id)
            # Looked at again under the lock: somebody may have confirmed the same file meanwhile.
            if repository.in_force(connection, read.kind, read.organ_id, read.file_hash):
                raise LedgerRefusedError("imported_before")
            import_id = repository.add_import(connection, read, by=by, at=now)
            _keep(connection, import_id, read)
            _tell(
                connection,
                EventKind.LEDGER_IMPORTED,
                read.organ_id,
                import_id,
                at=now,
                ledger_kind=read.kind.value,
                file_hash=read.file_hash,
                row_count=read.count,
                bad_count=read.bad_rows,
                by=by,
            )
        return import_id

    def undo(self, import_id: int, *, by: str) -> None:
        """Take an import back.

        Raises:
            LedgerRefusedError: It is not there or undone already, or the balance it set was
                changed or reported since.
        """
        now = utc_now()
        with writing(self._engine) as connection:
            found = repository.find_import(connection, import_id)
            if found is None:
                raise LedgerRefusedError("not_there")
            repository.lock_organ(connection, found.organ_id)
            if repository.has_issued_report(connection, found.organ_id):
                raise LedgerRefusedError("reported_since")
            if found.kind is LedgerKind.BALANCES and found.undone_at is None:
                said = repository.balances_of_import(connection, import_id)
                if said != repository.balances_in_force(connection, found.organ_id):
                    raise LedgerRefusedError("changed_since")
                repository.remove_balances(connection, found.organ_id)
            if not repository.undo(connection, import_id, by=by, at=now):
                raise LedgerRefusedError("not_there")
            _tell(
                connection,
                EventKind.LEDGER_UNDONE,
                found.organ_id,
                import_id,
                at=now,
                ledger_kind=found.kind.value,
                file_hash=found.file_hash,
                by=by,
            )

    def imports(self) -> list[LedgerImport]:
        """Every import, undone ones too, the newest first."""
        with reading(self._engine) as connection:
            return repository.imports(connection)

    def requests_of(self, import_id: int) -> list[LedgerRequest]:
        """The requests that an import brought, in the order of its rows."""
        with reading(self._engine) as connection:
            return repository.of_import(connection, import_id)

    def months(self, organ_id: str) -> list[MonthOfVisits]:
        """Old visits of an organ by month."""
        with reading(self._engine) as connection:
            return repository.months(connection, organ_id)


def _keep(connection: Connection, import_id: int, read: LedgerPreview) -> None:
    if read.kind is LedgerKind.BALANCES:
        if len({each.year for each in read.balances}) != 1:
            raise LedgerRefusedError("several_years")
        if repository.balances_in_force(connection, read.organ_id):
            raise LedgerRefusedError("has_balance")
        if repository.has_issued_report(connection, read.organ_id):
            raise LedgerRefusedError("reported_since")
        repository.add_balances(connection, read.organ_id, import_id, read.balances)
    repository.add_months(connection, import_id, read.visits)
    prefix = f"{read.organ_id.upper()}-L{import_id}"
    repository.add_requests(
        connection,
        import_id,
        (
            LedgerRequest(
                ledger_id=f"{prefix}-{place:05d}",
                organ_id=read.organ_id,
                number=line.number,
                received_on=line.received_on,
                category=line.category,
                disposition=line.disposition,
                closed_on=line.closed_on,
            )
            for place, line in enumerate(read.requests, 1)
        ),
    )


def _tell(
    connection: Connection,
    kind: EventKind,
    organ_id: str,
    import_id: int,
    *,
    at: dt.datetime,
    **body: JsonValue,
) -> None:
    subject = f"{organ_id.upper()}-L{import_id}"
    append(
        connection, NewEvent(at=at, kind=kind, subject=subject, body={**body, "organ": organ_id})
    )

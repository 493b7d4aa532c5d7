"""Every statement on old registers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from query_room.ledgers.model import (
    BalanceLine,
    LedgerImport,
    LedgerKind,
    LedgerRequest,
    MonthOfVisits,
)
from query_room.statute.codes import ApplicantCategory, Disposition
from query_room.tables import (
    annual_report,
    ledger_balance,
    ledger_import,
    ledger_month,
    ledger_request,
    opening_balance,
    organ,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import Connection, Row

    from query_room.ledgers.model import LedgerPreview


def lock_organ(connection: Connection, organ_id: str) -> None:
    """Let nobody else import for the organ until the transaction ends."""
    connection.execute(
        select(organ.c.organ_id).where(organ.c.organ_id == organ_id).with_for_update()
    )


def add_import(connection: Connection, preview: LedgerPreview, *, by: str, at: dt.datetime) -> int:
    """Store that a workbook was imported; its number comes back."""
    number: int = connection.execute(
        insert(ledger_import)
        .values(
            kind=preview.kind.value,
            organ_id=preview.organ_id,
            file_hash=preview.file_hash,
            row_count=preview.count,
            bad_count=preview.bad_rows,
            imported_at=at,
            imported_by=by,
        )
        .returning(ledger_import.c.import_id)
    ).scalar_one()
    return number


def add_requests(connection: Connection, import_id: int, found: Iterable[LedgerRequest]) -> None:
    """Store requests of an import."""
    rows = [
        {
            "ledger_id": each.ledger_id,
            "import_id": import_id,
            "organ_id": each.organ_id,
            "number": each.number,
            "received_on": each.received_on,
            "category": each.category.value,
            "disposition": None if each.disposition is None else each.disposition.value,
            "closed_on": each.closed_on,
        }
        for each in found
    ]
    if rows:
        connection.execute(insert(ledger_request), rows)


def add_months(connection: Connection, import_id: int, found: Iterable[MonthOfVisits]) -> None:
    """Store months of visits of an import."""
    rows = [
        {
            "import_id": import_id,
            "month": each.month,
            "visits": each.visits,
            "volumes": each.volumes,
            "items": each.items,
            "pages": each.pages,
        }
        for each in found
    ]
    if rows:
        connection.execute(insert(ledger_month), rows)


def add_balances(
    connection: Connection, organ_id: str, import_id: int, found: Sequence[BalanceLine]
) -> None:
    """Store an opening balance, categories that were not named with zero."""
    year = found[0].year
    counts = {each.category: each.count for each in found}
    rows = [
        {"year": year, "category": category.value, "count": counts.get(category, 0)}
        for category in ApplicantCategory
    ]
    connection.execute(insert(ledger_balance), [{**row, "import_id": import_id} for row in rows])
    connection.execute(insert(opening_balance), [{**row, "organ_id": organ_id} for row in rows])


def balances_of_import(connection: Connection, import_id: int) -> set[tuple[int, str, int]]:
    """What an import said of an opening balance."""
    columns = (ledger_balance.c.year, ledger_balance.c.category, ledger_balance.c["count"])
    statement = select(*columns).where(ledger_balance.c.import_id == import_id)
    return {(row[0], row[1], row[2]) for row in connection.execute(statement)}


def balances_in_force(connection: Connection, organ_id: str) -> set[tuple[int, str, int]]:
    """The opening balance of an organ as it stands."""
    columns = (opening_balance.c.year, opening_balance.c.category, opening_balance.c["count"])
    statement = select(*columns).where(opening_balance.c.organ_id == organ_id)
    return {(row[0], row[1], row[2]) for row in connection.execute(statement)}


def has_issued_report(connection: Connection, organ_id: str) -> bool:
    """Whether a report of the organ was issued here."""
    statement = select(annual_report.c.year).where(annual_report.c.organ_id == organ_id).limit(1)
    return connection.execute(statement).one_or_none() is not None


def remove_balances(connection: Connection, organ_id: str) -> None:
    """Forget the opening balance of an organ."""
    connection.execute(delete(opening_balance).where(opening_balance.c.organ_id == organ_id))


def find_import(connection: Connection, import_id: int) -> LedgerImport | None:
    """One import, or ``None``."""
    found = _imports(connection, ledger_import.c.import_id == import_id)
    return found[0] if found else None


def imports(connection: Connection) -> list[LedgerImport]:
    """Every import, the newest first."""
    return _imports(connection)


def in_force(
    connection: Connection, kind: LedgerKind, organ_id: str, file_hash: str
) -> LedgerImport | None:
    """The import of that file for that organ that was not undone, or ``None``."""
    found = _imports(
        connection,
        ledger_import.c.kind == kind.value,
        ledger_import.c.organ_id == organ_id,
        ledger_import.c.file_hash == file_hash,
        ledger_import.c.undone_at.is_(None),
    )
    return found[0] if found else None


def undo(connection: Connection, import_id: int, *, by: str, at: dt.datetime) -> bool:
    """Say that an import was undone and forget its rows; whether it was in force."""
    statement = (
        update(ledger_import)
        .where(ledger_import.c.import_id == import_id, ledger_import.c.undone_at.is_(None))
        .values(undone_at=at, undone_by=by)
    )
    if connection.execute(statement).rowcount != 1:
        return False
    for table in (ledger_request, ledger_month, ledger_balance):
        connection.execute(delete(table).where(table.c.import_id == import_id))
    return True


def numbers(connection: Connection, organ_id: str) -> set[tuple[int, str]]:
    """Years and numbers of old requests that an organ has already."""
    columns = (ledger_request.c.received_on, ledger_request.c.number)
    statement = select(*columns).where(
        ledger_request.c.organ_id == organ_id, ledger_request.c.number != ""
    )
    return {(row.received_on.year, row.number) for row in connection.execute(statement)}


def received_until(
    connection: Connection, organ_ids: Collection[str], last: dt.date
) -> list[LedgerRequest]:
    """Old requests of organs received up to a day, in order."""
    statement = (
        select(ledger_request)
        .where(ledger_request.c.organ_id.in_(organ_ids), ledger_request.c.received_on <= last)
        .order_by(ledger_request.c.received_on, ledger_request.c.ledger_id)
    )
    return [_request(row) for row in connection.execute(statement)]


def of_import(connection: Connection, import_id: int) -> list[LedgerRequest]:
    """Old requests of one import, in the order of its rows."""
    statement = (
        select(ledger_request)
        .where(ledger_request.c.import_id == import_id)
        .order_by(ledger_request.c.ledger_id)
    )
    return [_request(row) for row in connection.execute(statement)]


def months(connection: Connection, organ_id: str) -> list[MonthOfVisits]:
    """Old visits of an organ by month, imports added up."""
    sums = [
        func.sum(ledger_month.c[name]).label(name)
        for name in ("visits", "volumes", "items", "pages")
    ]
    statement = (
        select(ledger_month.c.month, *sums)
        .join(ledger_import, ledger_import.c.import_id == ledger_month.c.import_id)
        .where(ledger_import.c.organ_id == organ_id)
        .group_by(ledger_month.c.month)
        .order_by(ledger_month.c.month)
    )
    return [
        MonthOfVisits(
            month=row["month"],
            visits=int(row["visits"]),
            volumes=int(row["volumes"]),
            items=int(row["items"]),
            pages=int(row["pages"]),
        )
        for row in connection.execute(statement).mappings()
    ]


def _imports(connection: Connection, *conditions: ColumnElement[bool]) -> list[LedgerImport]:
    statement = select(ledger_import).where(*conditions).order_by(ledger_import.c.import_id.desc())
    return [_import(row) for row in connection.execute(statement)]


def _import(row: Row[Any]) -> LedgerImport:
    return LedgerImport(
        import_id=row.import_id,
        kind=LedgerKind(row.kind),
        organ_id=row.organ_id,
        file_hash=row.file_hash,
        row_count=row.row_count,
        bad_count=row.bad_count,
        imported_at=row.imported_at,
        imported_by=row.imported_by,
        undone_at=row.undone_at,
    )


def _request(row: Row[Any]) -> LedgerRequest:
    return LedgerRequest(
        ledger_id=row.ledger_id,
        organ_id=row.organ_id,
        number=row.number,
        received_on=row.received_on,
        category=ApplicantCategory(row.category),
        disposition=None if row.disposition is None else Disposition(row.disposition),
        closed_on=row.closed_on,
    )

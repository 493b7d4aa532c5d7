"""Every statement of annual reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, or_, select

from query_room.reports.model import (
    Cell,
    CellKey,
    OpeningBalance,
    ProactiveFigures,
    ReportedRequest,
    TableName,
    TextPart,
)
from query_room.reports.records import ImportedReport, IssuedReport
from query_room.statute.codes import ApplicantCategory, Disposition
from query_room.tables import records_request
from query_room.tables.reports import (
    annual_report,
    annual_report_cell,
    imported_report,
    imported_report_cell,
    opening_balance,
    proactive_figure,
    report_text,
)
from query_room.upsert import upsert
from search_api.china_time import day_in_china

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping

    from sqlalchemy import Connection, Table

_DISCLOSURE = "disclosure"  # archive use is under another law and in another report


def requests(
    connection: Connection, organ_ids: Collection[str], year: int
) -> list[ReportedRequest]:
    """Disclosure requests received up to the end of a year, in the order of their numbers."""
    row = records_request.c
    statement = (
        select(
            row.request_id,
            row.organ_id,
            row.received_on,
            row.filed_at,
            row.category,
            row.disposition,
            row.closed_on,
        )
        .where(
            row.kind == _DISCLOSURE,
            row.organ_id.in_(organ_ids),
            # One that was withdrawn before its receipt was confirmed has ended all the same.
            or_(row.received_on.is_not(None), row.closed_on.is_not(None)),
        )
        .order_by(row.request_id)
    )
    found = []
    for each in connection.execute(statement):
        received_on: dt.date = each.received_on or min(day_in_china(each.filed_at), each.closed_on)
        if received_on.year <= year:
            ended = Disposition(each.disposition) if each.disposition and each.closed_on else None
            found.append(
                ReportedRequest(
                    request_id=each.request_id,
                    organ_id=each.organ_id,
                    received_on=received_on,
                    category=ApplicantCategory(each.category),
                    disposition=ended,
                    closed_on=each.closed_on,
                )
            )
    return found


def balances(connection: Connection, organ_ids: Collection[str]) -> list[OpeningBalance]:
    """Opening balances of organs."""
    statement = select(opening_balance).where(opening_balance.c.organ_id.in_(organ_ids))
    return [
        OpeningBalance(
            organ_id=row.organ_id,
            year=row.year,
            category=ApplicantCategory(row.category),
            count=row._mapping["count"],  # noqa: SLF001 - a row is a tuple and has a count already
        )
        for row in connection.execute(statement)
    ]


def set_balances(
    connection: Connection, organ_id: str, year: int, counts: Mapping[ApplicantCategory, int]
) -> None:
    """Set the opening balance of an organ."""
    connection.execute(delete(opening_balance).where(opening_balance.c.organ_id == organ_id))
    connection.execute(
        insert(opening_balance),
        [
            {"organ_id": organ_id, "year": year, "category": category.value, "count": count}
            for category, count in counts.items()
        ],
    )


def figures(
    connection: Connection, organ_ids: Collection[str], year: int
) -> list[ProactiveFigures]:
    """Table II of organs, as entered for a year."""
    statement = select(proactive_figure).where(
        proactive_figure.c.organ_id.in_(organ_ids), proactive_figure.c.year == year
    )
    found: dict[str, dict[tuple[str, str], int]] = {}
    for row in connection.execute(statement).mappings():
        found.setdefault(row["organ_id"], {})[row["row"], row["column"]] = row["count"]
    return [
        ProactiveFigures(organ_id=organ_id, year=year, counts=counts)
        for organ_id, counts in found.items()
    ]


def set_figures(connection: Connection, entered: ProactiveFigures) -> None:
    """Put table II of an organ and year in place of what was entered before."""
    _forget(connection, proactive_figure, entered.organ_id, entered.year)
    connection.execute(
        insert(proactive_figure),
        [
            {
                "organ_id": entered.organ_id,
                "year": entered.year,
                "row": row,
                "column": column,
                "count": count,
            }
            for (row, column), count in entered.counts.items()
        ],
    )


def texts(connection: Connection, organ_id: str, year: int) -> dict[TextPart, str]:
    """The written parts of a draft."""
    statement = select(report_text).where(
        report_text.c.organ_id == organ_id, report_text.c.year == year
    )
    return {TextPart(row.part): row.text for row in connection.execute(statement)}


def set_texts(
    connection: Connection, organ_id: str, year: int, wanted: Mapping[TextPart, str]
) -> None:
    """Put the written parts in place of what was written before."""
    _forget(connection, report_text, organ_id, year)
    connection.execute(
        insert(report_text),
        [
            {"organ_id": organ_id, "year": year, "part": part.value, "text": text}
            for part, text in wanted.items()
        ],
    )


def imports(connection: Connection, organ_ids: Collection[str], year: int) -> list[ImportedReport]:
    """Workbooks imported for a year, by organ."""
    statement = (
        select(imported_report)
        .where(imported_report.c.organ_id.in_(organ_ids), imported_report.c.year == year)
        .order_by(imported_report.c.organ_id)
    )
    cells: dict[str, dict[CellKey, int]] = {}
    lines = select(imported_report_cell).where(
        imported_report_cell.c.organ_id.in_(organ_ids), imported_report_cell.c.year == year
    )
    for row in connection.execute(lines).mappings():
        key = CellKey(TableName(row["part"]), row["row"], row["column"])
        cells.setdefault(row["organ_id"], {})[key] = row["count"]
    return [
        ImportedReport(
            organ_id=row.organ_id,
            year=row.year,
            file_hash=row.file_hash,
            imported_at=row.imported_at,
            imported_by=row.imported_by,
            counts=cells.get(row.organ_id, {}),
        )
        for row in connection.execute(statement)
    ]


def set_import(connection: Connection, found: ImportedReport) -> None:
    """Put the figures of a workbook in place of what was imported before."""
    remove_import(connection, found.organ_id, found.year)
    connection.execute(
        insert(imported_report).values(
            organ_id=found.organ_id,
            year=found.year,
            file_hash=found.file_hash,
            imported_at=found.imported_at,
            imported_by=found.imported_by,
        )
    )
    connection.execute(
        insert(imported_report_cell),
        [
            {
                "organ_id": found.organ_id,
                "year": found.year,
                "part": key.table.value,
                "row": key.row,
                "column": key.column,
                "count": count,
            }
            for key, count in found.counts.items()
        ],
    )


def remove_import(connection: Connection, organ_id: str, year: int) -> bool:
    """Forget the figures of a workbook; whether there were any."""
    _forget(connection, imported_report_cell, organ_id, year)
    return _forget(connection, imported_report, organ_id, year)


def add_issued(connection: Connection, issued: IssuedReport) -> bool:
    """Keep a report for good; whether none was issued for this organ and year before."""
    statement = (
        upsert(connection, annual_report)
        .values(
            organ_id=issued.organ_id,
            year=issued.year,
            issued_at=issued.issued_at,
            issued_by=issued.issued_by,
            digest=issued.digest,
            organ_ids=list(issued.organ_ids),
            texts={part.value: text for part, text in issued.texts.items()},
            accepted=list(issued.accepted),
        )
        .on_conflict_do_nothing(index_elements=[annual_report.c.organ_id, annual_report.c.year])
        .returning(annual_report.c.organ_id)
    )
    if connection.execute(statement).one_or_none() is None:
        return False
    connection.execute(
        insert(annual_report_cell),
        [
            {
                "organ_id": issued.organ_id,
                "year": issued.year,
                "part": key.table.value,
                "row": key.row,
                "column": key.column,
                "subjects": list(cell.subjects),
                "unlisted": cell.unlisted,
            }
            for key, cell in issued.cells.items()
        ],
    )
    return True


def find_issued(connection: Connection, organ_id: str, year: int) -> IssuedReport | None:
    """A report that was issued, or ``None``."""
    statement = select(annual_report).where(
        annual_report.c.organ_id == organ_id, annual_report.c.year == year
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        return None
    lines = select(annual_report_cell).where(
        annual_report_cell.c.organ_id == organ_id, annual_report_cell.c.year == year
    )
    cells = {
        CellKey(TableName(each["part"]), each["row"], each["column"]): Cell(
            subjects=tuple(each["subjects"]), unlisted=each["unlisted"]
        )
        for each in connection.execute(lines).mappings()
    }
    return IssuedReport(
        organ_id=row.organ_id,
        year=row.year,
        issued_at=row.issued_at,
        issued_by=row.issued_by,
        digest=row.digest,
        organ_ids=tuple(row.organ_ids),
        texts={TextPart(part): text for part, text in row.texts.items()},
        accepted=tuple(row.accepted),
        cells=cells,
    )


def list_issued(connection: Connection) -> list[tuple[str, int]]:
    """Organ and year of every report that was issued, the latest year first."""
    statement = select(annual_report.c.organ_id, annual_report.c.year).order_by(
        annual_report.c.year.desc(), annual_report.c.organ_id
    )
    return [(row.organ_id, row.year) for row in connection.execute(statement)]


def _forget(connection: Connection, table: Table, organ_id: str, year: int) -> bool:
    statement = delete(table).where(table.c.organ_id == organ_id, table.c.year == year)
    return connection.execute(statement).rowcount > 0

"""Every statement on the register."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from indexer.access import Disclosure, Level, Opening, Secrecy
from indexer.records import RecordId
from query_room.register.model import Mode, PageRange, RegisterItem
from query_room.tables import register_entry, register_item

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Connection, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """An entry without its items and texts."""

    entry_id: str
    visit_id: str
    search_id: str | None
    event_id: int
    outcome: str
    handler: str
    entered_at: dt.datetime
    corrects: str | None
    corrected_by: str | None
    remark_event_id: int | None
    reason_event_id: int | None


def add(connection: Connection, row: EntryRow, items: Sequence[RegisterItem]) -> None:
    """Store an entry with its items."""
    connection.execute(
        insert(register_entry).values(
            entry_id=row.entry_id,
            visit_id=row.visit_id,
            search_id=row.search_id,
            event_id=row.event_id,
            outcome=row.outcome,
            handler=row.handler,
            entered_at=row.entered_at,
            corrects=row.corrects,
            remark_event_id=row.remark_event_id,
            reason_event_id=row.reason_event_id,
        )
    )
    if items:
        connection.execute(
            insert(register_item),
            [
                {"entry_id": row.entry_id, "ordinal": ordinal, **_columns(item)}
                for ordinal, item in enumerate(items)
            ],
        )


def mark_corrected(connection: Connection, entry_id: str, by: str) -> bool:
    """Note which entry stands in its place; whether none did before."""
    statement = (
        update(register_entry)
        .where(register_entry.c.entry_id == entry_id, register_entry.c.corrected_by.is_(None))
        .values(corrected_by=by)
    )
    return connection.execute(statement).rowcount == 1


def count_of_visit(connection: Connection, visit_id: str) -> int:
    """How many entries a visit has, corrected ones too."""
    statement = select(func.count()).where(register_entry.c.visit_id == visit_id)
    return connection.execute(statement).scalar_one()


def find(connection: Connection, entry_id: str) -> EntryRow | None:
    """One entry, or ``None``."""
    found = entries(connection, register_entry.c.entry_id == entry_id)
    return found[0] if found else None


def of_visit(connection: Connection, visit_id: str) -> list[EntryRow]:
    """Entries of one visit, in order."""
    return entries(connection, register_entry.c.visit_id == visit_id)


def items_of(
    connection: Connection, entry_ids: Sequence[str]
) -> defaultdict[str, list[RegisterItem]]:
    """Items by entry, in order."""
    found: defaultdict[str, list[RegisterItem]] = defaultdict(list)
    statement = (
        select(register_item)
        .where(register_item.c.entry_id.in_(entry_ids))
        .order_by(register_item.c.entry_id, register_item.c.ordinal)
    )
    for row in connection.execute(statement):
        found[row.entry_id].append(_item(row))
    return found


def entries(
    connection: Connection,
    *conditions: ColumnElement[bool],
    offset: int = 0,
    limit: int | None = None,
) -> list[EntryRow]:
    """Entries that meet every condition, in the order of entering."""
    statement = (
        select(register_entry)
        .where(*conditions)
        .order_by(register_entry.c.entered_at, register_entry.c.entry_id)
        .offset(offset)
        .limit(limit)
    )
    return [
        EntryRow(
            entry_id=row.entry_id,
            visit_id=row.visit_id,
            search_id=row.search_id,
            event_id=row.event_id,
            outcome=row.outcome,
            handler=row.handler,
            entered_at=row.entered_at,
            corrects=row.corrects,
            corrected_by=row.corrected_by,
            remark_event_id=row.remark_event_id,
            reason_event_id=row.reason_event_id,
        )
        for row in connection.execute(statement)
    ]


def _columns(item: RegisterItem) -> dict[str, Any]:
    return {
        "record_id": item.record_id,
        "archival_code": item.archival_code,
        "content_hash": item.content_hash,
        "is_volume": item.is_volume,
        "pages": [[each.file_ordinal, each.first, each.last] for each in item.pages],
        "page_count": item.page_count,
        "secrecy": item.level.secrecy.value,
        "opening": item.level.opening.value,
        "disclosure": None if item.level.disclosure is None else item.level.disclosure.value,
        "mode": item.mode.value,
        "copies": item.copies,
        "certificate": item.certificate,
        "by_hand": item.by_hand,
        "approver": item.approver,
        "basis": item.basis,
    }


def _item(row: Row[Any]) -> RegisterItem:
    return RegisterItem(
        record_id=RecordId(row.record_id),
        archival_code=row.archival_code,
        content_hash=row.content_hash,
        level=Level(
            secrecy=Secrecy(row.secrecy),
            opening=Opening(row.opening),
            disclosure=None if row.disclosure is None else Disclosure(row.disclosure),
        ),
        is_volume=row.is_volume,
        pages=tuple(
            PageRange(file_ordinal=file_ordinal, first=first, last=last)
            for file_ordinal, first, last in row.pages
        ),
        page_count=row.page_count,
        mode=Mode(row.mode),
        copies=row.copies,
        certificate=row.certificate,
        by_hand=row.by_hand,
        approver=row.approver,
        basis=row.basis,
    )

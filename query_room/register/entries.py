"""Entries read back: with the items that a reader may see, and the texts that are not erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.errors import RecordNotFoundError
from query_room.outcomes import Outcome
from query_room.register import repository
from query_room.register.model import RegisterEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from indexer.access import Viewer
    from indexer.records import RecordId
    from query_room.finding_records import FindRecord
    from query_room.register.repository import EntryRow
    from query_room.visits.personal_data import PersonalData


class Entries:
    """Puts rows, items and texts together."""

    def __init__(self, personal: PersonalData, find_record: FindRecord) -> None:
        self._personal = personal
        self._find_record = find_record

    def read(
        self, connection: Connection, rows: Sequence[EntryRow], viewer: Viewer
    ) -> list[RegisterEntry]:
        """The entries of rows, in their order."""
        items = repository.items_of(connection, [row.entry_id for row in rows])
        visible = self.visible(
            {item.record_id for entry_items in items.values() for item in entry_items}, viewer
        )
        texts = self._personal.texts(
            connection,
            [
                (row.visit_id, event_id)
                for row in rows
                for event_id in (row.remark_event_id, row.reason_event_id)
                if event_id is not None
            ],
        )

        def text(event_id: int | None) -> str | None:
            return "" if event_id is None else texts.get(event_id)

        return [
            RegisterEntry(
                entry_id=row.entry_id,
                visit_id=row.visit_id,
                search_id=row.search_id,
                outcome=Outcome(row.outcome),
                items=tuple(item for item in items[row.entry_id] if item.record_id in visible),
                handler=row.handler,
                entered_at=row.entered_at,
                remark=text(row.remark_event_id),
                corrects=row.corrects,
                reason=text(row.reason_event_id),
                corrected_by=row.corrected_by,
            )
            for row in rows
        ]

    def visible(self, record_ids: Iterable[RecordId], viewer: Viewer) -> set[RecordId]:
        """Those of the records that the viewer may see."""
        visible = set()
        for record_id in record_ids:
            try:
                self._find_record(record_id, viewer)
            except RecordNotFoundError:
                continue
            visible.add(record_id)
        return visible

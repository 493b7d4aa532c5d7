"""What has become of records that were shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.repositories.records import load_records
from indexer.repositories.withdrawals import withdrawn_records
from query_room.audit.model import HitState

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import Connection

    from indexer.records import Record, RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Records as they are now.

    Attributes:
        records: Those that are there; removed ones are absent.
        withdrawn: Those that were taken out of every answer.
    """

    records: Mapping[RecordId, Record]
    withdrawn: frozenset[RecordId]

    def state(self, record_id: RecordId, content_hash: str) -> HitState:
        """What has become of a record that was shown with this hash."""
        if record_id in self.withdrawn:
            return HitState.WITHDRAWN
        if record_id not in self.records:
            return HitState.GONE
        is_same = self.records[record_id].content_hash == content_hash
        return HitState.SAME if is_same else HitState.CHANGED


def present(connection: Connection, ids: Collection[RecordId]) -> Present:
    """Those of the records that are there now."""
    return Present(
        records=load_records(connection, sorted(ids)),
        withdrawn=withdrawn_records(connection) & set(ids),
    )

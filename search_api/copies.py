"""The copies of a record among what a viewer may see: the same bytes, text, or nearly the text.

Whether there are others that the viewer may not see makes no difference to anything that is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.repositories import copies, records
from indexer.repositories.browsing import visible_to
from search_api.answers import RecordCopies, RecordCopy
from search_api.texts import file_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from indexer.access import Viewer
    from indexer.records import Record, RecordId

MAX_LISTED: Final = 50
"""Copies of a record that are listed; all are counted."""


def copies_of(
    connection: Connection, record: Record, viewer: Viewer, denied: frozenset[RecordId]
) -> RecordCopies:
    """The copies of a record that the viewer may see, the closest first."""
    seen = copies.copies_of(connection, visible_to(viewer, denied), record.record_id)
    listed = seen[:MAX_LISTED]
    found = records.load_records(connection, [each.copy_id for each in listed])
    return RecordCopies(
        total=len(seen),
        listed=tuple(
            RecordCopy(
                record=found[each.copy_id],
                file=file_of(found[each.copy_id], each.copy_ordinal),
                own_file=file_of(record, each.ordinal),
                kind=each.kind,
                similarity=each.similarity,
            )
            for each in listed
        ),
    )


def count_copies(
    connection: Connection,
    ids: Sequence[RecordId],
    viewer: Viewer,
    denied: frozenset[RecordId],
) -> dict[RecordId, int]:
    """How many copies of each of some records the viewer may see; without any it is left out."""
    return copies.count_copies(connection, visible_to(viewer, denied), ids)

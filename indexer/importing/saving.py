"""Records into the database, only where they really change, each with its place in the outbox."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from indexer.database import utc_now
from indexer.importing.describing import description_from_json, description_to_json
from indexer.importing.differing import differences_from_json, differences_to_json
from indexer.records import FileHash, FileRole
from indexer.repositories import batches, differences, records
from indexer.repositories.outbox import ChangeKind, queue, queue_all
from indexer.repositories.records import FileLink, StoredRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from indexer.records import Description, RecordId
    from indexer.repositories.differences import Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange:
    """A record as it is kept, if it ever was, and as it is to be."""

    before: StoredRecord | None
    after: StoredRecord

    @property
    def is_real(self) -> bool:
        """Whether anything is different afterwards."""
        present = _present(self.before)
        return present is None or present.content_hash != self.after.content_hash

    @property
    def restricts(self) -> bool:
        """Whether somebody who could see the record before cannot see it after."""
        present = _present(self.before)
        return present is not None and _narrows(present, self.after.description)


def save(connection: Connection, batch_number: int, changes: Sequence[RecordChange]) -> None:
    """Save real changes of a batch, one to a record, and queue them for the index in this order."""
    positions = queue_all(
        connection,
        [(each.after.record_id, ChangeKind.PUT, each.restricts) for each in changes],
    )
    records.save(
        connection,
        [
            replace(each.after, revision=position)
            for each, position in zip(changes, positions, strict=True)
        ],
    )
    differing = differences.of_records(connection, [each.after.record_id for each in changes])
    batches.keep_versions(
        connection,
        batch_number,
        [
            (each.after.record_id, _body(each.before, differing.get(each.after.record_id, ())))
            for each in changes
        ],
    )


def remove(connection: Connection, batch_number: int, record_id: RecordId) -> bool:
    """Take a record out in the course of a batch; whether it was there."""
    before = records.load_stored(connection, record_id)
    if before is None or before.removed_at is not None:
        return False
    differing = differences.of_records(connection, [record_id]).get(record_id, ())
    batches.keep_versions(connection, batch_number, [(record_id, _body(before, differing))])
    take_away(connection, record_id)
    return True


def take_away(connection: Connection, record_id: RecordId) -> None:
    """Take a record out of the archive and, at once, out of every answer."""
    position = queue(connection, record_id, ChangeKind.DELETE, restricts=True)
    records.mark_removed(connection, record_id, revision=position, at=utc_now())
    differences.replace(connection, {record_id: ()})


def restore(connection: Connection, record_id: RecordId, body: dict[str, Any]) -> None:
    """Put a record back as it was before a batch."""
    change = RecordChange(
        before=records.load_stored(connection, record_id), after=_stored_from_json(record_id, body)
    )
    position = queue(connection, record_id, ChangeKind.PUT, restricts=change.restricts)
    records.save(connection, [replace(change.after, revision=position)])
    differing = differences_from_json(record_id, body.get("differences", ()))
    differences.replace(connection, {record_id: differing})


def stored_to_json(stored: StoredRecord) -> dict[str, Any]:
    """A record as plain JSON values, to be restored from."""
    return {
        "source_id": stored.source_id,
        "item_key": stored.item_key,
        "external_id": stored.external_id,
        "batch_number": stored.batch_number,
        "content_hash": stored.content_hash,
        "description": description_to_json(stored.description),
        "origin": stored.origin,
        "files": [
            {
                "ordinal": link.ordinal,
                "name": link.name,
                "role": str(link.role),
                "file_hash": link.file_hash,
                "source_file_id": link.source_file_id,
                "first_page": link.first_page,
                "last_page": link.last_page,
            }
            for link in stored.files
        ],
    }


def files_in(body: dict[str, Any]) -> list[FileHash]:
    """The contents that a record had, from :func:`stored_to_json`."""
    return [FileHash(link["file_hash"]) for link in body["files"] if link["file_hash"]]


def _body(before: StoredRecord | None, differing: Sequence[Difference]) -> dict[str, Any] | None:
    """What undoing goes back to; a record that had been removed was not there."""
    present = _present(before)
    if present is None:
        return None
    return {**stored_to_json(present), "differences": differences_to_json(differing)}


def _present(stored: StoredRecord | None) -> StoredRecord | None:
    return stored if stored is not None and stored.removed_at is None else None


def _stored_from_json(record_id: RecordId, body: dict[str, Any]) -> StoredRecord:
    return StoredRecord(
        record_id=record_id,
        source_id=body["source_id"],
        item_key=body["item_key"],
        external_id=body["external_id"],
        batch_number=body["batch_number"],
        description=description_from_json(body["description"]),
        files=tuple(
            FileLink(
                **{
                    **link,
                    "role": FileRole(link["role"]),
                    "file_hash": FileHash(link["file_hash"]) if link["file_hash"] else None,
                }
            )
            for link in body["files"]
        ),
        content_hash=body["content_hash"],
        revision=0,
        origin=body.get("origin"),
    )


def _narrows(before: StoredRecord, after: Description) -> bool:
    """Whether somebody who could see the record before cannot see it after."""
    old, new = before.description.level.audience, after.level.audience
    if new is None or old is None:
        return old is not None
    was_internal_to = _internal_to(before.description)
    is_internal_to = _internal_to(after)
    return (
        new > old
        or (is_internal_to is not None and is_internal_to != was_internal_to)
        # A grant to the old fonds ends.
        or before.description.fonds not in {"", after.fonds}
    )


def _internal_to(description: Description) -> str | None:
    return description.agency if description.level.is_internal else None

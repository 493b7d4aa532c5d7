"""Records into the database, only where they really change, each with its place in the outbox."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from indexer.database import utc_now
from indexer.importing.describing import description_from_json, description_to_json
from indexer.records import FileHash, FileRole
from indexer.repositories import batches, records
from indexer.repositories.outbox import ChangeKind, queue
from indexer.repositories.records import FileLink, StoredRecord

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from indexer.records import Description, RecordId


def save_if_changed(
    connection: Connection, before: StoredRecord | None, after: StoredRecord
) -> bool:
    """Save a record and queue it for the index, unless it is as it was; whether it changed.

    Args:
        connection: The transaction.
        before: The record as it is kept, if it ever was.
        after: As it is to be; its revision is set here.
    """
    is_there = before is not None and before.removed_at is None
    if before is not None and is_there and before.content_hash == after.content_hash:
        return False
    restricts = before is not None and is_there and _narrows(before, after.description)
    position = queue(connection, after.record_id, ChangeKind.PUT, restricts=restricts)
    records.save(connection, replace(after, revision=position))
    batches.keep_version(connection, after.record_id, after.batch_number, _body(before))
    return True


def remove(connection: Connection, batch_number: int, record_id: RecordId) -> bool:
    """Take a record out in the course of a batch; whether it was there."""
    before = records.load_stored(connection, record_id)
    if before is None or before.removed_at is not None:
        return False
    batches.keep_version(connection, record_id, batch_number, stored_to_json(before))
    take_away(connection, record_id)
    return True


def take_away(connection: Connection, record_id: RecordId) -> None:
    """Take a record out of the archive and, at once, out of every answer."""
    position = queue(connection, record_id, ChangeKind.DELETE, restricts=True)
    records.mark_removed(connection, record_id, revision=position, at=utc_now())


def restore(connection: Connection, record_id: RecordId, body: dict[str, Any]) -> None:
    """Put a record back as it was before a batch."""
    before = records.load_stored(connection, record_id)
    after = _stored_from_json(record_id, body)
    is_there = before is not None and before.removed_at is None
    restricts = before is not None and is_there and _narrows(before, after.description)
    position = queue(connection, record_id, ChangeKind.PUT, restricts=restricts)
    records.save(connection, replace(after, revision=position))


def stored_to_json(stored: StoredRecord) -> dict[str, Any]:
    """A record as plain JSON values, to be restored from."""
    return {
        "source_id": stored.source_id,
        "item_key": stored.item_key,
        "external_id": stored.external_id,
        "batch_number": stored.batch_number,
        "content_hash": stored.content_hash,
        "description": description_to_json(stored.description),
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


def _body(before: StoredRecord | None) -> dict[str, Any] | None:
    """What undoing goes back to; a record that had been removed was not there."""
    return stored_to_json(before) if before is not None and before.removed_at is None else None


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

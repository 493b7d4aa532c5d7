"""Records into the database, only where they really change, each with its place in the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indexer.access import RecordAccess
from indexer.importing.describing import content_hash, description_from_json, description_to_json
from indexer.records import FileHash, FileRole, record_id_for
from indexer.repositories import batches, records
from indexer.repositories.outbox import ChangeKind, queue
from indexer.repositories.records import FileLink, StoredRecord

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from indexer.records import Description, RecordId
    from indexer.repositories.batches import BatchRow


def save_if_changed(  # noqa: PLR0917 - what a record is made of
    connection: Connection,
    batch: BatchRow,
    key: str,
    external_id: str,
    description: Description,
    files: Sequence[FileLink],
) -> bool:
    """Save a record and queue it for the index, unless it is as it was; whether it changed."""
    record_id = record_id_for(batch.source_name, key)
    digest = content_hash(external_id, description, files)
    before = records.load_stored(connection, record_id)
    if before is not None and before.content_hash == digest and before.removed_at is None:
        return False
    restricts = before is not None and before.removed_at is None and _narrows(before, description)
    kind = ChangeKind.DELETE if description.level.audience is None else ChangeKind.PUT
    position = queue(connection, record_id, kind, restricts=restricts)
    after = StoredRecord(
        record_id=record_id,
        source_id=batch.source_id,
        item_key=key,
        external_id=external_id,
        batch_number=batch.number,
        description=description,
        files=tuple(files),
        content_hash=digest,
        revision=position,
    )
    records.save(connection, after)
    batches.keep_version(
        connection, record_id, batch.number, None if before is None else stored_to_json(before)
    )
    return True


def remove(connection: Connection, record_id: RecordId, *, at: dt.datetime) -> None:
    """Take a record out of the archive and, at once, out of every answer."""
    position = queue(connection, record_id, ChangeKind.DELETE, restricts=True)
    records.mark_removed(connection, record_id, revision=position, at=at)


def restore(connection: Connection, record_id: RecordId, body: dict[str, Any]) -> None:
    """Put a record back as it was before a batch."""
    before = records.load_stored(connection, record_id)
    description = description_from_json(body["description"])
    restricts = before is not None and _narrows(before, description)
    position = queue(connection, record_id, ChangeKind.PUT, restricts=restricts)
    records.save(connection, _stored_from_json(record_id, body, description, position))


def stored_to_json(stored: StoredRecord) -> dict[str, Any]:
    """A record as plain JSON values, to be restored from."""
    return {
        "source_id": stored.source_id,
        "item_key": stored.item_key,
        "external_id": stored.external_id,
        "batch_number": stored.batch_number,
        "content_hash": stored.content_hash,
        "removed": stored.removed_at is not None,
        "description": description_to_json(stored.description),
        "files": [
            {
                "ordinal": link.ordinal,
                "name": link.name,
                "role": str(link.role),
                "file_hash": link.file_hash,
                "first_page": link.first_page,
                "last_page": link.last_page,
            }
            for link in stored.files
        ],
    }


def _stored_from_json(
    record_id: RecordId, body: dict[str, Any], description: Description, position: int
) -> StoredRecord:
    return StoredRecord(
        record_id=record_id,
        source_id=body["source_id"],
        item_key=body["item_key"],
        external_id=body["external_id"],
        batch_number=body["batch_number"],
        description=description,
        files=tuple(
            FileLink(
                ordinal=link["ordinal"],
                name=link["name"],
                role=FileRole(link["role"]),
                file_hash=FileHash(link["file_hash"]) if link["file_hash"] else None,
                source_file_id=None,
                first_page=link["first_page"],
                last_page=link["last_page"],
            )
            for link in body["files"]
        ),
        content_hash=body["content_hash"],
        revision=position,
    )


def _narrows(before: StoredRecord, after: Description) -> bool:
    """Whether somebody who could see the record before cannot see it after."""
    old, new = _access(before.description, before), _access(after, before)
    if new.audience is None:
        return True
    if old.audience is None:
        return False
    return (
        new.audience > old.audience
        or (new.internal_to is not None and new.internal_to != old.internal_to)
        or new.fonds != old.fonds
    )


def _access(description: Description, stored: StoredRecord) -> RecordAccess:
    return RecordAccess(
        record_id=stored.record_id,
        audience=description.level.audience,
        internal_to=description.agency if description.level.is_internal else None,
        fonds=description.fonds,
    )

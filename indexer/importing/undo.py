"""Take a batch back whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from indexer.errors import ImportRefusedError
from indexer.importing.saving import remove, restore
from indexer.repositories import batches, files, records
from indexer.repositories.batches import BatchState
from indexer.storage.originals import FolderOriginalStore
from indexer.storage.text_store import FolderTextStore

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.settings import IndexerSettings

_RECORDS_AT_ONCE = 200


def undo_batch(engine: Engine, settings: IndexerSettings, number: int) -> int:
    """Undo a batch: its new records go, its changed ones are as before; how many it were.

    Cut short, it can be run again. Contents that nothing refers to any more leave the stores.

    Raises:
        ImportRefusedError: There is no such batch, it is undone already, or a later batch has
            changed one of its records: undo that one first.
    """
    with reading(engine) as connection:
        batch = batches.load(connection, number)
        if batch is None or batch.state is BatchState.UNDONE:
            raise ImportRefusedError(f"there is no batch {number} to undo")
        versions = batches.versions_of(connection, number)
        for record_id, _ in versions:
            stored = records.load_stored(connection, record_id)
            if stored is not None and stored.batch_number > number:
                raise ImportRefusedError(
                    f"batch {stored.batch_number} changed records of batch {number}: undo it first"
                )
    for start in range(0, len(versions), _RECORDS_AT_ONCE):
        some = versions[start : start + _RECORDS_AT_ONCE]
        with writing(engine) as connection:
            for record_id, body in some:
                if body is None or body["removed"]:
                    remove(connection, record_id, at=utc_now())
                else:
                    restore(connection, record_id, body)
            batches.forget_versions(connection, number, [record_id for record_id, _ in some])
    with writing(engine) as connection:
        files.forget_paths(connection, number)
        batches.mark_undone(connection, number)
    _sweep(engine, settings)
    return len(versions)


def _sweep(engine: Engine, settings: IndexerSettings) -> None:
    """Delete contents that no path and no record refers to."""
    originals = FolderOriginalStore(settings.originals)
    texts = FolderTextStore(settings.texts)
    with reading(engine) as connection:
        orphans = files.orphaned(connection)
    for file_hash in orphans:
        originals.remove(file_hash)
        texts.remove(file_hash)
        with writing(engine) as connection:
            files.forget_content(connection, file_hash)

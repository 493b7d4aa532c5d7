"""Take a batch back whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.database import reading, writing
from indexer.errors import ImportRefusedError
from indexer.importing.lock import import_lock
from indexer.importing.progress import Count, Step
from indexer.importing.saving import files_in, restore, take_away
from indexer.importing.stores import Stores
from indexer.repositories import batches, files, fingerprints, records
from indexer.repositories.batches import BatchState
from indexer.repositories.files import ContentState

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from sqlalchemy import Connection, Engine

    from indexer.importing.progress import Progress
    from indexer.settings import IndexerSettings

_RECORDS_AT_ONCE: Final = 25


def undo_batch(
    engine: Engine,
    settings: IndexerSettings,
    number: int,
    note: Callable[[Connection, int], None] = lambda *_: None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> int:
    """Undo a batch: its new records go, its changed ones are as before; how many it were.

    Cut short, it can be run again. Contents that came with the batch and belong to no other record
    leave the stores. What is quarantined stays so, and its records stay away.

    Args:
        engine: The database.
        settings: Of the archive.
        number: Which batch.
        note: Told how many records it were, in the transaction that marks the batch as undone:
            what it writes there stands if and only if the batch is undone. One that was cut short
            counts only what was left.
        progress: Told how far it is.

    Raises:
        ImportRefusedError: There is no such batch, it is undone already, a later batch has changed
            one of its records, or another import runs.
    """
    with import_lock(settings.data):
        with reading(engine) as connection:
            batch = batches.load(connection, number)
            if batch is None or batch.state is BatchState.UNDONE:
                raise ImportRefusedError(f"there is no batch {number} to undo")
            later = batches.later_batches(connection, number)
            versions = batches.versions_of(connection, number)
        if later:
            named = ", ".join(map(str, reversed(later)))
            raise ImportRefusedError(f"later batches changed the same records; undo first: {named}")
        done = Count(number, len(versions), progress)
        done.begin(Step.UNDOING)
        for start in range(0, len(versions), _RECORDS_AT_ONCE):
            some = versions[start : start + _RECORDS_AT_ONCE]
            with writing(engine) as connection:
                for record_id, body in some:
                    if body is None or _is_quarantined(connection, body):
                        take_away(connection, record_id)
                    else:
                        restore(connection, record_id, body)
                batches.forget_versions(connection, number, [each for each, _ in some])
            done.add(len(some))
        done.begin(Step.CLEARING)
        with writing(engine) as connection:
            files.forget_outcomes(connection, number)
        _forget_contents(engine, Stores.of(settings), number)
        with writing(engine) as connection:
            batches.mark_undone(connection, number)
            note(connection, len(versions))
        return len(versions)


def _is_quarantined(connection: Connection, body: dict[str, Any]) -> bool:
    contents = files.contents(connection, files_in(body))
    return any(each.state is ContentState.QUARANTINED for each in contents.values())


def _forget_contents(engine: Engine, stores: Stores, number: int) -> None:
    """Delete what came with the batch, unless a record has it or could be brought back to it."""
    with reading(engine) as connection:
        # One walk for all: asked for each content by itself, a large archive would take hours.
        wanted = {each for body in batches.remembered(connection) for each in files_in(body)}
        orphans = [
            each
            for each in files.brought_by(connection, number)
            if each not in wanted and not records.is_file_in_use(connection, each)
        ]
    for file_hash in orphans:
        stores.forget(file_hash)
        with writing(engine) as connection:
            fingerprints.forget(connection, file_hash)
            files.forget_content(connection, file_hash)
        stores.forget(file_hash)  # once more: recognition may have put a page meanwhile

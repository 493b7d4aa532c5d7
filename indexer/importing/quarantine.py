"""What carries a state secret leaves path, hash and marking here, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.database import writing
from indexer.extraction import Reason
from indexer.importing.saving import remove
from indexer.repositories import files, fingerprints, records, relations
from indexer.repositories.files import (
    CATALOGUE_SECRET,
    ContentState,
    PathOutcome,
    PathState,
    Settled,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from indexer.access import Secrecy
    from indexer.importing.stores import Stores
    from indexer.records import FileHash
    from indexer.repositories.files import PathRow

COPY: Final = "catalogue_secret_copy"
"""Reason of a path with the same content as one that the catalogue calls a state secret."""


def isolate_marked(
    engine: Engine, stores: Stores, batch_number: int, file_hash: FileHash, marking: str
) -> None:
    """Quarantine a content because of the marking on its first page."""
    # First the bytes, then the rows: what is noted as quarantined is no longer here.
    stores.forget(file_hash)
    with writing(engine) as connection:
        _empty(connection, file_hash, Reason.QUARANTINED, marking)
        files.quarantine_paths(connection, file_hash, Reason.QUARANTINED, marking)
        _remove_records(connection, batch_number, file_hash)


def isolate_catalogued(  # noqa: PLR0917 - where, whose, what and why
    engine: Engine,
    stores: Stores,
    batch_number: int,
    row: PathRow,
    file_hash: FileHash,
    secrecy: Secrecy,
) -> None:
    """Quarantine a path, and its content wherever it is, because the catalogue calls it secret."""
    stores.forget(file_hash)
    with writing(engine) as connection:
        files.settle(
            connection,
            [
                Settled(
                    source_file_id=row.source_file_id,
                    file_hash=file_hash,
                    state=PathState.QUARANTINED,
                    outcome=PathOutcome.QUARANTINED,
                    size=row.size,
                    modified_ns=row.modified_ns,
                    reason=CATALOGUE_SECRET,
                    detail=secrecy,
                )
            ],
        )
        content = files.store_contents(connection, batch_number, {file_hash: (0, None)})[file_hash]
        if (content.state, content.reason) != (ContentState.QUARANTINED, Reason.QUARANTINED):
            _empty(connection, file_hash, CATALOGUE_SECRET, secrecy)
        files.quarantine_paths(connection, file_hash, COPY, secrecy)
        _remove_records(connection, batch_number, file_hash)


def _empty(connection: Connection, file_hash: FileHash, reason: str, marking: str) -> None:
    nothing = {
        "state": ContentState.QUARANTINED,
        "reason": reason,
        "marking": marking,
        "size": 0,
        "media_type": "",
        "in_place": None,
        "extractor": "",
        "page_count": 0,
        "detail": "",
        "parsed": None,
    }
    files.note_outcomes(connection, {file_hash: nothing})
    relations.forget(connection, file_hash)
    fingerprints.forget(connection, file_hash)


def _remove_records(connection: Connection, batch_number: int, file_hash: FileHash) -> None:
    for record_id in records.records_with_file(connection, file_hash):
        remove(connection, batch_number, record_id)

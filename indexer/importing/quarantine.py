"""What carries a state secret leaves path, hash and marking here, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.database import reading, writing
from indexer.extraction import Reason
from indexer.importing.saving import remove
from indexer.repositories import files, fingerprints, holdings, records, relations
from indexer.repositories.files import (
    CATALOGUE_SECRET,
    ContentState,
    PathOutcome,
    PathState,
    Settled,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, Engine

    from indexer.importing.stores import Stores
    from indexer.records import FileHash
    from indexer.repositories.files import PathRow

COPY: Final = "catalogue_secret_copy"
"""Reason of a path with the same content as one that the catalogue calls a state secret."""

MARKED_MEMBER: Final = "marked_member"
"""Reason of what holds a quarantined file: its original holds it, too."""

_CONTENTS_AT_ONCE: Final = 25


def isolate_marked(
    engine: Engine, stores: Stores, batch_number: int, file_hash: FileHash, marking: str
) -> None:
    """Quarantine a content because of the marking on its first page, and whatever holds it."""
    around = _containers_of(engine, file_hash)
    # First the bytes, then the rows: what is noted as quarantined is no longer here.
    for each in (*around, file_hash):
        stores.forget(each)
    with writing(engine) as connection:
        _isolate(connection, batch_number, file_hash, Reason.QUARANTINED, marking)
        _isolate_around(connection, batch_number, around, marking)
    # Recognition may have put a page between the two; it sees the rows before it puts the next.
    for each in (*around, file_hash):
        stores.forget(each)


def isolate_catalogued(  # noqa: PLR0917 - where, whose, what and why
    engine: Engine,
    stores: Stores,
    batch_number: int,
    row: PathRow,
    file_hash: FileHash,
    secrecy: str,
    reason: str = CATALOGUE_SECRET,
) -> None:
    """Quarantine a path, and its content wherever it is, because the catalogue calls it secret.

    So is all that lies in it, and whatever it lies in is set aside. ``reason`` is what is said of
    the path: :data:`COPY` where the catalogue names another one.
    """
    with reading(engine) as connection:
        within = sorted(holdings.members_of(connection, file_hash))
    # What lies in it first: its own path is settled when all is done.
    for start in range(0, len(within), _CONTENTS_AT_ONCE):
        some = within[start : start + _CONTENTS_AT_ONCE]
        _isolate_secret(engine, stores, batch_number, some, secrecy)
    stores.forget(file_hash)
    with writing(engine) as connection:
        files.store_contents(connection, batch_number, {file_hash: (0, None)})
        files.settle(connection, [_quarantined(row, file_hash, reason, secrecy)])
    _isolate_secret(engine, stores, batch_number, [file_hash], secrecy)


def _isolate_secret(
    engine: Engine, stores: Stores, batch_number: int, secret: Sequence[FileHash], secrecy: str
) -> None:
    """Quarantine contents that the catalogue calls secret, and set aside whatever holds them."""
    with reading(engine) as connection:
        around = [holdings.containers_of(connection, each) for each in secret]
    holders = {each for some in around for each in some}.difference(secret)
    for each in (*holders, *secret):
        stores.forget(each)
    with writing(engine) as connection:
        for content in files.contents(connection, secret).values():
            if (content.state, content.reason) != (ContentState.QUARANTINED, Reason.QUARANTINED):
                _empty(connection, content.file_hash, CATALOGUE_SECRET, secrecy)
            files.quarantine_paths(connection, content.file_hash, COPY, secrecy)
            _remove_records(connection, batch_number, content.file_hash)
        _isolate_around(connection, batch_number, holders, secrecy)
    for each in (*holders, *secret):  # once more, for the same reason
        stores.forget(each)


def isolate_holder(  # noqa: PLR0917 - where, whose, what and why
    engine: Engine,
    stores: Stores,
    batch_number: int,
    row: PathRow,
    file_hash: FileHash,
    marking: str,
) -> None:
    """Quarantine a path, and its content wherever it is, because it holds a quarantined file."""
    around = _containers_of(engine, file_hash)
    for each in (*around, file_hash):
        stores.forget(each)
    with writing(engine) as connection:
        files.settle(connection, [_quarantined(row, file_hash, MARKED_MEMBER, marking)])
        files.store_contents(connection, batch_number, {file_hash: (0, None)})
        _isolate_around(connection, batch_number, {file_hash, *around}, marking)
    for each in (*around, file_hash):  # once more, for the same reason
        stores.forget(each)


def _containers_of(engine: Engine, file_hash: FileHash) -> frozenset[FileHash]:
    with reading(engine) as connection:
        return holdings.containers_of(connection, file_hash)


def _isolate_around(
    connection: Connection, batch_number: int, holders: Iterable[FileHash], marking: str
) -> None:
    for each in files.contents(connection, holders).values():
        # What is quarantined for itself stays so when its member is cleared.
        if each.state is not ContentState.QUARANTINED or each.reason == MARKED_MEMBER:
            _isolate(connection, batch_number, each.file_hash, MARKED_MEMBER, marking)


def _isolate(
    connection: Connection, batch_number: int, file_hash: FileHash, reason: str, marking: str
) -> None:
    _empty(connection, file_hash, reason, marking)
    files.quarantine_paths(connection, file_hash, reason, marking)
    _remove_records(connection, batch_number, file_hash)


def _quarantined(row: PathRow, file_hash: FileHash, reason: str, detail: str) -> Settled:
    return Settled(
        source_file_id=row.source_file_id,
        file_hash=file_hash,
        state=PathState.QUARANTINED,
        outcome=PathOutcome.QUARANTINED,
        size=row.size,
        modified_ns=row.modified_ns,
        reason=reason,
        detail=detail,
    )


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
        "unread_pages": None,
        "unread_count": 0,
        "is_guarded": False,
        "given_up": None,
    }
    files.note_outcomes(connection, {file_hash: nothing})
    relations.forget(connection, file_hash)
    fingerprints.forget(connection, file_hash)


def _remove_records(connection: Connection, batch_number: int, file_hash: FileHash) -> None:
    for record_id in records.records_with_file(connection, file_hash):
        remove(connection, batch_number, record_id)

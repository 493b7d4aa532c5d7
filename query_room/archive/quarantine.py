"""Quarantine: what the guard kept out, and a reviewer's word on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from indexer.importing.clearances import clear_within
from indexer.repositories import clearances, files
from query_room.accounts.model import Permission
from query_room.archive.batches import MAX_GROUND
from query_room.archive.model import Quarantined
from query_room.archive.paging import PAGE_SIZE, Page, offset_of
from query_room.fields import required
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.records import FileHash
    from query_room.accounts.model import Account


class QuarantineService:
    """The quarantine, for accounts that manage the archive.

    Every method raises ``PermissionDeniedError`` for others.
    """

    def __init__(self, *, engine: Engine) -> None:
        self._engine = engine

    def page(self, number: int, *, by: Account) -> Page[Quarantined]:
        """Some files in quarantine, by path.

        Raises:
            InvalidFieldError: There is no such page.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            total = files.count_quarantined(connection)
            found = files.quarantined(connection, offset=offset_of(number, total), limit=PAGE_SIZE)
            hashes = [path.file_hash for path, _ in found if path.file_hash]
            given = clearances.given_to(connection, hashes)
        items = tuple(
            Quarantined(
                source_file_id=path.source_file_id,
                path=path.path,
                file_hash=path.file_hash,
                marking=marking,
                reason=path.reason,
                batch_number=path.batch_number,
                clearance=given.get(path.file_hash) if path.file_hash else None,
            )
            for path, marking in found
        )
        return Page(items=items, number=number, total=total)

    def clear(self, file_hash: FileHash, *, ground: str, by: Account) -> None:
        """Give word that a marked file carries no state secret; the next import reads it.

        Raises:
            InvalidFieldError: No ground is given.
            ImportRefusedError: No such file is quarantined for a marking.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        ground = required("ground", ground, MAX_GROUND)
        with writing(self._engine) as connection:
            clear_within(connection, file_hash, ground=ground, by=by.name)
            body = {"by": by.name, "ground": ground}
            happened = NewEvent(
                at=utc_now(), kind=EventKind.FILE_CLEARED, subject=file_hash, body=body
            )
            append(connection, happened)

"""Copies: pairs of files that were found to be one text, and an archivist's word against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.database import reading, utc_now, writing
from indexer.repositories import copies, fingerprints, records, withdrawals
from indexer.repositories.browsing import visible_to
from query_room.accounts.model import Permission
from query_room.archive.batches import MAX_GROUND
from query_room.archive.model import CopyHolder, CopyPair
from query_room.archive.paging import PAGE_SIZE, Page, offset_of
from query_room.errors import CopyNotFoundError
from query_room.fields import required
from search_api.log import EventKind, NewEvent, append
from search_api.texts import file_of

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Engine

    from indexer.access import Viewer
    from indexer.records import FileHash
    from indexer.repositories.copies import CopyLink
    from query_room.accounts.model import Account


_SHOWN: Final = 5
"""Records of one side that are named: a circular may lie in a hundred volumes."""


class CopyService:
    """Pairs of copies, for accounts that manage the archive, within what each of them may see.

    Every method raises ``PermissionDeniedError`` for others.
    """

    def __init__(self, *, engine: Engine) -> None:
        self._engine = engine

    def page(self, number: int, *, by: Account, viewer: Viewer) -> Page[CopyPair]:
        """Some pairs, those found last first; a pair is there if both its sides may be seen.

        Raises:
            InvalidFieldError: There is no such page.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            visible = _visible(connection, viewer)
            total = copies.count_links(connection, visible)
            found = copies.links(
                connection, visible, offset=offset_of(number, total), limit=PAGE_SIZE
            )
            items = _held(connection, visible, found)
        return Page(items=items, number=number, total=total)

    def waiting(self, *, by: Account) -> int:
        """How many texts are still to be compared."""
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            return fingerprints.count_waiting(connection)

    def refuse(
        self, pair: tuple[FileHash, FileHash], *, ground: str, by: Account, viewer: Viewer
    ) -> None:
        """Give word that a pair are no copies; it holds for every later search as well.

        Raises:
            InvalidFieldError: No ground is given.
            CopyNotFoundError: There is no such pair for this viewer, or not any more.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        ground = required("ground", ground, MAX_GROUND)
        now = utc_now()
        first, second = copies.pair_of(*pair)
        with writing(self._engine) as connection:
            seen = copies.holders(connection, _visible(connection, viewer), pair)
            if not seen.keys() >= set(pair) or not copies.refuse(
                connection, pair, ground=ground, by=by.name, at=now
            ):
                raise CopyNotFoundError(f"{first} and {second} are no pair of copies")
            append(
                connection,
                NewEvent(
                    at=now,
                    kind=EventKind.COPY_REFUSED,
                    subject=first,
                    body={"by": by.name, "ground": ground, "other_hash": second},
                ),
            )


def _visible(connection: Connection, viewer: Viewer) -> ColumnElement[bool]:
    return visible_to(viewer, withdrawals.withdrawn_records(connection))


def _held(
    connection: Connection, visible: ColumnElement[bool], found: list[CopyLink]
) -> tuple[CopyPair, ...]:
    """Pairs with the records that hold them."""
    hashes = {each for link in found for each in (link.first_hash, link.second_hash)}
    held = copies.holders(connection, visible, hashes)
    shown = {each: some[:_SHOWN] for each, some in held.items()}
    ids = sorted({record_id for some in shown.values() for record_id, _ in some})
    named = records.load_records(connection, ids)

    def side(file_hash: FileHash) -> tuple[CopyHolder, ...]:
        return tuple(
            CopyHolder(record=named[record_id], file=file_of(named[record_id], ordinal))
            for record_id, ordinal in shown.get(file_hash, ())
        )

    return tuple(
        CopyPair(link=link, first=side(link.first_hash), second=side(link.second_hash))
        for link in found
    )

"""Coverage: how much of the archive can be searched, and what stands in the way."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from indexer.database import reading
from indexer.records import TextState
from indexer.repositories import coverage, failures, records, withdrawals
from indexer.repositories.browsing import visible_to
from query_room.accounts.model import Permission
from query_room.archive.model import Coverage
from query_room.archive.paging import PAGE_SIZE, Page, offset_of
from query_room.archive.recognition import waiting
from query_room.errors import InvalidFieldError

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Engine

    from indexer.access import Viewer
    from indexer.records import Record
    from indexer.repositories.coverage import Branch
    from indexer.repositories.files import PathRow
    from query_room.accounts.model import Account


class Grouping(StrEnum):
    """What records are counted by."""

    FONDS = "fonds"
    YEAR = "year"


class CoverageService:
    """Coverage, for accounts that manage the archive, within what each of them may see.

    Every method raises ``PermissionDeniedError`` for others.
    """

    def __init__(self, *, engine: Engine) -> None:
        self._engine = engine

    def overview(self, grouping: Grouping, *, by: Account, viewer: Viewer) -> Coverage:
        """Records by how much text they have, and files without any by their reason."""
        by.require(Permission.MANAGE_ARCHIVE)
        count = coverage.by_fonds if grouping is Grouping.FONDS else coverage.by_year
        with reading(self._engine) as connection:
            shares = count(connection, _visible(connection, viewer))
            unread = _by_reason(connection)
            recognition = waiting(connection)
        return Coverage(
            counts={state: sum(each.counts[state] for each in shares) for state in TextState},
            shares=tuple(shares),
            unread=unread,
            recognition=recognition,
        )

    def records(self, branch: Branch, number: int, *, by: Account, viewer: Viewer) -> Page[Record]:
        """Some records of a branch, by fonds and 档号.

        Raises:
            InvalidFieldError: There is no such page.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            visible = _visible(connection, viewer)
            total = coverage.count(connection, visible, branch)
            ids = coverage.ids(
                connection,
                visible,
                branch,
                offset=offset_of(number, total),
                limit=PAGE_SIZE,
            )
            found = records.load_records(connection, ids)
        items = tuple(found[each] for each in ids)
        return Page(items=items, number=number, total=total)

    def unread(
        self, reason: str, number: int, *, by: Account
    ) -> tuple[Page[PathRow], dict[str, int]]:
        """Some files that gave no text, by path, and how many there are of each reason.

        Args:
            reason: Only those, or ``""`` for all.
            number: Which page.
            by: Who asks.

        Raises:
            InvalidFieldError: There is no such reason or page.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            counts = _by_reason(connection)
            if reason and reason not in counts:
                raise InvalidFieldError("reason", "unknown")
            total = counts[reason] if reason else sum(counts.values())
            found = failures.listed(
                connection,
                reason=reason or None,
                offset=offset_of(number, total),
                limit=PAGE_SIZE,
            )
        return Page(items=tuple(found), number=number, total=total), counts


def _by_reason(connection: Connection) -> dict[str, int]:
    return {each.reason: each.paths for each in failures.by_reason(connection)}


def _visible(connection: Connection, viewer: Viewer) -> ColumnElement[bool]:
    return visible_to(viewer, withdrawals.withdrawn_records(connection))

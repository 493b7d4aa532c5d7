"""Where catalogues and documents do not say the same, and whose word was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.database import reading, utc_now, writing
from indexer.official.comparing import COMPARED
from indexer.records import RecordId
from indexer.repositories import differences, withdrawals
from indexer.repositories.browsing import seen, visible_to
from query_room.accounts.model import Permission
from query_room.archive.model import DifferencesView
from query_room.archive.paging import PAGE_SIZE, Page, offset_of
from query_room.errors import InvalidFieldError
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Engine

    from indexer.access import Viewer
    from indexer.repositories.differences import Difference, ListedDifference, Wanted
    from query_room.accounts.model import Account

MAX_LISTED: Final = 200_000
"""Lines of a file of differences."""


class DifferenceService:
    """Differences, for accounts that manage the archive, within what each of them may see.

    Every method raises ``PermissionDeniedError`` for others.
    """

    def __init__(self, *, engine: Engine) -> None:
        self._engine = engine

    def page(self, wanted: Wanted, number: int, *, by: Account, viewer: Viewer) -> DifferencesView:
        """Some open differences, and how many there are of each field.

        Raises:
            InvalidFieldError: There is no such field or page.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        _check(wanted)
        with reading(self._engine) as connection:
            visible = _visible(connection, viewer)
            counts = differences.count_by_field(connection, visible, wanted.batch_number)
            total = counts.get(wanted.field, 0) if wanted.field else sum(counts.values())
            found = differences.listed(
                connection, visible, wanted, offset=offset_of(number, total), limit=PAGE_SIZE
            )
            batches = differences.batches_with_some(connection, visible)
        page = Page(items=tuple(found), number=number, total=total)
        return DifferencesView(page=page, counts=counts, batches=tuple(batches))

    def listed(
        self, wanted: Wanted, *, by: Account, viewer: Viewer
    ) -> tuple[ListedDifference, ...]:
        """All open differences, to be written into a file.

        Raises:
            InvalidFieldError: There is no such field.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        _check(wanted)
        with reading(self._engine) as connection:
            visible = _visible(connection, viewer)
            return tuple(differences.listed(connection, visible, wanted, limit=MAX_LISTED))

    def of_record(
        self, record_id: RecordId, *, by: Account, viewer: Viewer
    ) -> tuple[Difference, ...]:
        """A record's differences, settled ones too; none where the viewer may not see it."""
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            ids = seen(connection, _visible(connection, viewer), [record_id])
            return differences.of_records(connection, ids).get(record_id, ())

    def settle(self, record_id: str, field: str, *, by: Account, viewer: Viewer) -> bool:
        """Note that the catalogue is right; whether such a difference was still open."""
        by.require(Permission.MANAGE_ARCHIVE)
        wanted = RecordId(record_id)
        now = utc_now()
        with writing(self._engine) as connection:
            if not seen(connection, _visible(connection, viewer), [wanted]):
                return False
            known = differences.of_records(connection, [wanted]).get(wanted, ())
            if not differences.settle(connection, wanted, field, by=by.name, at=now):
                return False
            about = next(each for each in known if each.field == field)
            append(
                connection,
                NewEvent(
                    at=now,
                    kind=EventKind.DIFFERENCE_SETTLED,
                    subject=wanted,
                    body={
                        "by": by.name,
                        "field": field,
                        "catalogue": about.catalogue,
                        "document": about.document,
                    },
                ),
            )
        return True


def _check(wanted: Wanted) -> None:
    if wanted.field is not None and wanted.field not in COMPARED:
        raise InvalidFieldError("field", "unknown")


def _visible(connection: Connection, viewer: Viewer) -> ColumnElement[bool]:
    return visible_to(viewer, withdrawals.withdrawn_records(connection))

"""Batches: what came in, what came of it, and taking one back whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from indexer.database import reading, utc_now, writing
from indexer.importing.lock import import_holder
from indexer.importing.report import BatchReport
from indexer.repositories import batches, copies, files, orders
from indexer.repositories.batches import BatchState
from indexer.repositories.orders import NewOrder, OrderKind
from query_room.accounts.model import Permission
from query_room.archive.model import BatchView, Undoing, UndoPlan
from query_room.archive.paging import PAGE_SIZE, Page, offset_of
from query_room.errors import BatchNotFoundError, LaterBatchesError, OrderRefusedError
from query_room.fields import SHORT, required
from search_api.log import EventKind, NewEvent, append, events_of_subject

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from indexer.repositories.batches import BatchRow, BatchSummary
    from indexer.repositories.orders import OrderRow
    from indexer.settings import IndexerSettings
    from query_room.accounts.model import Account

MAX_GROUND: Final = 5 * SHORT
"""Characters of a ground, for whatever is done to the archive."""


class BatchService:
    """Batches, for accounts that manage the archive.

    Every method raises ``PermissionDeniedError`` for others.
    """

    def __init__(self, *, engine: Engine, settings: IndexerSettings) -> None:
        self._engine = engine
        self._settings = settings

    def page(self, number: int, *, by: Account) -> Page[BatchSummary]:
        """Some batches, newest first.

        Raises:
            InvalidFieldError: There is no such page.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            total = batches.count(connection)
            found = batches.summaries(connection, offset=offset_of(number, total), limit=PAGE_SIZE)
        return Page(items=tuple(found), number=number, total=total)

    def load(self, number: int, *, by: Account) -> BatchView:
        """One batch with its account.

        Raises:
            BatchNotFoundError: There is none.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            row = _load(connection, number)
            so_far = (
                files.count_by_outcome(connection, row.source_id, number)
                if row.state is batches.BatchState.RUNNING
                else {}
            )
            found = copies.of_batch(connection, number)
            order = orders.latest_of_batch(connection, number)
        return BatchView(
            batch=row,
            copies=found,
            report=BatchReport.from_json(row.report) if row.report else None,
            so_far=so_far,
            importer=import_holder(self._settings.data),
            undoing=self._undoing(number) if row.state is batches.BatchState.UNDONE else None,
            order=order,
            is_uploaded=Path(row.root).is_relative_to(self._settings.uploads.resolve()),
        )

    def undo_plan(self, number: int, *, by: Account) -> UndoPlan:
        """What undoing a batch will do.

        Raises:
            BatchNotFoundError: There is none.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            return UndoPlan(
                batch=_load(connection, number),
                records=batches.count_replaced(connection, number),
                later=tuple(reversed(batches.later_batches(connection, number))),
                quarantined=files.count_quarantined(connection, number),
                importer=import_holder(self._settings.data),
                order=_live_order(connection, number),
            )

    def undo(self, number: int, *, ground: str, by: Account) -> int:
        """Order that a batch is taken back whole; the order's number. The importer does it.

        Raises:
            InvalidFieldError: No ground is given.
            BatchNotFoundError: There is none.
            LaterBatchesError: Others have changed the same records since.
            OrderRefusedError: It is undone already, or an order over it is not over.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        ground = required("ground", ground, MAX_GROUND)
        with writing(self._engine) as connection:
            row = _load(connection, number)
            if later := batches.later_batches(connection, number):
                raise LaterBatchesError(tuple(reversed(later)))
            if row.state is BatchState.UNDONE:
                raise OrderRefusedError("moved_on")
            if (order := _live_order(connection, number)) is not None:
                is_undoing = order.kind is OrderKind.UNDO
                raise OrderRefusedError("already_ordered" if is_undoing else "still_importing")
            new = NewOrder(
                kind=OrderKind.UNDO, ordered_by=by.name, ground=ground, batch_number=number
            )
            order_id = orders.add(connection, new)
            append(
                connection,
                NewEvent(
                    at=utc_now(),
                    kind=EventKind.UNDO_ORDERED,
                    subject=str(number),
                    body={"by": by.name, "ground": ground, "order": order_id},
                ),
            )
        return order_id

    def _undoing(self, number: int) -> Undoing | None:
        events = events_of_subject(self._engine, str(number))
        found = next((each for each in events if each.kind == EventKind.BATCH_UNDONE), None)
        if found is None:
            return None  # undone from the command line, which keeps no log of its own
        body = found.body or {}
        return Undoing(at=found.at, by=str(body.get("by", "")), ground=str(body.get("ground", "")))


def _live_order(connection: Connection, number: int) -> OrderRow | None:
    order = orders.latest_of_batch(connection, number)
    return order if order is not None and order.is_live else None


def _load(connection: Connection, number: int) -> BatchRow:
    row = batches.load(connection, number)
    if row is None:
        raise BatchNotFoundError(f"no batch {number}")
    return row

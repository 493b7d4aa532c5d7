"""The event of a batch that was taken back, written where it is marked so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import utc_now
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from indexer.repositories.orders import OrderRow


def note_undone(connection: Connection, order: OrderRow, records: int) -> None:
    """Log that the batch of an order is undone, in the transaction that marks it so."""
    append(
        connection,
        NewEvent(
            at=utc_now(),
            kind=EventKind.BATCH_UNDONE,
            subject=str(order.batch_number),
            body={
                "by": order.ordered_by,
                "ground": order.ground,
                "records": records,
                "order": order.order_id,
            },
        ),
    )

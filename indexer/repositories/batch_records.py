"""The records that a batch made or changed, counted as they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select

from indexer.access import Audience
from indexer.repositories import coverage
from indexer.tables import record, record_version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement, Connection

    from indexer.records import TextState


def by_audience(connection: Connection, batch_number: int) -> dict[Audience, int]:
    """Records of a batch by who may see them, the widest circle first."""
    statement = (
        select(record.c.audience, func.count())
        .where(_of_batch(batch_number), record.c.audience.is_not(None))
        .group_by(record.c.audience)
        .order_by(record.c.audience)
    )
    return {Audience(row[0]): int(row[1]) for row in connection.execute(statement)}


def by_text(connection: Connection, batch_number: int) -> Mapping[TextState, int]:
    """Records of a batch by how much of their text can be searched, 0 included."""
    return coverage.by_state(connection, _of_batch(batch_number))


def _of_batch(batch_number: int) -> ColumnElement[bool]:
    """Present records that the batch touched; an undone batch has forgotten which they were."""
    touched = exists().where(
        record_version.c.record_id == record.c.record_id,
        record_version.c.batch_number == batch_number,
    )
    return record.c.removed_at.is_(None) & touched

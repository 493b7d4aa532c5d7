"""A batch to hang rows on, on each kind of database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.database import writing
from indexer.repositories import batches

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.repositories.batches import BatchRow


def begin(database: Engine, name: str = "papers") -> BatchRow:
    """A batch of the source of that name."""
    with writing(database) as connection:
        number = batches.begin(
            connection,
            source_id=batches.source_named(connection, name, f"/{name}"),
            manifest=None,
            level="public",
            in_place=False,
            started_by="档案员",
        )
        row = batches.load(connection, number)
    assert row is not None
    return row


@pytest.fixture
def batch(database: Engine) -> BatchRow:
    """A running batch."""
    return begin(database)

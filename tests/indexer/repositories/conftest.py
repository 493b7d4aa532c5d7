"""A batch to hang rows on, and paths of it, on each kind of database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from indexer.database import writing
from indexer.records import FileHash
from indexer.repositories import batches, files
from indexer.repositories.files import PathOutcome, PathRow, PathState, Settled

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.repositories.batches import BatchRow


HASH = FileHash("ab" * 32)
OTHER = FileHash("cd" * 32)


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


def note(database: Engine, batch: BatchRow, *paths: str) -> dict[str, PathRow]:
    with writing(database) as connection:
        files.note_new(connection, batch.source_id, batch.number, [(path, 5, 7) for path in paths])
        return files.paths_of(connection, batch.source_id)


def settle(
    database: Engine, row: PathRow, state: PathState, outcome: PathOutcome, **fields: Any
) -> None:
    given = {"file_hash": HASH, "size": 5, "modified_ns": 7, **fields}
    with writing(database) as connection:
        files.settle(
            connection,
            [Settled(source_file_id=row.source_file_id, state=state, outcome=outcome, **given)],
        )


def store(database: Engine, batch: BatchRow, file_hash: FileHash, **values: Any) -> None:
    with writing(database) as connection:
        files.store_contents(connection, batch.number, {file_hash: (5, None)})
        files.note_outcomes(connection, {file_hash: values} if values else {})

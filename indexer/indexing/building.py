"""A new generation from what the text store and the database hold; no file is extracted again."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from indexer.database import reading
from indexer.repositories import outbox, records

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.engine.port import IndexWriter
    from indexer.indexing.analysis_pool import AnalysisPool

RECORDS_PER_STEP: Final = 2_000
"""Records that go in between two looks at the outbox of the serving generation."""


def build_step(
    engine: Engine, writer: IndexWriter, pool: AnalysisPool, user_words: tuple[str, ...] = ()
) -> bool:
    """Put the next records in, by id; whether there were any.

    The generation begins at the outbox's present position: whatever changes while it is built comes
    to it from the outbox afterwards. The cursor is committed with the records, so that a build that
    was cut short goes on where it was.
    """
    with reading(engine) as connection:
        position = writer.position
        if not writer.cursor and not writer.counts().records:
            position = outbox.newest_position(connection)
        ids = list(
            islice(records.iter_record_ids(connection, after=writer.cursor), RECORDS_PER_STEP)
        )
        present = records.load_records(connection, ids)
    if not ids:
        writer.commit(position)
        return False
    writer.put(
        pool.run(
            (
                present[record_id]
                for record_id in ids
                if record_id in present
                and present[record_id].description.level.audience is not None
            ),
            user_words,
        )
    )
    writer.commit(position, cursor=ids[-1])
    return True

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading, writing
from indexer.records import Description, FileHash, RecordId
from indexer.repositories import batches, records
from indexer.repositories.batches import BatchState, Replaced
from indexer.repositories.records import StoredRecord
from tests.indexer.repositories.conftest import begin

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.repositories.batches import BatchRow

ID = RecordId("r1")
HASH = FileHash("ab" * 32)


def keep(database: Engine, batch: BatchRow, body: dict[str, object] | None) -> None:
    with writing(database) as connection:
        if records.load_stored(connection, ID) is None:
            records.save(
                connection,
                [
                    StoredRecord(
                        record_id=ID,
                        source_id=batch.source_id,
                        item_key="id:1",
                        external_id="1",
                        batch_number=batch.number,
                        description=Description(),
                        files=(),
                        content_hash="",
                        revision=1,
                    )
                ],
            )
        batches.keep_versions(connection, batch.number, [(ID, body)])


def test_a_batch_that_was_cut_short_is_gone_on_with(database: Engine, batch: BatchRow) -> None:
    assert begin(database).number == batch.number
    other = begin(database, "other")
    assert other.number > batch.number
    with writing(database) as connection:
        batches.finish(connection, batch.number, {"found": 3})
    assert begin(database).number > other.number
    with reading(database) as connection:
        finished = batches.load(connection, batch.number)
        assert batches.load(connection, 999) is None
        numbers = [row.number for row in batches.list_all(connection)]
    assert finished is not None
    assert (finished.state, finished.report) == (BatchState.FINISHED, {"found": 3})
    assert finished.finished_at is not None
    assert numbers == sorted(numbers, reverse=True)


def test_a_source_is_known_by_its_name_and_may_move(database: Engine) -> None:
    with writing(database) as connection:
        first = batches.source_named(connection, "papers", "/old")
        assert batches.source_named(connection, "papers", "/new") == first
    assert begin(database).root == "/papers"


def test_the_first_replacement_in_a_batch_counts(database: Engine, batch: BatchRow) -> None:
    keep(database, batch, None)
    keep(database, batch, {"title": "甲"})
    with reading(database) as connection:
        assert batches.versions_of(connection, batch.number) == [(ID, None)]
        assert list(batches.remembered(connection)) == []
        assert batches.count_replaced(connection, batch.number) == Replaced(added=1, changed=0)


def test_later_batches_on_the_same_records_are_known_until_undone(
    database: Engine, batch: BatchRow
) -> None:
    later = begin(database, "later")
    keep(database, batch, None)
    keep(database, later, {"files": [{"file_hash": HASH}]})
    with writing(database) as connection:
        assert batches.later_batches(connection, batch.number) == [later.number]
        assert batches.later_batches(connection, later.number) == []
        assert list(batches.remembered(connection)) == [{"files": [{"file_hash": HASH}]}]
        assert batches.count_replaced(connection, later.number) == Replaced(added=0, changed=1)
        batches.forget_versions(connection, later.number, [ID])
        batches.mark_undone(connection, later.number)
        assert batches.later_batches(connection, batch.number) == []
        assert list(batches.remembered(connection)) == []
        assert batches.count_replaced(connection, later.number) == Replaced(added=0, changed=0)


def test_a_list_has_the_numbers_of_each_batch_and_leaves_its_files_out(
    database: Engine, batch: BatchRow
) -> None:
    report = {"found": 7, "failed": 2, "quarantined": 0, "problems": ["x"] * 9}
    with writing(database) as connection:
        batches.finish(connection, batch.number, report)
    running = begin(database, "other")
    with reading(database) as connection:
        second, first = batches.summaries(connection, offset=0, limit=9)
        assert batches.summaries(connection, offset=1, limit=9) == [first]
        assert batches.summaries(connection, offset=0, limit=1) == [second]
        assert (batches.count(connection), batches.count(connection, BatchState.RUNNING)) == (2, 1)
    assert (first.number, first.state) == (batch.number, BatchState.FINISHED)
    assert (first.found, first.failed, first.quarantined) == (7, 2, 0)
    assert (second.number, second.source_name, second.found) == (running.number, "other", None)

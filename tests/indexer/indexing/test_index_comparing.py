from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from indexer.engine.port import Pair
from indexer.importing.undo import undo_batch
from indexer.indexing.verification import verify_index
from indexer.repositories import outbox, records, set_asides
from indexer.repositories.outbox import ChangeKind
from tests.indexer.damage import (
    as_indexed,
    drop_documents,
    found,
    index_of,
    named,
    publish,
    put_stranger,
)

if TYPE_CHECKING:
    from tests.fixtures.archive import SmallArchive


def test_an_index_that_agrees_gives_nothing_to_tell(house: SmallArchive) -> None:
    assert found(house) == []


def test_what_is_deleted_behind_our_back_is_missing_in_both_pairs(house: SmallArchive) -> None:
    gone = named(house, "open").record_id
    with index_of(house) as writer:
        writer.delete({gone: writer.position})
    assert found(house) == [("not_indexed", gone, "full"), ("not_indexed", gone, "public")]


def test_a_public_record_that_the_public_index_alone_lacks_is_named(house: SmallArchive) -> None:
    gone = named(house, "open").record_id
    drop_documents(house, gone, Pair.PUBLIC, "records")
    assert found(house) == [("not_indexed", gone, "public")]


def test_a_record_that_is_not_public_is_a_breach_in_the_public_index(house: SmallArchive) -> None:
    secret = named(house, "staff")
    publish(house, secret)
    assert found(house) == [("breach", secret.record_id, "public")]


def test_passages_alone_are_a_breach_as_well(house: SmallArchive) -> None:
    secret = named(house, "staff")
    publish(house, secret)
    drop_documents(house, secret.record_id, Pair.PUBLIC, "records")
    assert found(house) == [("breach", secret.record_id, "public")]


def test_a_record_of_an_older_revision_is_stale(house: SmallArchive) -> None:
    record = named(house, "staff")
    with index_of(house) as writer:
        writer.put([replace(as_indexed(house, record), revision=record.revision - 1)])
    assert found(house) == [("stale", record.record_id, "full")]


def test_a_record_whose_passages_are_gone_is_named(house: SmallArchive) -> None:
    record = named(house, "open")
    drop_documents(house, record.record_id, Pair.FULL, "passages")
    assert found(house) == [("passages", record.record_id, "full")]


def test_what_no_record_has_is_orphaned_and_a_breach_in_the_public_index(
    house: SmallArchive,
) -> None:
    stranger = put_stranger(house)
    assert found(house) == [("breach", stranger, "public"), ("orphaned", stranger, "full")]


def test_passages_of_nobody_are_counted(house: SmallArchive) -> None:
    stranger = put_stranger(house)
    drop_documents(house, stranger, Pair.FULL, "records")
    assert found(house) == [("breach", stranger, "public"), ("stray_passages", "full")]
    report = verify_index(house.engine, house.settings)
    assert {each.detail for each in report.findings} == {"", "2"}


def test_a_record_that_was_taken_away_leaves_nothing(house: SmallArchive) -> None:
    undo_batch(house.engine, house.settings, 1)
    house.index()
    assert found(house) == []


def test_a_record_that_workers_died_of_is_told_as_what_it_is(house: SmallArchive) -> None:
    record = named(house, "staff")
    with index_of(house) as writer:
        writer.delete({record.record_id: writer.position})
    with writing(house.engine) as connection:
        set_asides.add(connection, 1, record.record_id, deaths=3, reason="9", at=utc_now())
    assert found(house) == [("set_aside", record.record_id, "full")]
    with writing(house.engine) as connection:
        records.note_revision(connection, record.record_id, record.revision + 1)
    assert found(house) == [("not_indexed", record.record_id, "full")]


def test_a_change_that_waits_is_not_held_against_the_index(house: SmallArchive) -> None:
    gone = named(house, "open").record_id
    with index_of(house) as writer:
        writer.delete({gone: writer.position})
    with writing(house.engine) as connection:
        outbox.queue(connection, gone, ChangeKind.PUT)
    assert found(house) == []
    with reading(house.engine) as connection:
        position = outbox.newest_position(connection)
    with index_of(house) as writer:
        writer.commit(position)
    assert found(house) == [("not_indexed", gone, "full"), ("not_indexed", gone, "public")]

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.database import reading
from indexer.errors import ImportRefusedError
from indexer.importing.undo import undo_batch
from indexer.repositories import batches, withdrawals
from indexer.repositories.batches import BatchState

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.indexer.importing.shelf import Shelf


def undo(shelf: Shelf, number: int) -> int:
    return undo_batch(shelf.engine, shelf.settings, number)


def test_an_undone_batch_leaves_nothing_and_can_be_run_again(shelf_anywhere: Shelf) -> None:
    shelf = shelf_anywhere
    shelf.put("a.txt", "防汛")
    shelf.put("b.txt", "供暖")
    shelf.put("c.txt", "供暖")
    number = shelf.run(level="public").batch_number
    gone = shelf.records()
    assert undo(shelf, number) == 3
    assert shelf.records() == {}
    assert list(shelf.stores.originals.hashes()) == []
    assert list(shelf.stores.texts.entries()) == []
    with reading(shelf.engine) as connection:
        denied = withdrawals.denied_records(connection, 3)
        row = batches.load(connection, number)
    assert denied == {record.record_id for record in gone.values()}
    assert row is not None
    assert row.state is BatchState.UNDONE
    report = shelf.run(level="public")
    assert (report.batch_number, report.indexed, report.duplicate) == (number + 1, 2, 1)
    assert {title: each.record_id for title, each in shelf.records().items()} == {
        title: each.record_id for title, each in gone.items()
    }


def test_undoing_puts_back_what_the_batch_changed_and_removed(shelf: Shelf) -> None:
    shelf.put("a.txt", "一")
    shelf.put("b.txt", "二")
    shelf.run(level="public")
    before = shelf.records()
    shelf.put("a.txt", "一之二")
    shelf.describe(id="1", title="乙", 密级="内部", file="b.txt")
    second = shelf.run(level="public").batch_number
    assert set(shelf.records()) == {"a", "乙"}
    undo(shelf, second)
    after = shelf.records()
    assert {title: each.content_hash for title, each in after.items()} == {
        title: each.content_hash for title, each in before.items()
    }
    assert shelf.text_of(after["a"]) == "一"
    report = shelf.run(level="public")
    assert (report.indexed, report.records_removed) == (1, 1)
    assert shelf.text_of(shelf.records()["a"]) == "一之二"


def test_batches_that_changed_the_same_records_are_undone_from_the_last(shelf: Shelf) -> None:
    shelf.put("a.txt", "一")
    shelf.run()
    shelf.put("a.txt", "二")
    shelf.run()
    shelf.put("b.txt", "三")
    shelf.run()
    with pytest.raises(ImportRefusedError, match="undo first: 2"):
        undo(shelf, 1)
    undo(shelf, 2)
    assert shelf.text_of(shelf.records()["a"]) == "一"
    undo(shelf, 1)
    assert list(shelf.records()) == ["b"]


def test_what_another_record_has_is_not_deleted(shelf: Shelf) -> None:
    shelf.put("a.txt", "防汛")
    shelf.run(source_name="first")
    shelf.run(source_name="second")
    undo(shelf, 1)
    (record,) = shelf.records().values()
    assert shelf.text_of(record) == "防汛"


def test_an_interrupted_batch_can_be_undone(shelf: Shelf) -> None:
    for number in range(30):
        shelf.put(f"{number}.txt", f"第{number}号")
    with pytest.raises(KeyboardInterrupt):
        _interrupted(shelf)
    undo(shelf, 1)
    assert shelf.records() == {}
    assert list(shelf.stores.texts.entries()) == []
    assert shelf.run().indexed == 30


def test_a_secret_does_not_come_back(shelf: Shelf) -> None:
    shelf.put("a.txt", "九号仓库")
    shelf.run(level="public")
    shelf.describe(id="1", title="乙", 密级="机密", file="a.txt")
    second = shelf.run().batch_number
    undo(shelf, second)
    assert shelf.records() == {}
    assert list(shelf.stores.originals.hashes()) == []


def test_there_is_nothing_to_undo_twice(shelf: Shelf) -> None:
    shelf.put("a.txt", "一")
    shelf.run()
    undo(shelf, 1)
    for number in (1, 7):
        with pytest.raises(ImportRefusedError, match=f"no batch {number}"):
            undo(shelf, number)


def test_what_is_noted_of_an_undoing_stands_only_if_it_is_done(shelf: Shelf) -> None:
    shelf.put("a.txt", "一")
    shelf.put("b.txt", "二")
    shelf.run()

    def fail(connection: Connection, count: int) -> None:
        del connection, count
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undo_batch(shelf.engine, shelf.settings, 1, fail)
    with reading(shelf.engine) as connection:
        row = batches.load(connection, 1)
    assert row is not None
    assert row.state is not BatchState.UNDONE
    noted: list[int] = []
    undo_batch(shelf.engine, shelf.settings, 1, lambda _, count: noted.append(count))
    assert noted == [0]  # the records went the first time
    assert shelf.records() == {}


def test_a_content_that_another_batch_may_bring_back_stays(shelf: Shelf) -> None:
    shelf.put("a.txt", "一")
    shelf.run(level="public")
    shelf.put("a.txt", "二")
    second = shelf.run(level="public").batch_number
    kept = set(shelf.stores.originals.hashes())
    shelf.put("c.txt", "一")
    third = shelf.run(level="public").batch_number
    undo(shelf, third)
    assert set(shelf.stores.originals.hashes()) == kept
    undo(shelf, second)
    assert shelf.text_of(shelf.records()["a"]) == "一"


def _interrupted(shelf: Shelf) -> None:
    from indexer.importing.pipeline import BatchRequest, Progress, run_batch  # noqa: PLC0415

    def stop(progress: Progress) -> None:
        if progress.done > 10:
            raise KeyboardInterrupt

    run_batch(shelf.engine, shelf.settings, BatchRequest(folder=shelf.folder), stop)

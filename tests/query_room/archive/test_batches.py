from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.importing.lock import import_lock
from indexer.importing.pipeline import BatchRequest, Progress, run_batch
from indexer.importing.undo import undo_batch
from indexer.repositories.batches import BatchState
from indexer.repositories.orders import OrderState
from query_room.errors import (
    BatchNotFoundError,
    InvalidFieldError,
    LaterBatchesError,
    OrderRefusedError,
)
from search_api.log import EventKind, events_of_subject
from tests.query_room.archive.conftest import kinds, work

if TYPE_CHECKING:
    from query_room.accounts import Account
    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive


def test_a_batch_is_undone_whole_the_latest_first(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    archive.add("低保名册", "低保。改过的。")
    archive.run()
    with pytest.raises(LaterBatchesError) as caught:
        room.archive.batches.undo(1, ground="导错", by=keeper)
    assert caught.value.batches == (2,)
    assert kinds(archive, "1") == []
    order_id = room.archive.batches.undo(2, ground="导错", by=keeper)
    assert kinds(archive, "2") == [EventKind.UNDO_ORDERED]
    with pytest.raises(OrderRefusedError) as refused:
        room.archive.batches.undo(2, ground="再撤", by=keeper)
    assert refused.value.reason == "already_ordered"
    work(archive)
    assert room.archive.orders.load(order_id, by=keeper).order.state is OrderState.FINISHED
    archive.index()
    assert archive.ask('"改过的"').total == 0
    assert archive.ask("低保").total == 1
    with pytest.raises(OrderRefusedError):
        room.archive.batches.undo(2, ground="再撤", by=keeper)
    assert kinds(archive, "2") == [EventKind.UNDO_ORDERED, EventKind.BATCH_UNDONE]


def test_the_plan_says_what_undoing_then_does(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    archive.add("低保名册", "低保。改过的。")
    archive.add("新来的", "正文。")
    archive.run()
    first = room.archive.batches.undo_plan(1, by=keeper)
    assert (first.later, first.quarantined) == ((2,), 1)
    plan = room.archive.batches.undo_plan(2, by=keeper)
    assert (plan.records.added, plan.records.changed, plan.later) == (1, 1, ())
    room.archive.batches.undo(2, ground="导错", by=keeper)
    assert room.archive.batches.undo_plan(2, by=keeper).order is not None
    work(archive)
    event = events_of_subject(archive.engine, "2")[-1]
    assert event.body is not None
    assert event.body["records"] == plan.records.added + plan.records.changed


def test_nothing_is_undone_without_a_ground_and_beside_an_import_it_waits(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    with pytest.raises(InvalidFieldError):
        room.archive.batches.undo(1, ground="  ", by=keeper)
    assert kinds(archive, "1") == []
    with import_lock(archive.settings.data):
        assert room.archive.batches.undo_plan(1, by=keeper).importer is not None
        order_id = room.archive.batches.undo(1, ground="导错", by=keeper)
        work(archive)
        order = room.archive.orders.load(order_id, by=keeper).order
        assert (order.state, order.problem) == (OrderState.QUEUED, "import_running")
    assert archive.ask("低保").total == 1
    work(archive)
    assert kinds(archive, "1") == [EventKind.UNDO_ORDERED, EventKind.BATCH_UNDONE]


def test_who_undid_a_batch_stands_with_it(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    assert room.archive.batches.load(1, by=keeper).undoing is None
    room.archive.batches.undo(1, ground="导错文件夹", by=keeper)
    work(archive)
    undoing = room.archive.batches.load(1, by=keeper).undoing
    assert undoing is not None
    assert (undoing.by, undoing.ground) == ("li", "导错文件夹")
    archive.run()
    undo_batch(archive.engine, archive.settings, 2)
    assert room.archive.batches.load(2, by=keeper).undoing is None


def test_a_batch_that_was_cut_short_says_how_far_it_came(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    for number in range(30):
        archive.add(f"第{number}号", f"第{number}号")

    def stop(progress: Progress) -> None:
        if progress.done > 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch(archive.engine, archive.settings, BatchRequest(folder=archive.folder), stop)
    view = room.archive.batches.load(2, by=keeper)
    assert (view.batch.state, view.report) == (BatchState.RUNNING, None)
    assert sum(view.so_far.values()) > 10
    assert room.archive.state(by=keeper).cut_short == 1


def test_a_batch_that_is_not_there_is_said_not_to_be(room: Room, keeper: Account) -> None:
    for act in (room.archive.batches.load, room.archive.batches.undo_plan):
        with pytest.raises(BatchNotFoundError):
            act(9, by=keeper)
    with pytest.raises(BatchNotFoundError):
        room.archive.batches.undo(9, ground="导错", by=keeper)
    page = room.archive.batches.page(1, by=keeper)
    assert [(each.number, each.found) for each in page.items] == [(1, 2)]
    with pytest.raises(InvalidFieldError):
        room.archive.batches.page(2, by=keeper)

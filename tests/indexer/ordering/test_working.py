from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.database import reading, writing
from indexer.errors import StorageFullError
from indexer.importing.foreseeing import Findings
from indexer.importing.lock import import_lock
from indexer.ordering import uploads, working
from indexer.ordering.requests import path_key
from indexer.repositories import batches, orders
from indexer.repositories.batches import BatchState
from indexer.repositories.orders import OrderKind, OrderState, Wish

if TYPE_CHECKING:
    from pathlib import Path

    from tests.indexer.ordering.conftest import Office


@pytest.fixture
def many(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Some files, and rows written at every word of progress."""
    monkeypatch.setattr(working, "NOTED_EVERY_S", 0.0)
    for number in range(60):
        office.shelf.put(f"{number:02}.txt", f"第{number}号")
    return office


def test_orders_are_worked_off_in_turn_and_leave_their_batch(office: Office) -> None:
    office.shelf.put("a.txt", "防汛")
    first, second = office.order(level="public"), office.order(source_name="另一个来源")
    office.work()
    for order_id in (first, second):
        order = office.load(order_id)
        assert (order.state, order.problem, order.done, order.total) == ("finished", "", 1, 1)
        assert order.finished_at is not None
    with reading(office.shelf.engine) as connection:
        rows = [batches.load(connection, number) for number in (1, 2)]
    assert [row.source_name for row in rows if row] == [str(office.shelf.folder), "另一个来源"]
    assert [row.started_by for row in rows if row] == ["li", "li"]
    assert [row.level for row in rows if row] == ["public", None]


def test_a_trial_says_what_would_be_and_writes_nothing(office: Office) -> None:
    office.shelf.put("a.txt", "防汛")
    office.shelf.put("b.PDF", "%PDF")
    order = office.load(office.order(OrderKind.TRIAL))
    office.work()
    order = office.load(order.order_id)
    assert order.findings is not None
    found = Findings.from_json(order.findings)
    assert (found.files, found.new, found.known) == (2, 2, 0)
    assert {each.ending for each in found.kinds} == {"txt", "pdf"}
    assert office.shelf.paths() == {}


def _ask_during(order_id: int, wish: Wish, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask it as soon as some files are through."""
    note = orders.note_progress

    def asked(connection: object, order: int, **fields: object) -> Wish:
        found = note(connection, order, **fields)  # type: ignore[arg-type]
        return wish if order == order_id and int(str(fields["done"])) >= 16 else found

    monkeypatch.setattr(orders, "note_progress", asked)


def test_a_paused_import_keeps_what_is_through_and_goes_on(
    many: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_id = many.order()
    with monkeypatch.context() as during:
        _ask_during(order_id, Wish.PAUSE, during)
        many.work()
    order = many.load(order_id)
    assert (order.state, order.wish) == (OrderState.PAUSED, "")
    assert 16 <= order.done < 60
    through = sum(row.state == "read" for row in many.shelf.paths().values())
    assert 16 <= through < 60
    many.work()
    assert many.load(order_id).state is OrderState.PAUSED
    with import_lock(many.shelf.settings.data):
        pass  # it holds nothing while it rests
    with writing(many.shelf.engine) as connection:
        assert orders.change_state(connection, order_id, OrderState.PAUSED, OrderState.QUEUED)
    many.work()
    order = many.load(order_id)
    assert (order.state, order.done, order.batch_number) == (OrderState.FINISHED, 60, 1)
    assert len(many.shelf.records()) == 60
    with reading(many.shelf.engine) as connection:
        row = batches.load(connection, 1)
    assert row is not None
    assert row.report is not None
    assert row.report["indexed"] == 60


def test_a_cancelled_import_stays_as_far_as_it_came_and_can_be_undone(
    many: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_id = many.order()
    with monkeypatch.context() as during:
        _ask_during(order_id, Wish.CANCEL, during)
        many.work()
    assert many.load(order_id).state is OrderState.CANCELLED
    undo = many.order(OrderKind.UNDO, batch_number=1, ground="取消", folder="")
    many.work()
    assert many.load(undo).state is OrderState.FINISHED
    assert many.shelf.records() == {}
    with reading(many.shelf.engine) as connection:
        row = batches.load(connection, 1)
    assert row is not None
    assert row.state is BatchState.UNDONE


def test_an_undoing_rests_and_goes_on_and_counts_all_its_records_once(
    many: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    many.order()
    many.work()
    undo = many.order(OrderKind.UNDO, batch_number=1, ground="导错", folder="")
    with monkeypatch.context() as during:
        _ask_during(undo, Wish.PAUSE, during)
        many.work()
    order = many.load(undo)
    assert (order.state, order.done, order.total) == (OrderState.PAUSED, 25, 60)
    assert len(many.shelf.records()) == 35
    with writing(many.shelf.engine) as connection:
        orders.change_state(connection, undo, OrderState.PAUSED, OrderState.QUEUED)
    many.work()
    order = many.load(undo)
    assert (order.state, order.done, order.total) == (OrderState.FINISHED, 60, 60)
    assert many.undone == [(1, 60)]
    assert many.shelf.records() == {}


def test_a_process_that_is_told_to_stop_leaves_its_order_to_the_next(many: Office) -> None:
    order_id = many.order()
    many.stop.set()
    many.worker().step()
    assert many.load(order_id).state is OrderState.RUNNING
    many.stop.clear()
    many.work()
    assert many.load(order_id).state is OrderState.FINISHED


def test_an_order_waits_for_whoever_imports_and_says_so(office: Office) -> None:
    office.shelf.put("a.txt", "防汛")
    order_id = office.order()
    with import_lock(office.shelf.settings.data):
        office.work()
        order = office.load(order_id)
        assert (order.state, order.problem) == (OrderState.QUEUED, "import_running")
        assert "process" in order.detail
    office.work()
    order = office.load(order_id)
    assert (order.state, order.problem, order.detail) == (OrderState.FINISHED, "", "")


def test_what_cannot_be_done_is_said_and_the_next_goes_on(office: Office, tmp_path: Path) -> None:
    office.shelf.put("a.txt", "防汛")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "b.txt").write_text("别处")
    (office.shelf.folder / "out").symlink_to(elsewhere)
    bad = [
        office.order(folder=path_key(tmp_path / "nothing")),
        office.order(folder=path_key(elsewhere)),
        office.order(folder=path_key(office.shelf.folder / "out")),
        office.order(folder=path_key(office.shelf.settings.data / "originals")),
        office.order(manifest=path_key(elsewhere / "b.txt")),
        office.order(OrderKind.UNDO, batch_number=None, folder=""),
    ]
    good = office.order()
    office.work()
    assert {office.load(each).state for each in bad} == {OrderState.FAILED}
    assert {office.load(each).problem for each in bad} == {"import_refused", "internal"}
    assert office.load(good).state is OrderState.FINISHED
    assert list(office.shelf.records()) == ["a"]


def test_a_full_disk_is_waited_for(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.shelf.put("a.txt", "防汛")
    order_id = office.order()

    def full(*_: object) -> None:
        raise StorageFullError("full")

    with monkeypatch.context() as short:
        short.setattr(working, "run_batch", full)
        with pytest.raises(StorageFullError):
            office.worker().step()
    order = office.load(order_id)
    assert (order.state, order.problem, order.tries) == (OrderState.QUEUED, "storage_full", 0)
    office.work()
    assert office.load(order_id).problem == ""
    assert office.load(order_id).state is OrderState.FINISHED


def test_an_order_that_kills_its_process_again_and_again_is_given_up(office: Office) -> None:
    office.shelf.put("a.txt", "防汛")
    order_id, other = office.order(), office.order(source_name="别的")
    for _ in range(working.MAX_RUNS):
        with writing(office.shelf.engine) as connection:
            taken = orders.take(connection, tuple(OrderKind))
        assert taken is not None
        assert taken.order_id == order_id
    office.work()
    assert office.load(order_id).problem == working.GIVEN_UP
    assert office.load(other).state is OrderState.FINISHED


def test_a_kill_after_the_account_was_made_makes_no_second_batch(office: Office) -> None:
    office.shelf.put("a.txt", "防汛")
    order_id = office.order()
    office.work()
    with writing(office.shelf.engine) as connection:
        orders.change_state(connection, order_id, OrderState.FINISHED, OrderState.RUNNING)
    office.work()
    assert office.load(order_id).state is OrderState.FINISHED
    with reading(office.shelf.engine) as connection:
        assert batches.count(connection) == 1


def test_what_was_uploaded_is_gone_when_its_batch_is_over(office: Office) -> None:
    upload = uploads.new_upload()
    folder = uploads.upload_folder(office.shelf.settings, upload) / "files"
    folder.mkdir(parents=True)
    (folder / "密件.txt").write_text("机密★长期\n关于某事的通知")
    (folder / "公开.txt").write_text("公开的")
    order_id = office.order(
        folder=path_key(folder), upload=upload, source_name="上传", level="public"
    )
    office.work()
    assert office.load(order_id).state is OrderState.FINISHED
    assert list(office.shelf.records()) == ["公开"]
    assert not folder.parent.exists()
    assert list(office.shelf.settings.data.rglob("*密件*")) == []

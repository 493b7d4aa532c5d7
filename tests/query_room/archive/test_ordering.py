from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.database import reading, writing
from indexer.repositories import orders, pace
from indexer.repositories.orders import NewOrder, OrderKind, OrderState
from query_room.accounts import Role
from query_room.archive.ordering import ImportWishes, OrderService
from query_room.errors import OrderNotFoundError, OrderRefusedError, PermissionDeniedError
from search_api.log import events_of_subject
from tests.query_room.archive.conftest import made, work

if TYPE_CHECKING:
    from query_room.accounts import Account
    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive


@pytest.fixture
def service(archive: SmallArchive) -> OrderService:
    """Orders where the archive's folder is open to the pages."""
    archive.settings = replace(archive.settings, import_roots=(archive.folder.resolve(),))
    return OrderService(engine=archive.engine, settings=archive.settings)


def test_an_import_that_came_to_nothing_can_be_started_again(
    service: OrderService, archive: SmallArchive, keeper: Account
) -> None:
    trial = service.try_folder(0, "", "", ImportWishes(), by=keeper)
    with pytest.raises(OrderRefusedError):
        service.start(trial, by=keeper)
    work(archive)
    first = service.start(trial, by=keeper)
    with pytest.raises(OrderRefusedError):
        service.start(trial, by=keeper)
    service.cancel(first, ground="选错", by=keeper)
    second = service.start(trial, by=keeper)
    assert service.load(trial, by=keeper).started_as == second
    work(archive)
    assert service.load(second, by=keeper).order.state is OrderState.FINISHED


def test_what_an_order_met_stands_with_it(
    service: OrderService, archive: SmallArchive, keeper: Account
) -> None:
    (archive.folder / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    trial = service.try_folder(0, "", "", ImportWishes(source_name="另一个"), by=keeper)
    work(archive)
    order = service.start(trial, by=keeper)
    assert [each.order_id for each in service.live(by=keeper)] == [order]
    work(archive)
    view = service.load(order, by=keeper)
    assert view.problems["damaged"] == 1
    assert "坏.pdf" in {each.path for each in view.latest}
    assert service.live(by=keeper) == ()


def test_an_undoing_that_has_begun_is_not_cancelled(
    service: OrderService, archive: SmallArchive, keeper: Account
) -> None:
    with writing(archive.engine) as connection:
        new = NewOrder(kind=OrderKind.UNDO, ordered_by="li", batch_number=1)
        number = orders.add(connection, new)
        orders.take(connection, [OrderKind.UNDO])
    with pytest.raises(OrderRefusedError):
        service.cancel(number, ground="停", by=keeper)
    service.pause(number, by=keeper)
    assert service.load(number, by=keeper).order.wish == "pause"


def test_events_say_what_was_ordered_by_whom(
    service: OrderService, archive: SmallArchive, keeper: Account
) -> None:
    number = service.try_folder(0, "", "", ImportWishes(level="public"), by=keeper)
    event = events_of_subject(archive.engine, f"order-{number}")[0]
    assert event.body is not None
    assert (event.body["by"], event.body["level"]) == ("li", "public")


def test_orders_are_for_those_who_manage_the_archive(
    service: OrderService, room: Room, keeper: Account
) -> None:
    staff = made(room, "wang", Role.STAFF)
    for act in (service.load, service.start, service.pause, service.go_on):
        with pytest.raises(PermissionDeniedError):
            act(1, by=staff)
        with pytest.raises(OrderNotFoundError):
            act(9, by=keeper)
    for ask in (service.roots, service.live):
        with pytest.raises(PermissionDeniedError):
            ask(by=staff)


def test_the_pace_is_that_of_batches_large_enough_to_tell(archive: SmallArchive) -> None:
    with reading(archive.engine) as connection:
        assert pace.files_a_second(connection) is None
    for number in range(30):
        archive.add(f"第{number}号", f"第{number}号")
    archive.run()
    with reading(archive.engine) as connection:
        found = pace.files_a_second(connection)
    assert found is not None
    assert found > 0

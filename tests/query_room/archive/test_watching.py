from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.ordering.standing import StandingWatches
from indexer.watching.following import WatchPace
from query_room.archive.ordering import ImportWishes, OrderService
from query_room.archive.watching import WatchService
from query_room.errors import OrderNotFoundError, OrderRefusedError
from tests.query_room.archive.conftest import work

if TYPE_CHECKING:
    from query_room.accounts import Account
    from tests.fixtures.archive import SmallArchive


def test_a_folder_is_followed_until_somebody_ends_it(
    archive: SmallArchive, keeper: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.ordering.standing.ASKED_EVERY_S", 0.0)
    monkeypatch.setattr("indexer.ordering.standing._BACK_OFF_S", (0.0,))
    settings = replace(archive.settings, import_roots=(archive.folder.resolve(),))
    archive.settings = settings
    orders = OrderService(engine=archive.engine, settings=settings)
    watches = WatchService(engine=archive.engine, settings=settings)
    trial = orders.try_folder(0, "", "", ImportWishes(source_name="监视的"), by=keeper)
    with pytest.raises(OrderRefusedError):
        watches.begin(trial, by=keeper)
    work(archive)
    number = watches.begin(trial, by=keeper)
    with pytest.raises(OrderNotFoundError):
        watches.begin(99, by=keeper)

    pace = WatchPace(settle_s=0.1, rescan_s=0)
    standing = StandingWatches(archive.engine, settings, threading.Event(), pace)
    try:
        assert standing.step()
        (row,) = watches.in_force(by=keeper)
        assert (row.watch_id, row.batch_number, row.problem) == (number, 2, "")
        assert row.scanned_at is not None
        assert not standing.step()
        away = archive.folder.rename(archive.folder.with_name("away"))
        assert not standing.step()
        assert watches.in_force(by=keeper)[0].problem == "folder_gone"
        away.rename(archive.folder)
        standing.step()
        assert watches.in_force(by=keeper)[0].problem == ""
        watches.end(number, by=keeper)
        (archive.folder / "新.txt").write_text("新")
        assert not standing.step()
        assert standing._followed == {}
    finally:
        standing.close()
    with pytest.raises(OrderNotFoundError):
        watches.end(number, by=keeper)

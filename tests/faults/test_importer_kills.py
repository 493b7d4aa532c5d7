"""The importer dies again and again; in the end every order is done as if nobody disturbed it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from indexer.database import migrate, open_database, reading, writing
from indexer.ordering.requests import path_key
from indexer.repositories import batches, orders, records
from indexer.repositories.orders import NewOrder, OrderKind, OrderState
from indexer.settings import IndexerSettings
from query_room.opening import ROOMS
from search_api.log import EventKind, events_of_subject, seal, verify

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

FILES = 150


def start(data: Path, roots: Path) -> subprocess.Popen[bytes]:
    """The importer, as ``serve`` starts it."""
    return subprocess.Popen(
        [sys.executable, "-m", "query_room", "import-worker"],
        env={
            **os.environ,
            "QUERY_ROOM_DATA": str(data),
            "QUERY_ROOM_PROCESSES": "1",
            "QUERY_ROOM_IMPORT_ROOTS": str(roots),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def ordered(engine: Engine, **fields: object) -> int:
    with writing(engine) as connection:
        return orders.add(connection, NewOrder(ordered_by="li", **fields))  # type: ignore[arg-type]


def finish(engine: Engine, data: Path, papers: Path, order_id: int, kills: int) -> int:
    """Kill the importer so often while it works an order off, then let it end; real kills."""
    killed = 0
    process = start(data, papers)
    try:
        for _ in range(1200):
            with reading(engine) as connection:
                order = orders.load(connection, order_id)
            assert order is not None
            if not order.is_live:
                assert order.state is OrderState.FINISHED, order
                return killed
            if order.state is OrderState.RUNNING and killed < kills:
                time.sleep(random.uniform(0.0, 2.0))
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += 1
                process = start(data, papers)
            time.sleep(0.1)
        pytest.fail("the order was never done")
    finally:
        process.terminate()
        assert process.wait(60) is not None


@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.soak)])
def test_an_order_goes_on_by_itself_after_every_kill(tmp_path: Path, kills: int) -> None:
    random.seed(kills)
    data, papers = tmp_path / "data", tmp_path.resolve() / "papers"
    papers.mkdir()
    for number in range(FILES):
        (papers / f"{number:03}.txt").write_text(f"第{number}号通知" * 50, "utf-8")
    settings = IndexerSettings(
        data=data, database_url=f"sqlite:///{data / 'query_room.db'}", processes=1
    )
    engine = open_database(settings.database_url)
    migrate(engine, *ROOMS)

    bring = ordered(engine, kind=OrderKind.IMPORT, folder=path_key(papers), level="public")
    killed = finish(engine, data, papers, bring, kills)
    with reading(engine) as connection:
        row = batches.load(connection, 1)
        assert batches.count(connection) == 1
        assert len(list(records.iter_record_ids(connection))) == FILES
    assert row is not None
    assert row.report is not None
    assert (row.report["found"], row.report["indexed"]) == (FILES, FILES)

    undo = ordered(engine, kind=OrderKind.UNDO, batch_number=1, ground="导错")
    killed += finish(engine, data, papers, undo, kills)
    assert killed
    with reading(engine) as connection:
        assert list(records.iter_record_ids(connection)) == []
    events = events_of_subject(engine, "1")
    assert [event.kind for event in events] == [EventKind.BATCH_UNDONE]
    assert events[0].body is not None
    assert events[0].body["records"] == FILES
    seal(engine)
    assert verify(engine).is_whole
    engine.dispose()

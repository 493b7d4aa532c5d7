"""A shelf below an open root, and orders over it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from indexer.database import reading, writing
from indexer.ordering.requests import path_key
from indexer.ordering.working import OrderWorker
from indexer.repositories import orders
from indexer.repositories.orders import NewOrder, OrderKind, OrderRow
from tests.indexer.importing.conftest import settings_in
from tests.indexer.importing.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

ALL = tuple(OrderKind)


@dataclass
class Office:
    """A shelf, and whoever works orders over it off."""

    shelf: Shelf
    stop: threading.Event = field(default_factory=threading.Event)
    undone: list[tuple[int, int]] = field(default_factory=list)

    def order(self, kind: OrderKind = OrderKind.IMPORT, **fields: object) -> int:
        """A new order over the shelf's folder."""
        given = {"folder": path_key(self.shelf.folder), "ordered_by": "li"} | fields
        with writing(self.shelf.engine) as connection:
            return orders.add(connection, NewOrder(kind=kind, **given))  # type: ignore[arg-type]

    def load(self, order_id: int) -> OrderRow:
        """An order as it stands."""
        with reading(self.shelf.engine) as connection:
            found = orders.load(connection, order_id)
        assert found is not None
        return found

    def worker(self) -> OrderWorker:
        """One that works orders off."""

        def note(connection: Connection, order: OrderRow, count: int) -> None:
            assert connection.in_transaction()
            assert order.batch_number is not None
            self.undone.append((order.batch_number, count))

        return OrderWorker(self.shelf.engine, self.shelf.settings, ALL, self.stop, note)

    def work(self) -> None:
        """Everything that waits, one after another."""
        worker = self.worker()
        while worker.step():
            pass


@pytest.fixture
def office(tmp_path: Path, database: Engine, database_url: str) -> Office:
    """An office on each kind of database."""
    folder = tmp_path / "papers"
    folder.mkdir()
    settings = replace(settings_in(tmp_path, database_url), import_roots=(folder.resolve(),))
    return Office(Shelf(folder=folder, engine=database, settings=settings))

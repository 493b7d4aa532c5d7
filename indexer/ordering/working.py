"""One order worked on: run, watched between files, and what became of it noted."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from indexer.database import reading, writing
from indexer.errors import ImportRunningError, QueryRoomError, StorageError
from indexer.importing.foreseeing import foresee
from indexer.importing.pipeline import run_batch
from indexer.importing.progress import Progress, Step
from indexer.importing.undo import undo_batch
from indexer.ordering import uploads
from indexer.ordering.requests import request_of
from indexer.repositories import batches, orders
from indexer.repositories.batches import BatchState
from indexer.repositories.orders import OrderKind, OrderRow, OrderState, Wish

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

    from indexer.settings import IndexerSettings

NOTED_EVERY_S: Final = 1.0
"""How often at most an order's row is written while it runs."""

MAX_RUNS: Final = 20
"""Runs in a row that got nowhere, after which an order is given up: it kills its process."""

GIVEN_UP: Final = "given_up"
"""Problem of an order whose runs all ended with their process."""

INTERNAL: Final = "internal"
_log = structlog.get_logger(__name__)


class _InterruptedError(Exception):
    """The run ends here on purpose: somebody asked for it, or the process is to stop."""

    def __init__(self, wish: Wish) -> None:
        super().__init__(wish)
        self.wish = wish


class OrderWorker:
    """Works orders off.

    Args:
        engine: Database.
        settings: Of the archive.
        kinds: Which orders it takes.
        stop: Set when the process is to end; the present order goes on at the next start.
        note_undone: Told in the transaction that marks a batch as undone, with how many records
            it were.
    """

    def __init__(
        self,
        engine: Engine,
        settings: IndexerSettings,
        kinds: tuple[OrderKind, ...],
        stop: threading.Event,
        note_undone: Callable[[Connection, OrderRow, int], None],
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._kinds = kinds
        self._stop = stop
        self._note_undone = note_undone

    def step(self) -> bool:
        """Work on the next order; whether it got anywhere.

        Raises:
            StorageError: No space, or the data folder refuses; the order goes on later.
            SQLAlchemyError: The database is away; the same.
        """
        with reading(self._engine) as connection:
            if not orders.is_any_waiting(connection, self._kinds):
                return False
        with writing(self._engine) as connection:
            order = orders.take(connection, self._kinds)
        if order is None:
            return False
        _log.info("order_taken", order=order.order_id, kind=order.kind, runs=order.tries)
        if order.tries > MAX_RUNS:
            self._end(order, OrderState.FAILED, problem=GIVEN_UP)
            return True
        return self._work(order)

    def _work(self, order: OrderRow) -> bool:
        try:
            self._run(order)
        except _InterruptedError as interrupted:
            self._interrupt(order, interrupted.wish)
        except ImportRunningError as error:
            with writing(self._engine) as connection:
                orders.wait_in_line(
                    connection, order.order_id, problem=error.code, detail=error.holder
                )
            return False
        except (StorageError, SQLAlchemyError) as error:
            # A full disk, a lost database: it goes on when that is over.
            code = error.code if isinstance(error, StorageError) else "database"
            _log.warning("order_waits", order=order.order_id, problem=code, error=str(error))
            with writing(self._engine) as connection:
                orders.wait_in_line(connection, order.order_id, problem=code, detail="")
            raise
        except QueryRoomError as error:
            _log.warning("order_failed", order=order.order_id, code=error.code, error=str(error))
            self._end(order, OrderState.FAILED, problem=error.code, detail=str(error))
        except Exception:  # noqa: BLE001 - logged whole, and noted with the order
            # A fault of ours in one order must not keep all others waiting.
            _log.exception("order_failed", order=order.order_id)
            self._end(order, OrderState.FAILED, problem=INTERNAL)
        return True

    def _run(self, order: OrderRow) -> None:
        match order.kind:
            case OrderKind.TRIAL:
                found = foresee(self._engine, self._settings, request_of(order, self._settings))
                with writing(self._engine) as connection:
                    orders.end(
                        connection,
                        order.order_id,
                        OrderState.FINISHED,
                        findings=found.to_json(),
                    )
            case OrderKind.IMPORT:
                if not self._is_through(order):
                    request = request_of(order, self._settings)
                    run_batch(self._engine, self._settings, request, self._watch(order))
                self._end(order, OrderState.FINISHED)
            case OrderKind.UNDO:
                self._undo(order)

    def _undo(self, order: OrderRow) -> None:
        def note(connection: Connection, left: int) -> None:
            # Cut short and run again, it is told of the rest alone.
            count = max(order.total, left)
            orders.end(connection, order.order_id, OrderState.FINISHED)
            self._note_undone(connection, order, count)

        assert order.batch_number is not None  # noqa: S101 - every undoing names its batch
        undo_batch(self._engine, self._settings, order.batch_number, note, self._watch(order))

    def _is_through(self, order: OrderRow) -> bool:
        """Whether its batch was finished in the moment before a kill."""
        if order.batch_number is None:
            return False
        with reading(self._engine) as connection:
            batch = batches.load(connection, order.batch_number)
        return batch is not None and batch.state is BatchState.FINISHED

    def _watch(self, order: OrderRow) -> Callable[[Progress], None]:
        """Notes an order's progress, and ends its run where somebody asked for that."""
        noted_at = 0.0
        last: Step | None = None
        pace_from = -1
        has_headway = False
        before = order.total if order.kind is OrderKind.UNDO else 0

        def watch(progress: Progress) -> None:
            nonlocal noted_at, last, pace_from, has_headway
            now = time.monotonic()
            if progress.step is last and now - noted_at < NOTED_EVERY_S:
                if self._stop.is_set():
                    raise _InterruptedError(Wish.NONE)
                return
            # What an undoing did before it was cut short is not in the batch any more.
            done_before = max(0, before - progress.total)
            with writing(self._engine) as connection:
                wish = orders.note_progress(
                    connection,
                    order.order_id,
                    batch_number=progress.batch_number,
                    step=progress.step,
                    done=done_before + progress.done,
                    total=done_before + progress.total,
                )
                if progress.step in {Step.READING, Step.UNDOING} and pace_from < 0:
                    pace_from = done_before + progress.done
                    orders.note_pace(connection, order.order_id, pace_from)
                elif pace_from >= 0 and not has_headway:
                    has_headway = True
                    orders.note_headway(connection, order.order_id)
            noted_at, last = now, progress.step
            if self._stop.is_set():
                raise _InterruptedError(Wish.NONE)
            if wish is not Wish.NONE and progress.step not in {Step.CLOSING, Step.CLEARING}:
                raise _InterruptedError(wish)

        return watch

    def _interrupt(self, order: OrderRow, wish: Wish) -> None:
        _log.info("order_interrupted", order=order.order_id, wish=wish or "stop")
        match wish:
            case Wish.PAUSE:
                with writing(self._engine) as connection:
                    orders.end(connection, order.order_id, OrderState.PAUSED)
            case Wish.CANCEL:
                self._end(order, OrderState.CANCELLED)
            case Wish.NONE:
                with writing(self._engine) as connection:
                    orders.note_headway(connection, order.order_id)

    def _end(
        self, order: OrderRow, state: OrderState, *, problem: str = "", detail: str = ""
    ) -> None:
        with writing(self._engine) as connection:
            orders.end(connection, order.order_id, state, problem=problem, detail=detail)
        if order.kind is OrderKind.IMPORT:
            uploads.remove(self._settings, order.upload)

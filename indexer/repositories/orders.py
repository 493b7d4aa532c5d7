"""Orders: what archivists asked the importer for, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import case, func, insert, select, update

from indexer.database import utc_now
from indexer.tables import import_order

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import Connection, Row


class OrderKind(StrEnum):
    """What is asked for."""

    TRIAL = "trial"  # only say what an import would do
    IMPORT = "import"
    UNDO = "undo"


class OrderState(StrEnum):
    """Where an order stands. One that was cut short stays running and is gone on with."""

    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Wish(StrEnum):
    """What somebody asks of an order that runs; its worker sees to it between two files."""

    NONE = ""
    PAUSE = "pause"
    CANCEL = "cancel"


LIVE: Final = (OrderState.RUNNING, OrderState.PAUSED, OrderState.QUEUED)
"""States of orders that are not over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrder:
    """An order as it is given.

    Attributes:
        ground: Why, for an undoing.
        folder: Where the files are; ``""`` for an undoing.
        upload: Its folder among the uploads, where the files came that way.
        profile: Name of the profile that reads the catalogue's columns, or ``""``.
        level: A name of :data:`indexer.access.LEVEL_PRESETS`, or ``None`` for 控制.
        trial_id: The trial that an import was started from, or ``None``.
        batch_number: Which batch is to be undone; of an import, none before it begins.
    """

    kind: OrderKind
    ordered_by: str
    ground: str = ""
    folder: str = ""
    upload: str = ""
    manifest: str | None = None
    profile: str = ""
    level: str | None = None
    source_name: str = ""
    in_place: bool = False
    trial_id: int | None = None
    batch_number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """An order and how far it has come.

    Attributes:
        wish: What was asked of it while it runs.
        step: A word of :class:`indexer.importing.pipeline.Step`. done: Files. total: Of so many.
        run_began_at: When its present run began. run_done: What was done by then.
        seen_at: When it last gave a sign of life.
        tries: Runs in a row that ended without anything being done.
        problem: An error code, why it waits or failed, or ``""``. detail: What exactly.
        findings: What a trial found, as JSON.
    """

    order_id: int
    kind: OrderKind
    state: OrderState
    wish: Wish
    ordered_by: str
    ordered_at: dt.datetime
    ground: str
    folder: str
    upload: str
    manifest: str | None
    profile: str
    level: str | None
    source_name: str
    in_place: bool
    trial_id: int | None
    batch_number: int | None
    step: str
    done: int
    total: int
    started_at: dt.datetime | None
    run_began_at: dt.datetime | None
    run_done: int
    seen_at: dt.datetime | None
    finished_at: dt.datetime | None
    tries: int
    problem: str
    detail: str
    findings: dict[str, Any] | None

    @property
    def is_live(self) -> bool:
        """Whether it is not over."""
        return self.state in LIVE


def add(connection: Connection, order: NewOrder) -> int:
    """Queue an order; its number."""
    statement = insert(import_order).values(
        kind=order.kind,
        state=OrderState.QUEUED,
        ordered_by=order.ordered_by,
        ordered_at=utc_now(),
        ground=order.ground,
        folder=order.folder,
        upload=order.upload,
        manifest=order.manifest,
        profile=order.profile,
        level=order.level,
        source_name=order.source_name,
        in_place=order.in_place,
        trial_id=order.trial_id,
        batch_number=order.batch_number,
    )
    return int(connection.execute(statement.returning(import_order.c.order_id)).scalar_one())


def load(connection: Connection, order_id: int) -> OrderRow | None:
    """One order, or ``None``."""
    statement = select(import_order).where(import_order.c.order_id == order_id)
    row = connection.execute(statement).first()
    return None if row is None else _order(row)


def is_any_waiting(connection: Connection, kinds: Sequence[OrderKind]) -> bool:
    """Whether :func:`take` would find one."""
    statement = (
        select(import_order.c.order_id)
        .where(
            import_order.c.kind.in_(kinds),
            import_order.c.state.in_([OrderState.RUNNING, OrderState.QUEUED]),
        )
        .limit(1)
    )
    return connection.execute(statement).first() is not None


def take(connection: Connection, kinds: Sequence[OrderKind]) -> OrderRow | None:
    """The order to work on now, marked as running, or ``None`` where none waits.

    One that was cut short comes first, then one that is gone on with, then the oldest.
    """
    rank = case(
        (import_order.c.state == OrderState.RUNNING, 0),
        (import_order.c.run_began_at.is_not(None), 1),
        else_=2,
    )
    statement = (
        select(import_order)
        .where(
            import_order.c.kind.in_(kinds),
            import_order.c.state.in_([OrderState.RUNNING, OrderState.QUEUED]),
        )
        .order_by(rank, import_order.c.order_id)
        .limit(1)
    )
    row = connection.execute(statement).first()
    if row is None:
        return None
    now = utc_now()
    values = {
        "state": OrderState.RUNNING,
        "started_at": row.started_at or now,
        "run_began_at": now,
        "run_done": row.done,
        "seen_at": now,
        "tries": row.tries + 1,
    }
    _set(connection, row.order_id, values)
    return load(connection, row.order_id)


def note_progress(
    connection: Connection,
    order_id: int,
    *,
    batch_number: int | None,
    step: str,
    done: int,
    total: int,
) -> Wish:
    """Note how far an order is; what was asked of it meanwhile."""
    values: dict[str, Any] = {
        "batch_number": batch_number,
        "step": step,
        "done": done,
        "total": total,
        "seen_at": utc_now(),
        "problem": "",
        "detail": "",
    }
    statement = (
        update(import_order)
        .where(import_order.c.order_id == order_id)
        .values(values)
        .returning(import_order.c.wish)
    )
    return Wish(connection.execute(statement).scalar_one())


def note_pace(connection: Connection, order_id: int, done: int) -> None:
    """Let the pace of an order be counted from here: so much was done before."""
    _set(connection, order_id, {"run_done": done, "run_began_at": utc_now()})


def note_headway(connection: Connection, order_id: int) -> None:
    """Note that the present run of an order gets somewhere."""
    _set(connection, order_id, {"tries": 0})


def wait_in_line(connection: Connection, order_id: int, *, problem: str, detail: str) -> None:
    """Let an order that cannot go on now wait, and say what for; that was no run."""
    values = {
        "state": OrderState.QUEUED,
        "problem": problem,
        "detail": detail,
        "seen_at": utc_now(),
        "tries": 0,
    }
    _set(connection, order_id, values)


def end(
    connection: Connection,
    order_id: int,
    state: OrderState,
    *,
    problem: str = "",
    detail: str = "",
    findings: dict[str, Any] | None = None,
) -> None:
    """Note that an order is over, or paused."""
    values: dict[str, Any] = {
        "state": state,
        "wish": Wish.NONE,
        "problem": problem,
        "detail": detail,
        "seen_at": utc_now(),
    }
    if state is not OrderState.PAUSED:
        values["finished_at"] = utc_now()
    if findings is not None:
        values["findings"] = findings
    _set(connection, order_id, values)


def ask(connection: Connection, order_id: int, wish: Wish) -> bool:
    """Ask something of an order that runs; whether it does."""
    statement = (
        update(import_order)
        .where(import_order.c.order_id == order_id, import_order.c.state == OrderState.RUNNING)
        .values(wish=wish)
    )
    return connection.execute(statement).rowcount == 1


def change_state(
    connection: Connection, order_id: int, before: OrderState, after: OrderState
) -> bool:
    """Move an order that nobody works on; whether it stood where it was thought to."""
    values: dict[str, Any] = {"state": after, "wish": Wish.NONE, "tries": 0}
    if after is OrderState.CANCELLED:
        values["finished_at"] = utc_now()
    statement = (
        update(import_order)
        .where(import_order.c.order_id == order_id, import_order.c.state == before)
        .values(values)
    )
    return connection.execute(statement).rowcount == 1


def live(connection: Connection) -> list[OrderRow]:
    """Orders that are not over: the running one, paused ones, those that wait, oldest first."""
    rank = case({state: place for place, state in enumerate(LIVE)}, value=import_order.c.state)
    statement = (
        select(import_order)
        .where(import_order.c.state.in_(LIVE))
        .order_by(rank, import_order.c.order_id)
    )
    return [_order(row) for row in connection.execute(statement)]


def latest_of_batch(connection: Connection, batch_number: int) -> OrderRow | None:
    """The last order that has to do with a batch, or ``None``."""
    statement = (
        select(import_order)
        .where(import_order.c.batch_number == batch_number)
        .order_by(import_order.c.order_id.desc())
        .limit(1)
    )
    row = connection.execute(statement).first()
    return None if row is None else _order(row)


def started_from(connection: Connection, trial_id: int) -> int | None:
    """The import that was started from a trial and did not come to nothing, or ``None``."""
    statement = select(import_order.c.order_id).where(
        import_order.c.trial_id == trial_id,
        import_order.c.state.not_in([OrderState.FAILED, OrderState.CANCELLED]),
    )
    found = connection.execute(statement).scalars().first()
    return None if found is None else int(found)


def uploads_wanted(connection: Connection, since: dt.datetime) -> frozenset[str]:
    """Uploads that an order still needs: one that is not over, or a trial made since then."""
    statement = select(import_order.c.upload).where(
        import_order.c.upload != "",
        import_order.c.state.in_(LIVE)
        | ((import_order.c.kind == OrderKind.TRIAL) & (import_order.c.finished_at >= since)),
    )
    return frozenset(connection.execute(statement).scalars())


def uploads_used(connection: Connection) -> frozenset[str]:
    """Uploads whose import is over: what came of it is in the stores."""
    done = select(import_order.c.upload).where(
        import_order.c.upload != "",
        import_order.c.kind == OrderKind.IMPORT,
        import_order.c.state.not_in(LIVE),
    )
    still = select(import_order.c.upload).where(
        import_order.c.kind == OrderKind.IMPORT, import_order.c.state.in_(LIVE)
    )
    return frozenset(connection.execute(done.where(import_order.c.upload.not_in(still))).scalars())


def counts(connection: Connection) -> dict[OrderState, int]:
    """How many orders are not over, by state."""
    statement = (
        select(import_order.c.state, func.count())
        .where(import_order.c.state.in_(LIVE))
        .group_by(import_order.c.state)
    )
    return {OrderState(state): int(count) for state, count in connection.execute(statement)}


def _set(connection: Connection, order_id: int, values: dict[str, Any]) -> None:
    connection.execute(
        update(import_order).where(import_order.c.order_id == order_id).values(values)
    )


def _order(row: Row[Any]) -> OrderRow:
    words = {
        "kind": OrderKind(row.kind),
        "state": OrderState(row.state),
        "wish": Wish(row.wish),
    }
    return OrderRow(**{**row._mapping, **words})  # noqa: SLF001

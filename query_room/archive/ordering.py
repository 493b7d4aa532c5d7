"""Orders for the importer: tried, started, paused, cancelled; each act an event with its row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.access import LEVEL_PRESETS
from indexer.database import reading, utc_now, writing
from indexer.importing.foreseeing import Findings
from indexer.importing.lock import import_holder
from indexer.importing.profiles import kept_profiles
from indexer.importing.progress import Step
from indexer.ordering.life import IMPORTER_SILENT_S, importer_seen
from indexer.ordering.places import file_at, folder_at, open_place
from indexer.ordering.requests import path_key
from indexer.ordering.uploads import upload_folder
from indexer.repositories import orders, underway
from indexer.repositories.orders import NewOrder, OrderKind, OrderState, Wish
from query_room.accounts.model import Permission
from query_room.archive.batches import MAX_GROUND
from query_room.archive.model import OrderView
from query_room.errors import InvalidFieldError, OrderNotFoundError, OrderRefusedError
from query_room.fields import SHORT, optional, required
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from indexer.ordering.places import OpenPlace
    from indexer.repositories.orders import OrderRow
    from indexer.settings import IndexerSettings
    from query_room.accounts.model import Account
    from query_room.archive.uploading import Received

_PROBLEMS_SHOWN: Final = 10
_MIN_PACE_S: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportWishes:
    """How files are to be imported, as a form says it.

    Attributes:
        level: Of records that say nothing, ``""`` for 控制. source_name: ``""`` for the folder's.
        in_place: Leave originals where they are.
        profile: Name of the profile that reads the catalogue, ``""`` for that of its form.
    """

    level: str = ""
    source_name: str = ""
    in_place: bool = False
    profile: str = ""


class OrderService:
    """Orders, for accounts that manage the archive.

    Every method raises ``PermissionDeniedError`` for others.
    """

    def __init__(self, *, engine: Engine, settings: IndexerSettings) -> None:
        self._engine = engine
        self._settings = settings

    def roots(self, *, by: Account) -> tuple[OpenPlace, ...]:
        """The folders below which one may choose; one that cannot be read now is left out."""
        by.require(Permission.MANAGE_ARCHIVE)
        there = [number for number, root in enumerate(self._settings.import_roots) if root.is_dir()]
        return tuple(open_place(self._settings, number, "") for number in there)

    def place(self, root: int, key: str, *, by: Account) -> OpenPlace:
        """One folder, looked into.

        Raises:
            ImportRefusedError: There is none, or it is out of bounds.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        return open_place(self._settings, root, key)

    def try_folder(
        self, root: int, key: str, catalogue: str, wishes: ImportWishes, *, by: Account
    ) -> int:
        """Order a trial over a folder of the server; its number.

        Args:
            root: Which root.
            key: The folder below it.
            catalogue: A file below the same root, or ``""``.
            wishes: How its files are to be imported.
            by: Who orders it.

        Raises:
            ImportRefusedError: Folder or catalogue are not there, or out of bounds.
            InvalidFieldError: There is no such level or profile, or the name is too long.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        folder = folder_at(self._settings, root, key)
        manifest = file_at(self._settings, root, catalogue) if catalogue else None
        return self._add(
            NewOrder(
                kind=OrderKind.TRIAL,
                ordered_by=by.name,
                folder=path_key(folder),
                manifest=path_key(manifest) if manifest else None,
                profile=self._profile(wishes),
                level=_level(wishes),
                source_name=optional("source", wishes.source_name, SHORT),
                in_place=wishes.in_place,
            )
        )

    def try_upload(self, received: Received, wishes: ImportWishes, *, by: Account) -> int:
        """Order a trial over what was uploaded; its number. Such files are always copied.

        Raises:
            InvalidFieldError: There is no such level or profile, or the name is missing or too
                long.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        return self._add(
            NewOrder(
                kind=OrderKind.TRIAL,
                ordered_by=by.name,
                folder=path_key(received.folder),
                upload=received.upload,
                manifest=path_key(received.manifest) if received.manifest else None,
                profile=self._profile(wishes),
                level=_level(wishes),
                source_name=required("source", wishes.source_name, SHORT),
            )
        )

    def start(self, order_id: int, *, by: Account) -> int:
        """Order the import that a trial looked into; its number.

        Raises:
            OrderNotFoundError: There is no such order.
            OrderRefusedError: It is no trial that ended well, its files are gone, or it was
                started before.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with writing(self._engine) as connection:
            trial = _load(connection, order_id)
            if trial.kind is not OrderKind.TRIAL or trial.state is not OrderState.FINISHED:
                raise OrderRefusedError("moved_on")
            if orders.started_from(connection, order_id) is not None:
                raise OrderRefusedError("already_ordered")
            if trial.upload and not upload_folder(self._settings, trial.upload).is_dir():
                raise OrderRefusedError("upload_gone")
            order = NewOrder(
                kind=OrderKind.IMPORT,
                ordered_by=by.name,
                folder=trial.folder,
                upload=trial.upload,
                manifest=trial.manifest,
                profile=trial.profile,
                level=trial.level,
                source_name=trial.source_name,
                in_place=trial.in_place,
                trial_id=order_id,
            )
            return _added(connection, order)

    def load(self, order_id: int, *, by: Account) -> OrderView:
        """One order and how far it is.

        Raises:
            OrderNotFoundError: There is none.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            order = _load(connection, order_id)
            number = order.batch_number if order.kind is OrderKind.IMPORT else None
            return OrderView(
                order=order,
                findings=Findings.from_json(order.findings) if order.findings else None,
                problems=underway.problem_counts(connection, number) if number else {},
                latest=tuple(underway.some_problems(connection, number, _PROBLEMS_SHOWN))
                if number
                else (),
                started_as=orders.started_from(connection, order_id),
                pace=_pace(order),
                is_worked_on=self.is_importer_alive(),
                importer=import_holder(self._settings.data),
            )

    def live(self, *, by: Account) -> tuple[OrderRow, ...]:
        """Orders that are not over."""
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            return tuple(
                each for each in orders.live(connection) if each.kind is not OrderKind.TRIAL
            )

    def is_importer_alive(self) -> bool:
        """Whether somebody works orders off."""
        seen = importer_seen(self._settings)
        return seen is not None and (utc_now() - seen).total_seconds() <= IMPORTER_SILENT_S

    def pause(self, order_id: int, *, by: Account) -> None:
        """Let an order rest between two files; what is through stays.

        Raises:
            OrderNotFoundError: There is none. OrderRefusedError: It is over, or rests already.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with writing(self._engine) as connection:
            order = _load(connection, order_id)
            is_done = orders.ask(connection, order_id, Wish.PAUSE) or orders.change_state(
                connection, order_id, OrderState.QUEUED, OrderState.PAUSED
            )
            if not is_done or order.kind is OrderKind.TRIAL:
                raise OrderRefusedError("moved_on")
            _note(connection, EventKind.BATCH_PAUSED, order, by)

    def go_on(self, order_id: int, *, by: Account) -> None:
        """Let an order that rests go on where it was.

        Raises:
            OrderNotFoundError: There is none. OrderRefusedError: It does not rest.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with writing(self._engine) as connection:
            order = _load(connection, order_id)
            if not orders.change_state(connection, order_id, OrderState.PAUSED, OrderState.QUEUED):
                raise OrderRefusedError("moved_on")
            _note(connection, EventKind.BATCH_CONTINUED, order, by)

    def cancel(self, order_id: int, *, ground: str, by: Account) -> None:
        """End an order for good. What came in stays, and can be undone.

        Raises:
            InvalidFieldError: No ground is given.
            OrderNotFoundError: There is none.
            OrderRefusedError: It is over; or it is an undoing that has begun, which must be ended.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        ground = required("ground", ground, MAX_GROUND)
        with writing(self._engine) as connection:
            order = _load(connection, order_id)
            has_begun = order.started_at is not None
            if not order.is_live or (order.kind is OrderKind.UNDO and has_begun):
                raise OrderRefusedError("moved_on")
            if order.state is OrderState.RUNNING:
                orders.ask(connection, order_id, Wish.CANCEL)
            else:
                orders.change_state(connection, order_id, order.state, OrderState.CANCELLED)
            _note(connection, EventKind.BATCH_CANCELLED, order, by, ground=ground)

    def _profile(self, wishes: ImportWishes) -> str:
        """The profile that is wished for, ``""`` where none is.

        Raises:
            InvalidFieldError: None of that name is in force.
        """
        if wishes.profile:
            with reading(self._engine) as connection:
                if wishes.profile not in {each.name for each in kept_profiles(connection)}:
                    raise InvalidFieldError("profile", "unknown")
        return wishes.profile

    def _add(self, order: NewOrder) -> int:
        with writing(self._engine) as connection:
            return _added(connection, order)


def _added(connection: Connection, order: NewOrder) -> int:
    number = orders.add(connection, order)
    is_trial = order.kind is OrderKind.TRIAL
    append(
        connection,
        NewEvent(
            at=utc_now(),
            kind=EventKind.BATCH_TRIED if is_trial else EventKind.BATCH_ORDERED,
            subject=f"order-{number}",
            body={
                "by": order.ordered_by,
                "folder": order.folder,
                "catalogue": order.manifest or "",
                "profile": order.profile,
                "level": order.level or "",
                "source": order.source_name,
                "in_place": order.in_place,
                "is_uploaded": bool(order.upload),
            },
        ),
    )
    return number


def _note(
    connection: Connection, kind: EventKind, order: OrderRow, by: Account, *, ground: str = ""
) -> None:
    body = {"by": by.name, "order_kind": order.kind.value}
    if order.batch_number is not None:
        body["batch_number"] = str(order.batch_number)
    if ground:
        body["ground"] = ground
    event = NewEvent(at=utc_now(), kind=kind, subject=f"order-{order.order_id}", body=body)
    append(connection, event)


def _load(connection: Connection, order_id: int) -> OrderRow:
    order = orders.load(connection, order_id)
    if order is None:
        raise OrderNotFoundError(f"no order {order_id}")
    return order


def _level(wishes: ImportWishes) -> str | None:
    if wishes.level and wishes.level not in LEVEL_PRESETS:
        raise InvalidFieldError("level", "unknown")
    return wishes.level or None


def _pace(order: OrderRow) -> float | None:
    """Files a second in the present run, or ``None`` before there is a pace to speak of."""
    if order.state is not OrderState.RUNNING or order.step not in {Step.READING, Step.UNDOING}:
        return None
    if order.run_began_at is None or order.seen_at is None:
        return None
    seconds = (order.seen_at - order.run_began_at).total_seconds()
    done = order.done - order.run_done
    return done / seconds if done > 0 and seconds >= _MIN_PACE_S else None

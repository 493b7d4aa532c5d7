"""The room's vital signs, read at the moment somebody asks."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import SQLAlchemyError

from indexer.database import reading, utc_now
from indexer.errors import QueryRoomError
from indexer.indexing.lock import last_step
from indexer.indexing.writing_state import writing_state
from indexer.repositories import orders
from search_api.log import unsealed_count

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from indexer.indexing.writing_state import WritingState
    from indexer.repositories.orders import OrderState
    from query_room.notices import NoticeState
    from query_room.room import Room
    from search_api.answers import IndexState

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """What could be learnt; ``None`` stands where the part did not answer.

    Attributes:
        unsealed_events: Events of the log that no seal vouches for yet; ``None`` where the database
            did not answer.
        index: The generation that answers and what it lacks.
        worker_silent_s: Seconds since the index's writer, or who coordinates the many, last gave a
            sign of life.
        writing: Who writes the index, and what is given out.
        importer_silent_s: Seconds since the importer last gave a sign of life.
        orders: Orders that are not over, by where they stand.
        free_bytes: Space left for the data folder.
        notices: E-mail notices by where they stand.
    """

    unsealed_events: int | None
    index: IndexState | None
    worker_silent_s: float | None
    writing: WritingState | None
    importer_silent_s: float | None
    orders: Mapping[OrderState, int] | None
    free_bytes: int | None
    notices: Mapping[NoticeState, int] | None


def take_vitals(room: Room) -> Vitals:
    """The vital signs now; a part that fails is written to the operators' log and left out."""
    settings = room.settings.indexer
    written = _writing(room)
    return Vitals(
        unsealed_events=_unsealed(room),
        index=_index(room),
        worker_silent_s=_silence(written.seen_at if written else last_step(settings.index)),
        writing=written,
        importer_silent_s=_silence(last_step(settings.importer)),
        orders=_orders(room),
        free_bytes=_free(settings.data),
        notices=_notices(room),
    )


def _unsealed(room: Room) -> int | None:
    try:
        return unsealed_count(room.engine)
    except SQLAlchemyError as error:
        _log.warning("database_does_not_answer", error=str(error))
        return None


def _notices(room: Room) -> Mapping[NoticeState, int] | None:
    try:
        return room.notices.counts()
    except SQLAlchemyError as error:
        _log.warning("database_does_not_answer", error=str(error))
        return None


def _orders(room: Room) -> Mapping[OrderState, int] | None:
    try:
        with reading(room.engine) as connection:
            return orders.counts(connection)
    except SQLAlchemyError as error:
        _log.warning("database_does_not_answer", error=str(error))
        return None


def _index(room: Room) -> IndexState | None:
    try:
        return room.search.index_state()
    except (SQLAlchemyError, QueryRoomError, OSError) as error:
        _log.warning("index_does_not_answer", error=str(error))
        return None


def _writing(room: Room) -> WritingState | None:
    try:
        with reading(room.engine) as connection:
            return writing_state(connection, room.settings.indexer)
    except SQLAlchemyError as error:
        _log.warning("database_does_not_answer", error=str(error))
        return None


def _silence(seen: dt.datetime | None) -> float | None:
    # Clocks of two machines may differ a little.
    return None if seen is None else max(0.0, (utc_now() - seen).total_seconds())


def _free(data: Path) -> int | None:
    try:
        return shutil.disk_usage(data).free
    except OSError as error:
        _log.warning("data_folder_does_not_answer", error=str(error))
        return None

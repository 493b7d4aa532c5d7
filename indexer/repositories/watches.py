"""Folders that the importer follows, and what it last met there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from indexer.database import utc_now
from indexer.tables import watched_folder

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWatch:
    """A folder to be followed; the fields are those of an order."""

    folder: str
    started_by: str
    manifest: str | None = None
    profile: str = ""
    level: str | None = None
    source_name: str = ""
    in_place: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchRow:
    """A folder that is followed, or was.

    Attributes:
        ended_at: When somebody ended it, or ``None``.
        scanned_at: When the whole folder was last looked through.
        batch_number: The last batch that it made.
        problem: An error code, what stands in the way now, or ``""``. detail: What exactly.
    """

    watch_id: int
    folder: str
    manifest: str | None
    profile: str
    level: str | None
    source_name: str
    in_place: bool
    started_by: str
    started_at: dt.datetime
    ended_by: str | None
    ended_at: dt.datetime | None
    scanned_at: dt.datetime | None
    batch_number: int | None
    problem: str
    detail: str


def begin(connection: Connection, watch: NewWatch) -> int:
    """Follow a folder from now on; its number."""
    statement = insert(watched_folder).values(
        folder=watch.folder,
        manifest=watch.manifest,
        profile=watch.profile,
        level=watch.level,
        source_name=watch.source_name,
        in_place=watch.in_place,
        started_by=watch.started_by,
        started_at=utc_now(),
    )
    return int(connection.execute(statement.returning(watched_folder.c.watch_id)).scalar_one())


def end(connection: Connection, watch_id: int, by: str) -> bool:
    """Follow it no longer; whether it was followed."""
    statement = (
        update(watched_folder)
        .where(watched_folder.c.watch_id == watch_id, watched_folder.c.ended_at.is_(None))
        .values(ended_by=by, ended_at=utc_now())
    )
    return connection.execute(statement).rowcount == 1


def in_force(connection: Connection) -> list[WatchRow]:
    """Folders that are followed, by their number."""
    statement = (
        select(watched_folder)
        .where(watched_folder.c.ended_at.is_(None))
        .order_by(watched_folder.c.watch_id)
    )
    return [_watch(row) for row in connection.execute(statement)]


def note(
    connection: Connection,
    watch_id: int,
    *,
    scanned_at: dt.datetime | None = None,
    batch_number: int | None = None,
    problem: str = "",
    detail: str = "",
) -> None:
    """Note what came of the last look at a folder; what is ``None`` stays as it was."""
    values: dict[str, Any] = {"problem": problem, "detail": detail}
    if scanned_at is not None:
        values["scanned_at"] = scanned_at
    if batch_number is not None:
        values["batch_number"] = batch_number
    connection.execute(
        update(watched_folder).where(watched_folder.c.watch_id == watch_id).values(values)
    )


def _watch(row: Row[Any]) -> WatchRow:
    return WatchRow(**row._mapping)  # noqa: SLF001

"""Slices of the work on the index: cut, given out, done, and how often a worker died of one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, delete, func, insert, or_, select, update

from indexer.records import RecordId
from indexer.tables import index_slice, outbox, record

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Row

ANALYSIS_DIED: Final = "analysis_died"
"""Reason: a process that analysed some of its records was killed, or killed itself."""

WORKER_DIED: Final = "worker_died"
"""Reason: a worker that had it gave no sign of life any more."""


class SliceKind(StrEnum):
    """What a slice is cut from."""

    CHANGES = "changes"  # the outbox
    RECORDS = "records"  # what there is, for a generation under construction


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """A range without its first bound: of positions for changes, of ids for records."""

    after_position: int = 0
    last_position: int = 0
    after_id: str = ""
    last_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """One piece of work.

    Attributes:
        files: Of which generation. bounds: What it is about.
        record_id: The only record of the range that it is about, or ``None`` for all.
        deaths: Workers that died of it. reason: Of the last death, or ``""``.
        job_id: In the queue of jobs, or ``None``. term: Of the coordinator that does it, or
            ``None``. With neither it waits to be given out.
    """

    slice_id: int
    files: int
    kind: SliceKind
    bounds: Bounds
    record_id: RecordId | None
    is_done: bool
    deaths: int
    reason: str
    job_id: int | None
    term: int | None
    cut_at: dt.datetime

    @property
    def is_idle(self) -> bool:
        """Whether it waits to be given out."""
        return not self.is_done and self.job_id is None and self.term is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Slices that are not done.

    Attributes:
        slices: How many. since: When the oldest was cut, or ``None`` where there is none.
    """

    slices: int
    since: dt.datetime | None


def add(
    connection: Connection,
    files: int,
    kind: SliceKind,
    ranges: Sequence[Bounds],
    at: dt.datetime,
    *,
    term: int | None = None,
) -> list[int]:
    """Cut slices and return their ids, in that order; one with a ``term`` is that coordinator's."""
    if not ranges:
        return []
    added = connection.execute(
        insert(index_slice).returning(index_slice.c.slice_id, sort_by_parameter_order=True),
        [{**_new(files, kind, each, at), "term": term} for each in ranges],
    )
    return list(added.scalars())


def cut_up(connection: Connection, piece: Slice, at: dt.datetime) -> list[int]:
    """Replace a slice by one for each of its records; their ids."""
    ids = record_ids(connection, piece)
    connection.execute(delete(index_slice).where(index_slice.c.slice_id == piece.slice_id))
    # Even where all its records are gone by now, its range must stay covered until it is closed.
    rows = [
        {**_new(piece.files, piece.kind, piece.bounds, at), "record_id": each} for each in ids
    ] or [{**_new(piece.files, piece.kind, piece.bounds, at), "is_done": True}]
    return list(
        connection.execute(insert(index_slice).returning(index_slice.c.slice_id), rows).scalars()
    )


def record_ids(connection: Connection, piece: Slice) -> list[RecordId]:
    """The records that a slice is about, in order of their ids."""
    if piece.record_id is not None:
        return [piece.record_id]
    bounds = piece.bounds
    match piece.kind:
        case SliceKind.CHANGES:
            statement = (
                select(outbox.c.record_id)
                .where(
                    outbox.c.position > bounds.after_position,
                    outbox.c.position <= bounds.last_position,
                )
                .distinct()
                .order_by(outbox.c.record_id)
            )
        case SliceKind.RECORDS:
            statement = (
                select(record.c.record_id)
                .where(
                    record.c.record_id > bounds.after_id,
                    record.c.record_id <= bounds.last_id,
                    record.c.removed_at.is_(None),
                )
                .order_by(record.c.record_id)
            )
    return [RecordId(each) for each in connection.execute(statement).scalars()]


def of_files(connection: Connection, files: int, kind: SliceKind) -> list[Slice]:
    """The slices of a generation, in the order of what they are about."""
    statement = (
        select(index_slice)
        .where(index_slice.c.files == files, index_slice.c.kind == kind)
        .order_by(index_slice.c.last_position, index_slice.c.last_id, index_slice.c.slice_id)
    )
    return [_slice(row) for row in connection.execute(statement)]


def held_by_job(connection: Connection, slice_id: int, job_id: int) -> Slice | None:
    """A slice that is not done and is that job's to do, or ``None``."""
    statement = select(index_slice).where(_is_held(slice_id, job_id=job_id))
    row = connection.execute(statement).first()
    return None if row is None else _slice(row)


def load(connection: Connection, slice_id: int) -> Slice | None:
    """A slice, or ``None`` where there is none of that id."""
    row = connection.execute(select(index_slice).where(index_slice.c.slice_id == slice_id)).first()
    return None if row is None else _slice(row)


def give_out(connection: Connection, jobs: Mapping[int, int]) -> None:
    """Note the job of each slice."""
    for slice_id, job_id in jobs.items():
        connection.execute(
            update(index_slice)
            .where(index_slice.c.slice_id == slice_id)
            .values(job_id=job_id, term=None)
        )


def mark_done(connection: Connection, piece: Slice) -> bool:
    """Note that a slice is done; ``False`` where it was taken from whoever did it meanwhile."""
    held = _is_held(piece.slice_id, job_id=piece.job_id, term=piece.term)
    changed = connection.execute(update(index_slice).where(held).values(is_done=True))
    return bool(changed.rowcount)


def settle(connection: Connection, piece: Slice) -> None:
    """Note that nothing is left to be done of a slice that waited to be given out."""
    connection.execute(
        update(index_slice).where(index_slice.c.slice_id == piece.slice_id).values(is_done=True)
    )


def note_death(connection: Connection, piece: Slice, reason: str) -> bool:
    """Note that whoever had a slice died of it: it waits to be given out again.

    ``False`` where that was noted already: each death counts once, whoever finds it.
    """
    held = _is_held(piece.slice_id, job_id=piece.job_id, term=piece.term)
    changed = connection.execute(
        update(index_slice)
        .where(held)
        .values(deaths=index_slice.c.deaths + 1, reason=reason, job_id=None, term=None)
    )
    return bool(changed.rowcount)


def note_death_of_job(connection: Connection, job_id: int, reason: str) -> bool:
    """The same, for the slice of a job whose worker is gone."""
    changed = connection.execute(
        update(index_slice)
        .where(index_slice.c.job_id == job_id, ~index_slice.c.is_done)
        .values(deaths=index_slice.c.deaths + 1, reason=reason, job_id=None)
    )
    return bool(changed.rowcount)


def note_deaths_of_coordinators(
    connection: Connection, files: Collection[int], term: int, reason: str
) -> int:
    """The same, for what coordinators of other terms did by themselves; how many slices."""
    changed = connection.execute(
        update(index_slice)
        .where(index_slice.c.files.in_(files), index_slice.c.term != term, ~index_slice.c.is_done)
        .values(deaths=index_slice.c.deaths + 1, reason=reason, term=None)
    )
    return int(changed.rowcount)


def take_back(connection: Connection, piece: Slice) -> None:
    """Let a slice be given out again though nobody died of it."""
    held = _is_held(piece.slice_id, job_id=piece.job_id, term=piece.term)
    connection.execute(update(index_slice).where(held).values(job_id=None, term=None))


def jobs_out(connection: Connection, files: Collection[int]) -> frozenset[int]:
    """The jobs of slices of some generations that are not done."""
    statement = select(index_slice.c.job_id).where(
        index_slice.c.files.in_(files), index_slice.c.job_id.is_not(None), ~index_slice.c.is_done
    )
    return frozenset(connection.execute(statement).scalars())


def take_back_jobs(connection: Connection, jobs: Collection[int]) -> None:
    """Let slices be given out again whose jobs the queue does not know any more."""
    connection.execute(
        update(index_slice)
        .where(index_slice.c.job_id.in_(jobs), ~index_slice.c.is_done)
        .values(job_id=None)
    )


def forget(connection: Connection, pieces: Collection[Slice]) -> None:
    """Delete slices that are closed."""
    ids = [each.slice_id for each in pieces]
    connection.execute(delete(index_slice).where(index_slice.c.slice_id.in_(ids)))


def forget_others(connection: Connection, files: Collection[int]) -> None:
    """Delete the slices of all generations but these."""
    connection.execute(delete(index_slice).where(index_slice.c.files.not_in(files)))


def waiting(connection: Connection) -> Waiting:
    """How many slices are not done, and since when."""
    statement = select(func.count(), func.min(index_slice.c.cut_at)).where(~index_slice.c.is_done)
    count, since = connection.execute(statement).one()
    return Waiting(slices=count, since=since)


def _new(files: int, kind: SliceKind, bounds: Bounds, at: dt.datetime) -> dict[str, Any]:
    return {
        "files": files,
        "kind": kind,
        "after_position": bounds.after_position,
        "last_position": bounds.last_position,
        "after_id": bounds.after_id,
        "last_id": bounds.last_id,
        "is_done": False,
        "deaths": 0,
        "reason": "",
        "cut_at": at,
    }


def _is_held(
    slice_id: int, *, job_id: int | None = None, term: int | None = None
) -> ColumnElement[bool]:
    """Whether a slice is still whose it was: what was given to another is not touched."""
    columns = index_slice.c
    return and_(
        columns.slice_id == slice_id,
        ~columns.is_done,
        columns.job_id.is_(None) if job_id is None else columns.job_id == job_id,
        columns.term.is_(None) if term is None else columns.term == term,
        or_(columns.job_id.is_not(None), columns.term.is_not(None)),
    )


def _slice(row: Row[Any]) -> Slice:
    return Slice(
        slice_id=row.slice_id,
        files=row.files,
        kind=SliceKind(row.kind),
        bounds=Bounds(
            after_position=row.after_position,
            last_position=row.last_position,
            after_id=row.after_id,
            last_id=row.last_id,
        ),
        record_id=None if row.record_id is None else RecordId(row.record_id),
        is_done=row.is_done,
        deaths=row.deaths,
        reason=row.reason,
        job_id=row.job_id,
        term=row.term,
        cut_at=row.cut_at,
    )

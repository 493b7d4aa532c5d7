"""Statements on the entries of a period: which are meant, and what they add up to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from indexer.records import RecordId
from query_room.register.model import EVERY_ENTRY, EntryFilter, Mode
from query_room.register.repository import entries
from query_room.tables import register_entry, register_item, visit

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import ColumnElement, Connection

    from query_room.register.repository import EntryRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Entries made from ``start`` on and before ``end`` that a filter lets through.

    Attributes:
        records: Where the filter asks for something of the items: the records that whoever asks
            may see. What stands on other records must not be found by asking for it.
    """

    start: dt.datetime
    end: dt.datetime
    where: EntryFilter = EVERY_ENTRY
    records: frozenset[RecordId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCounts:
    """What the items of a period add up to."""

    volumes: int
    items: int
    pages_copied: int
    certificates: int


def records_meant(connection: Connection, period: Period) -> set[RecordId]:
    """Records of the items that a period's filter asks for, whoever may see them."""
    statement = (
        select(register_item.c.record_id)
        .join(register_entry, register_entry.c.entry_id == register_item.c.entry_id)
        .where(*_of_entry(period), *_asked_of_items(period.where))
        .distinct()
    )
    return {RecordId(record_id) for record_id in connection.execute(statement).scalars()}


def between(connection: Connection, period: Period, *, offset: int, limit: int) -> list[EntryRow]:
    """Entries of a period, in order."""
    return entries(connection, *_meant(period), offset=offset, limit=limit)


def count_visits(connection: Connection, period: Period) -> dict[str, int]:
    """Visits that have an entry of the period in force, by purpose."""
    visits = (
        select(register_entry.c.visit_id)
        .where(*_meant(period), register_entry.c.corrected_by.is_(None))
        .distinct()
        .subquery()
    )
    statement = (
        select(visit.c.purpose, func.count().label("visits"))
        .join(visits, visits.c.visit_id == visit.c.visit_id)
        .group_by(visit.c.purpose)
    )
    return {row.purpose: row.visits for row in connection.execute(statement)}


def count_uses(connection: Connection, period: Period) -> UseCounts:
    """What was used in entries of the period in force; a record once for each visit."""
    in_force = (
        select(
            register_entry.c.visit_id,
            register_item.c.record_id,
            register_item.c.is_volume,
            register_item.c.mode,
            register_item.c.page_count,
            register_item.c.copies,
        )
        .join(register_item, register_item.c.entry_id == register_entry.c.entry_id)
        .where(*_of_entry(period), *_of_items(period), register_entry.c.corrected_by.is_(None))
        .subquery()
    )
    used = (
        select(in_force.c.visit_id, in_force.c.record_id, in_force.c.is_volume)
        .distinct()
        .subquery()
    )
    volumes, items = connection.execute(
        select(
            func.coalesce(func.sum(case((used.c.is_volume, 1), else_=0)), 0),
            func.coalesce(func.sum(case((used.c.is_volume, 0), else_=1)), 0),
        )
    ).one()
    copies = in_force.c.page_count * in_force.c.copies
    copied, certificates = connection.execute(
        select(
            func.coalesce(func.sum(case((in_force.c.mode == Mode.COPY.value, copies), else_=0)), 0),
            func.coalesce(func.sum(case((in_force.c.mode == Mode.CERTIFY.value, 1), else_=0)), 0),
        )
    ).one()
    return UseCounts(volumes=volumes, items=items, pages_copied=copied, certificates=certificates)


def _meant(period: Period) -> list[ColumnElement[bool]]:
    conditions = _of_entry(period)
    if of_items := _of_items(period):
        having = select(register_item.c.entry_id).where(*of_items)
        conditions.append(register_entry.c.entry_id.in_(having))
    return conditions


def _of_entry(period: Period) -> list[ColumnElement[bool]]:
    where = period.where
    conditions = [
        register_entry.c.entered_at >= period.start,
        register_entry.c.entered_at < period.end,
    ]
    if where.outcome is not None:
        conditions.append(register_entry.c.outcome == where.outcome.value)
    if where.handler:
        conditions.append(register_entry.c.handler == where.handler)
    of_visit = []
    if where.purpose is not None:
        of_visit.append(visit.c.purpose == where.purpose.value)
    if where.standing is not None:
        of_visit.append(visit.c.standing == where.standing.value)
    if of_visit:
        conditions.append(register_entry.c.visit_id.in_(select(visit.c.visit_id).where(*of_visit)))
    return conditions


def _of_items(period: Period) -> list[ColumnElement[bool]]:
    conditions = _asked_of_items(period.where)
    if conditions:
        conditions.append(register_item.c.record_id.in_(period.records))
    return conditions


def _asked_of_items(where: EntryFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if where.mode is not None:
        conditions.append(register_item.c.mode == where.mode.value)
    if where.reference:
        conditions.append(
            register_item.c.archival_code.startswith(where.reference, autoescape=True)
        )
    if where.certificate:
        conditions.append(register_item.c.certificate == where.certificate)
    return conditions

"""Fonds → category → volume → item, counted within a viewer's rights.

The condition is :meth:`indexer.access.Viewer.may_see` in SQL; a property test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, bindparam, func, or_, select

from indexer.records import RecordId
from indexer.tables import record, record_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import BindParameter, Column, ColumnElement, Connection, Select

    from indexer.access import Viewer

_KEPT: Final = 64
_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowseEntry:
    """A branch of the archive with what the viewer may see below it, or one item.

    Attributes:
        value: Code of the branch; the 件号 of an item.
        label: Its name; the title of an item.
        count: Records below it that the viewer may see; 1 for an item.
        record_id: The item, or ``None`` for a branch.
    """

    value: str
    label: str
    count: int
    record_id: RecordId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """How much a viewer may see.

    Attributes:
        records: Records. files: Their files. agencies: Distinct agencies.
        first_year: Earliest dated year, or ``None``. last_year: Latest.
    """

    records: int
    files: int
    agencies: int
    first_year: int | None
    last_year: int | None


@lru_cache(maxsize=_KEPT)
def visible_to(viewer: Viewer, denied: frozenset[RecordId]) -> ColumnElement[bool]:
    """The condition on ``record`` that the viewer may see it.

    Kept for the next question of the same viewer: making it takes as long as asking it.
    """
    ordinary = and_(
        record.c.audience <= int(viewer.audience),
        or_(
            record.c.internal_to.is_(None),
            *([record.c.internal_to.is_not(None)] if viewer.all_agencies else []),
            record.c.internal_to.in_(sorted(viewer.agencies)),
        ),
    )
    ways = [ordinary]
    if viewer.granted_records:
        ways.append(record.c.record_id.in_(sorted(viewer.granted_records)))
    if viewer.granted_fonds:
        ways.append(record.c.fonds.in_(sorted(viewer.granted_fonds)))
    conditions = [record.c.removed_at.is_(None), record.c.audience.is_not(None), or_(*ways)]
    if denied:
        conditions.append(record.c.record_id.not_in(sorted(denied)))
    return and_(*conditions)


def seen(
    connection: Connection, visible: ColumnElement[bool], ids: Sequence[RecordId]
) -> list[RecordId]:
    """Those of ``ids`` that meet the condition, in no order."""
    found = connection.execute(_among(visible), {_IDS.key: list(ids)})
    return [RecordId(record_id) for record_id in found.scalars()]


@lru_cache(maxsize=_KEPT)
def _among(visible: ColumnElement[bool]) -> Select[Any]:
    return select(record.c.record_id).where(record.c.record_id.in_(_IDS), visible)


def fonds(connection: Connection, visible: ColumnElement[bool]) -> list[BrowseEntry]:
    """Every 全宗 with something visible in it, by code."""
    return _branches(connection, record.c.fonds, func.max(record.c.fonds_name), [visible])


def categories(
    connection: Connection, visible: ColumnElement[bool], fonds_code: str
) -> list[BrowseEntry]:
    """Every 类别 of a fonds."""
    where = [visible, record.c.fonds == fonds_code]
    return _branches(connection, record.c.category, record.c.category, where)


def volumes(
    connection: Connection, visible: ColumnElement[bool], fonds_code: str, category: str
) -> list[BrowseEntry]:
    """Every 案卷 of a category; records outside any volume are not among them."""
    where = [
        visible,
        record.c.fonds == fonds_code,
        record.c.category == category,
        record.c.volume != "",
    ]
    return _branches(connection, record.c.volume, record.c.volume, where)


def items(
    connection: Connection,
    visible: ColumnElement[bool],
    path: tuple[str, str, str],
    offset: int,
    limit: int,
) -> list[BrowseEntry]:
    """The 件 of one volume (``""`` for those outside any), by 件号, 档号 and id."""
    fonds_code, category, volume = path
    statement = (
        select(record.c.record_id, record.c.item, record.c.title)
        .where(
            visible,
            record.c.fonds == fonds_code,
            record.c.category == category,
            record.c.volume == volume,
        )
        .order_by(record.c.item, record.c.archival_code, record.c.record_id)
        .offset(offset)
        .limit(limit)
    )
    return [
        BrowseEntry(value=row.item, label=row.title, count=1, record_id=RecordId(row.record_id))
        for row in connection.execute(statement)
    ]


def holdings(connection: Connection, visible: ColumnElement[bool]) -> Holdings:
    """How much is visible in all."""
    year = func.nullif(func.substr(record.c.date, 1, 4), "")
    row = connection.execute(
        select(
            func.count(),
            func.count(func.distinct(func.nullif(record.c.agency, ""))),
            func.min(year),
            func.max(year),
        ).where(visible)
    ).one()
    files = connection.execute(
        select(func.count())
        .select_from(record_file.join(record, record.c.record_id == record_file.c.record_id))
        .where(visible)
    ).scalar_one()
    return Holdings(
        records=row[0],
        files=files,
        agencies=row[1],
        first_year=int(row[2]) if row[2] else None,
        last_year=int(row[3]) if row[3] else None,
    )


def _branches(
    connection: Connection,
    code: Column[str],
    label: ColumnElement[str],
    where: Sequence[ColumnElement[bool]],
) -> list[BrowseEntry]:
    statement: Select[str, str, int] = (
        select(code, label, func.count()).where(*where).group_by(code).order_by(code)
    )
    return [
        BrowseEntry(value=value, label=name or value, count=count)
        for value, name, count in connection.execute(statement)
    ]

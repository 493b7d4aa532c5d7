"""Records of which not all text can be searched, counted beside an answer.

The conditions are those of the engine's filters (:class:`indexer.engine.query.Filters`) in SQL; an
index has everything they ask, so that counting reads no record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, func, select

from indexer.tables import record

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from indexer.engine.query import Filters


def count(connection: Connection, visible: ColumnElement[bool], filters: Filters) -> int:
    """How many visible records that meet the filters have a file that is not read, or not whole.

    Args:
        connection: To the database.
        visible: The viewer's rights, by :func:`indexer.repositories.browsing.visible_to`.
        filters: What the answer is narrowed to.
    """
    statement = select(func.count()).where(record.c.lacks_text, visible, meets(filters))
    return int(connection.execute(statement).scalar_one())


def meets(filters: Filters) -> ColumnElement[bool]:
    """The condition on ``record`` that it meets the filters."""
    date = record.c.date
    conditions: list[ColumnElement[bool]] = [record.c.lacks_text]
    for column, values in (
        (record.c.agency, filters.agencies),
        (record.c.category, filters.categories),
        (record.c.fonds, filters.fonds),
        (record.c.audience, [int(each) for each in filters.audiences]),
        (func.substr(date, 1, 4), [f"{each:04d}" for each in filters.years]),
    ):
        if values:
            conditions.append(column.in_(list(values)))
    # A date known to its year or month may be any day of it: compared as far as it is known.
    if filters.date_from:
        first = filters.date_from.isoformat()
        conditions += [date != "", date >= func.substr(first, 1, func.length(date))]
    if filters.date_to:
        last = filters.date_to.isoformat()
        conditions += [date != "", date <= func.substr(last, 1, func.length(date))]
    return and_(*conditions)

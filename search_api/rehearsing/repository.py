"""Every statement on comparisons of generations."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from search_api.rehearsing.model import Rehearsal, RehearsedSearch
from search_api.tables import rehearsal

if TYPE_CHECKING:
    from sqlalchemy import Connection


def keep(connection: Connection, made: Rehearsal) -> None:
    """Keep a comparison; an earlier one of the same generation makes way."""
    connection.execute(delete(rehearsal).where(rehearsal.c.following == made.following))
    connection.execute(
        insert(rehearsal).values(
            following=made.following,
            former=made.former,
            at=made.at,
            unchanged=made.unchanged,
            unasked=made.unasked,
            searches=[asdict(each) for each in made.searches],
        )
    )


def load(connection: Connection, following: int) -> Rehearsal | None:
    """The comparison that was made before a generation answered, or ``None``."""
    statement = select(rehearsal).where(rehearsal.c.following == following)
    row = connection.execute(statement).one_or_none()
    if row is None:
        return None
    return Rehearsal(
        former=row.former,
        following=row.following,
        at=row.at,
        searches=tuple(RehearsedSearch(**each) for each in row.searches),
        unchanged=row.unchanged,
        unasked=row.unasked,
    )

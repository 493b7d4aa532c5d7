"""How catalogues of a form are read: versions by who and when, the last one in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from indexer.tables import catalogue_profile

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """One version of a profile.

    Attributes:
        body: What it says, as JSON. is_retired: It is no longer used.
    """

    name: str
    version: int
    body: dict[str, Any]
    is_retired: bool
    saved_by: str
    saved_at: dt.datetime


def latest(connection: Connection) -> list[ProfileRow]:
    """The last version of every profile, retired ones too, the one saved last first."""
    last = (
        select(catalogue_profile.c.name, func.max(catalogue_profile.c.version).label("version"))
        .group_by(catalogue_profile.c.name)
        .subquery()
    )
    statement = (
        select(catalogue_profile)
        .join(
            last,
            (catalogue_profile.c.name == last.c.name)
            & (catalogue_profile.c.version == last.c.version),
        )
        .order_by(catalogue_profile.c.saved_at.desc(), catalogue_profile.c.name)
    )
    return [ProfileRow(**row._mapping) for row in connection.execute(statement)]  # noqa: SLF001


def versions(connection: Connection, name: str) -> list[ProfileRow]:
    """Every version of a profile, the newest first."""
    statement = (
        select(catalogue_profile)
        .where(catalogue_profile.c.name == name)
        .order_by(catalogue_profile.c.version.desc())
    )
    return [ProfileRow(**row._mapping) for row in connection.execute(statement)]  # noqa: SLF001


def add(
    connection: Connection,
    name: str,
    body: dict[str, Any],
    *,
    is_retired: bool,
    by: str,
    at: dt.datetime,
) -> int:
    """The number of a new version."""
    newest = connection.execute(
        select(func.max(catalogue_profile.c.version)).where(catalogue_profile.c.name == name)
    ).scalar()
    version = (newest or 0) + 1
    connection.execute(
        insert(catalogue_profile).values(
            name=name, version=version, body=body, is_retired=is_retired, saved_by=by, saved_at=at
        )
    )
    return version

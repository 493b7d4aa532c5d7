"""Reviewers' words that a marked content carries no state secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from indexer.records import FileHash
from indexer.tables import clearance

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """A reviewer's word that a marked content carries no state secret."""

    file_hash: FileHash
    ground: str
    cleared_by: str
    cleared_at: dt.datetime


def cleared(connection: Connection) -> frozenset[FileHash]:
    """Contents that a reviewer has cleared of a marking."""
    found = connection.execute(select(clearance.c.file_hash)).scalars()
    return frozenset(FileHash(each) for each in found)


def give(
    connection: Connection, file_hash: FileHash, *, ground: str, by: str, at: dt.datetime
) -> None:
    """Note a reviewer's word that a content carries no state secret."""
    connection.execute(delete(clearance).where(clearance.c.file_hash == file_hash))
    connection.execute(
        insert(clearance).values(file_hash=file_hash, ground=ground, cleared_by=by, cleared_at=at)
    )


def given_to(connection: Connection, hashes: Iterable[FileHash]) -> dict[FileHash, Clearance]:
    """What reviewers said of those contents."""
    statement = select(clearance).where(clearance.c.file_hash.in_(sorted(set(hashes))))
    return {
        FileHash(row.file_hash): Clearance(**row._mapping)  # noqa: SLF001
        for row in connection.execute(statement)
    }

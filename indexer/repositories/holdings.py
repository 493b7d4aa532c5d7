"""What lies in what: contents of archives and messages, by hash.

The original of a container holds its members whatever becomes of their own originals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select

from indexer.records import FileHash
from indexer.tables import holding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

_ROWS_AT_ONCE: Final = 500


def note(connection: Connection, container: FileHash, members: Iterable[FileHash]) -> None:
    """Note what lies in a content, at any depth; again is no error."""
    known = members_of(connection, container)
    new = sorted(set(members) - known - {container})
    for start in range(0, len(new), _ROWS_AT_ONCE):
        connection.execute(
            insert(holding),
            [
                {"container_hash": container, "member_hash": member}
                for member in new[start : start + _ROWS_AT_ONCE]
            ],
        )


def members_of(connection: Connection, container: FileHash) -> frozenset[FileHash]:
    """Every content that lies in a content."""
    statement = select(holding.c.member_hash).where(holding.c.container_hash == container)
    return frozenset(FileHash(each) for each in connection.execute(statement).scalars())


def containers_of(connection: Connection, member: FileHash) -> frozenset[FileHash]:
    """Every content that a content lies in."""
    statement = select(holding.c.container_hash).where(holding.c.member_hash == member)
    return frozenset(FileHash(each) for each in connection.execute(statement).scalars())


def forget(connection: Connection, container: FileHash) -> None:
    """Drop what is known to lie in a content whose original is gone."""
    connection.execute(delete(holding).where(holding.c.container_hash == container))

"""What the files of a source were found to hold, remembered for as long as they do not change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, insert, select

from indexer.tables import listing, source, source_file, stored_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

_ROWS_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRow:
    """What one file held when it was opened.

    Attributes:
        reader: Version of what read it. body: The listing as JSON.
    """

    path: str
    size: int
    modified_ns: int
    reader: int
    body: dict[str, Any]


def known(connection: Connection, source_name: str) -> dict[str, ListingRow]:
    """What is remembered of a source, by path."""
    statement = (
        select(
            listing.c.path,
            listing.c.size,
            listing.c.modified_ns,
            listing.c.reader,
            listing.c.body,
        )
        .join(source, source.c.source_id == listing.c.source_id)
        .where(source.c.name == source_name)
    )
    return {row.path: ListingRow(**row._mapping) for row in connection.execute(statement)}  # noqa: SLF001


def kinds(connection: Connection, source_name: str) -> dict[str, tuple[int, int, str]]:
    """Size, mtime and media type of the paths of a source whose content was told, by path."""
    statement = (
        select(
            source_file.c.path,
            source_file.c.size,
            source_file.c.modified_ns,
            stored_file.c.media_type,
        )
        .join(source, source.c.source_id == source_file.c.source_id)
        .join(stored_file, stored_file.c.file_hash == source_file.c.file_hash)
        .where(source.c.name == source_name, stored_file.c.media_type != "")
    )
    return {
        path: (size, modified_ns, media_type)
        for path, size, modified_ns, media_type in connection.execute(statement)
    }


def keep(connection: Connection, source_id: int, rows: Sequence[ListingRow]) -> None:
    """Remember what files hold, instead of what was remembered of them."""
    forget(connection, source_id, [row.path for row in rows])
    if rows:
        connection.execute(
            insert(listing),
            [
                {
                    "source_id": source_id,
                    "path": row.path,
                    "size": row.size,
                    "modified_ns": row.modified_ns,
                    "reader": row.reader,
                    "body": row.body,
                }
                for row in rows
            ],
        )


def forget(connection: Connection, source_id: int, paths: Iterable[str]) -> None:
    """Drop what is remembered of paths."""
    gone = sorted(paths)
    for start in range(0, len(gone), _ROWS_AT_ONCE):
        connection.execute(
            delete(listing).where(
                listing.c.source_id == source_id,
                listing.c.path.in_(gone[start : start + _ROWS_AT_ONCE]),
            )
        )

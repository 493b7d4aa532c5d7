"""What a verification reads, some rows at a time: no transaction lasts as long as it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from indexer.records import FileHash, RecordId
from indexer.repositories.files import ContentRow, content_row
from indexer.tables import record, record_file, source_file, stored_file

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection


def record_ids_after(connection: Connection, after: str, limit: int) -> list[RecordId]:
    """The next records by id, those that were removed included."""
    statement = (
        select(record.c.record_id)
        .where(record.c.record_id > after)
        .order_by(record.c.record_id)
        .limit(limit)
    )
    return [RecordId(each) for each in connection.execute(statement).scalars()]


def unknown_records(connection: Connection, ids: Sequence[RecordId]) -> list[RecordId]:
    """Those of the ids that no record ever had, each once."""
    statement = select(record.c.record_id).where(record.c.record_id.in_(ids))
    known = set(connection.execute(statement).scalars())
    return [each for each in dict.fromkeys(ids) if each not in known]


def contents_after(connection: Connection, after: str, limit: int) -> list[ContentRow]:
    """The next contents by hash."""
    statement = (
        select(stored_file)
        .where(stored_file.c.file_hash > after)
        .order_by(stored_file.c.file_hash)
        .limit(limit)
    )
    return [content_row(row) for row in connection.execute(statement)]


def in_records(connection: Connection, hashes: Collection[FileHash]) -> frozenset[FileHash]:
    """Those of the contents that a present record has."""
    statement = (
        select(record_file.c.file_hash)
        .join(record, record.c.record_id == record_file.c.record_id)
        .where(record_file.c.file_hash.in_(sorted(hashes)), record.c.removed_at.is_(None))
        .distinct()
    )
    return frozenset(FileHash(each) for each in connection.execute(statement).scalars())


def path_of(connection: Connection, file_hash: FileHash) -> str:
    """The first path at which a content was met, or ``""``."""
    statement = (
        select(source_file.c.path)
        .where(source_file.c.file_hash == file_hash)
        .order_by(source_file.c.source_file_id)
        .limit(1)
    )
    return str(connection.execute(statement).scalar() or "")

"""Contents whose documents an older parser has read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, or_, select

from indexer.official import PARSER_VERSION
from indexer.records import FileHash
from indexer.repositories.files import ContentState
from indexer.tables import source_file, stored_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import ColumnElement, Connection


def outdated(connection: Connection, *, after: str = "", limit: int) -> list[tuple[FileHash, str]]:
    """Some of them after a hash, with what extracted their text, by hash."""
    statement = (
        select(stored_file.c.file_hash, stored_file.c.extractor)
        .where(_is_outdated(), stored_file.c.file_hash > after)
        .order_by(stored_file.c.file_hash)
        .limit(limit)
    )
    return [(FileHash(row.file_hash), row.extractor) for row in connection.execute(statement)]


def outdated_at(
    connection: Connection, source_id: int, paths: Sequence[str]
) -> list[tuple[FileHash, str]]:
    """Those at some paths of a source, with what extracted their text, by hash."""
    statement = (
        select(stored_file.c.file_hash, stored_file.c.extractor)
        .join(source_file, source_file.c.file_hash == stored_file.c.file_hash)
        .where(_is_outdated(), source_file.c.source_id == source_id, source_file.c.path.in_(paths))
        .distinct()
        .order_by(stored_file.c.file_hash)
    )
    return [(FileHash(row.file_hash), row.extractor) for row in connection.execute(statement)]


_VALID_SO: Final = select(stored_file.c.file_hash).where(
    stored_file.c.file_hash.in_(bindparam("hashes", expanding=True)),
    stored_file.c.parsed["validity"].as_string().in_(bindparam("words", expanding=True)),
)


def with_validity(
    connection: Connection, hashes: Iterable[FileHash], words: Collection[str]
) -> frozenset[FileHash]:
    """Those of some contents whose 有效性, as they say themselves, is one of the words."""
    asked = {"hashes": sorted(set(hashes)), "words": sorted(words)}
    return frozenset(map(FileHash, connection.execute(_VALID_SO, asked).scalars()))


def _is_outdated() -> ColumnElement[bool]:
    version = stored_file.c.parsed["version"].as_integer()
    is_another = or_(version.is_(None), version != PARSER_VERSION)
    return (stored_file.c.state == ContentState.EXTRACTED) & is_another

"""What documents do to each other, found from either side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, delete, insert, or_, select

from indexer.official import RelationKind
from indexer.official.comparing import number_key, title_key
from indexer.records import FileHash, RecordId
from indexer.tables import document_relation, record, record_file

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import Connection

    from indexer.official import Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """How a document is named: by its number where that is known, else by its title.

    Attributes:
        title: :func:`~indexer.official.comparing.title_key`. number: The same of its number.
    """

    title: str
    number: str


def named(title: str, document_number: str) -> Named:
    """The name of a document with that title and number, either of them ``""``."""
    return Named(title=title_key(title), number=number_key(document_number))


def keep(connection: Connection, said: Mapping[FileHash, Sequence[Relation]]) -> None:
    """Note what these documents do to others, instead of what was noted before."""
    if not said:
        return
    connection.execute(
        delete(document_relation).where(document_relation.c.file_hash.in_(sorted(said)))
    )
    rows = [
        {
            "file_hash": file_hash,
            "ordinal": ordinal,
            "kind": relation.kind,
            "title_key": title_key(relation.title),
            "number_key": number_key(relation.document_number),
        }
        for file_hash, relations in said.items()
        for ordinal, relation in enumerate(relations)
    ]
    if rows:
        connection.execute(insert(document_relation), rows)


def forget(connection: Connection, file_hash: FileHash) -> None:
    """Drop what was noted of a document."""
    connection.execute(delete(document_relation).where(document_relation.c.file_hash == file_hash))


def records_named(connection: Connection, name: Named) -> list[RecordId]:
    """Present records that the name may mean, by id.

    A number means the records that bear it; a title those that have it, and where a number was
    given as well only those of which none is known.
    """
    by_title = and_(record.c.title_key == name.title, record.c.title_key != "")
    if name.number:
        by_title = and_(by_title, record.c.number_key == "")
        meant = or_(record.c.number_key == name.number, by_title)
    else:
        meant = by_title
    statement = (
        select(record.c.record_id)
        .where(record.c.removed_at.is_(None), meant)
        .order_by(record.c.record_id)
    )
    return [RecordId(each) for each in connection.execute(statement).scalars()]


_REPEALED: Final = select(document_relation.c.title_key, document_relation.c.number_key).where(
    document_relation.c.kind.in_([RelationKind.REPEALS, RelationKind.REPLACES]),
    or_(
        document_relation.c.title_key.in_(bindparam("titles", expanding=True)),
        document_relation.c.number_key.in_(bindparam("numbers", expanding=True)),
    ),
)


def repealed_among(connection: Connection, names: Collection[Named]) -> set[Named]:
    """Those of the names under which any document of the archive repeals or replaces another.

    Who may see that document, and whether it means this very record, is not asked here.
    """
    titles = sorted({each.title for each in names if each.title})
    numbers = sorted({each.number for each in names if each.number})
    found = connection.execute(_REPEALED, {"titles": titles, "numbers": numbers}).all()
    by_title, by_number = {row.title_key for row in found}, {row.number_key for row in found}
    return {
        each
        for each in names
        if (each.title and each.title in by_title) or (each.number and each.number in by_number)
    }


def acts_on(connection: Connection, name: Named) -> list[tuple[RelationKind, Named, RecordId]]:
    """What documents of present records say of a document of that name, and which they are."""
    noted = document_relation.c
    by_title = and_(noted.title_key == name.title, noted.title_key != "")
    if name.number:
        # A relation that names another number means another document of that title.
        by_title = and_(by_title, noted.number_key == "")
        meant = or_(noted.number_key == name.number, by_title)
    else:
        meant = by_title
    statement = (
        select(noted.kind, noted.title_key, noted.number_key, record.c.record_id)
        .join(record_file, record_file.c.file_hash == noted.file_hash)
        .join(record, record.c.record_id == record_file.c.record_id)
        .where(record.c.removed_at.is_(None), meant)
        .distinct()
        .order_by(record.c.record_id, noted.kind, noted.title_key, noted.number_key)
    )
    return [
        (
            RelationKind(row.kind),
            Named(title=row.title_key, number=row.number_key),
            RecordId(row.record_id),
        )
        for row in connection.execute(statement)
    ]

"""Records with their descriptions and files."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, bindparam, delete, func, insert, or_, select, update

from indexer.access import Disclosure, Level, Opening, Secrecy
from indexer.custody import Custody, CustodyKind
from indexer.dates import PartialDate
from indexer.official.comparing import number_key, title_key
from indexer.records import Description, FileHash, FileRole, Record, RecordFile, RecordId
from indexer.tables import record, record_file, source_file, stored_file

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import BindParameter, ColumnElement, Connection, Row

_AT_ONCE: Final = 500
"""Ids in one statement; SQLite and PostgreSQL both take many more."""

_PLAIN: Final = (
    "title", "agency", "document_number", "genre", "archival_code", "index_number", "fonds",
    "fonds_name", "category", "volume", "item", "retention", "shelf_mark", "summary",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """A file as a record has it, before what is known of its content is joined to it."""

    ordinal: int
    name: str
    role: FileRole
    file_hash: FileHash | None
    source_file_id: int | None
    first_page: int = 1
    last_page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRecord:
    """A record as the database keeps it.

    Attributes:
        source_id: The source it came from. item_key: What identifies it there.
        batch_number: The batch that changed it last.
        origin: What it was made from besides its files, as JSON
            (:mod:`indexer.importing.origins`); ``None`` for records of an older version.
    """

    record_id: RecordId
    source_id: int
    item_key: str
    external_id: str
    batch_number: int
    description: Description
    files: tuple[FileLink, ...]
    content_hash: str
    revision: int
    removed_at: dt.datetime | None = None
    origin: dict[str, Any] | None = None


# Asked for every answer: to make them anew takes as long as to ask them.
_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_PRESENT: Final = select(record).where(record.c.record_id.in_(_IDS), record.c.removed_at.is_(None))
_FILES: Final = (
    select(
        record_file,
        stored_file.c.page_count,
        stored_file.c.size,
        stored_file.c.media_type,
        stored_file.c.extractor,
        # What was never read has no content that could say why: its path does.
        func.coalesce(stored_file.c.reason, source_file.c.reason).label("reason"),
        stored_file.c.unread_count,
    )
    .outerjoin(stored_file, stored_file.c.file_hash == record_file.c.file_hash)
    .outerjoin(source_file, source_file.c.source_file_id == record_file.c.source_file_id)
    .where(record_file.c.record_id.in_(_IDS))
    .order_by(record_file.c.record_id, record_file.c.ordinal)
)


def load_records(connection: Connection, ids: Sequence[RecordId]) -> dict[RecordId, Record]:
    """The records that exist among ``ids``; removed ones do not."""
    found: dict[RecordId, Record] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        files = _files_of(connection, some)
        for row in connection.execute(_PRESENT, {_IDS.key: some}):
            record_id = RecordId(row.record_id)
            found[record_id] = Record(
                record_id=record_id,
                external_id=row.external_id,
                description=description_of(row),
                files=tuple(files[record_id]),
                content_hash=row.content_hash,
                revision=row.revision,
            )
    return found


def iter_record_ids(connection: Connection, *, after: str = "") -> Iterator[RecordId]:
    """Every present record's id after ``after``, in order; read as they are asked for."""
    statement = (
        select(record.c.record_id)
        .where(record.c.record_id > after, record.c.removed_at.is_(None))
        .order_by(record.c.record_id)
        .execution_options(yield_per=_AT_ONCE)
    )
    for record_id in connection.execute(statement).scalars():
        yield RecordId(record_id)


def ids_after(connection: Connection, after: str, limit: int) -> list[RecordId]:
    """The next present records' ids after one, in order."""
    statement = (
        select(record.c.record_id)
        .where(record.c.record_id > after, record.c.removed_at.is_(None))
        .order_by(record.c.record_id)
        .limit(limit)
    )
    return [RecordId(each) for each in connection.execute(statement).scalars()]


def indexable_revisions(connection: Connection, ids: Sequence[RecordId]) -> dict[RecordId, int]:
    """Those of the records that an index holds, each with its revision."""
    found: dict[RecordId, int] = {}
    for start in range(0, len(ids), _AT_ONCE):
        statement = select(record.c.record_id, record.c.revision).where(
            record.c.record_id.in_(ids[start : start + _AT_ONCE]),
            record.c.removed_at.is_(None),
            record.c.audience.is_not(None),
        )
        for row in connection.execute(statement):
            found[RecordId(row.record_id)] = row.revision
    return found


def count(connection: Connection) -> int:
    """How many records there are."""
    statement = select(func.count()).select_from(record).where(record.c.removed_at.is_(None))
    return int(connection.execute(statement).scalar_one())


def count_indexable(connection: Connection) -> int:
    """How many records somebody may see, and an index therefore holds."""
    statement = (
        select(func.count())
        .select_from(record)
        .where(record.c.removed_at.is_(None), record.c.audience.is_not(None))
    )
    return int(connection.execute(statement).scalar_one())


def load_stored(connection: Connection, record_id: RecordId) -> StoredRecord | None:
    """A record as it is kept, removed or not; ``None`` if it never was."""
    return load_all_stored(connection, [record_id]).get(record_id)


def load_all_stored(
    connection: Connection, ids: Sequence[RecordId]
) -> dict[RecordId, StoredRecord]:
    """Those records as they are kept, removed or not, that ever were."""
    links: defaultdict[str, list[FileLink]] = defaultdict(list)
    for row in connection.execute(
        select(record_file)
        .where(record_file.c.record_id.in_(ids))
        .order_by(record_file.c.record_id, record_file.c.ordinal)
    ):
        links[row.record_id].append(
            FileLink(
                ordinal=row.ordinal,
                name=row.name,
                role=FileRole(row.role),
                file_hash=FileHash(row.file_hash) if row.file_hash else None,
                source_file_id=row.source_file_id,
                first_page=row.first_page,
                last_page=row.last_page,
            )
        )
    return {
        RecordId(row.record_id): StoredRecord(
            record_id=RecordId(row.record_id),
            source_id=row.source_id,
            item_key=row.item_key,
            external_id=row.external_id,
            batch_number=row.batch_number,
            description=description_of(row),
            files=tuple(links[row.record_id]),
            content_hash=row.content_hash,
            revision=row.revision,
            removed_at=row.removed_at,
            origin=row.origin,
        )
        for row in connection.execute(select(record).where(record.c.record_id.in_(ids)))
    }


def save(connection: Connection, stored: Sequence[StoredRecord]) -> None:
    """Insert or replace records with their files; each of them once."""
    ids = [each.record_id for each in stored]
    known = set(
        connection.execute(select(record.c.record_id).where(record.c.record_id.in_(ids))).scalars()
    )
    new = [_columns(each) for each in stored if each.record_id not in known]
    if new:
        connection.execute(insert(record), new)
    if known:
        connection.execute(
            update(record).where(record.c.record_id == bindparam("id")),
            [
                {"id": each.record_id, **_columns(each)}
                for each in stored
                if each.record_id in known
            ],
        )
        connection.execute(delete(record_file).where(record_file.c.record_id.in_(sorted(known))))
    links = [
        {
            "record_id": each.record_id,
            "ordinal": link.ordinal,
            "name": link.name,
            "role": link.role,
            "file_hash": link.file_hash,
            "source_file_id": link.source_file_id,
            "first_page": link.first_page,
            "last_page": link.last_page,
        }
        for each in stored
        for link in each.files
    ]
    if links:
        connection.execute(insert(record_file), links)
    note_lacking(connection, ids)


def note_lacking(connection: Connection, ids: Sequence[RecordId]) -> None:
    """Note which of these records have a file whose text is not read, or not all of it."""
    lacking = (
        select(record_file.c.record_id)
        .outerjoin(stored_file, stored_file.c.file_hash == record_file.c.file_hash)
        .where(
            record_file.c.record_id.in_(ids),
            or_(stored_file.c.page_count.is_(None), stored_file.c.page_count == 0,
                stored_file.c.unread_count > 0),
        )
    )  # fmt: skip
    connection.execute(
        update(record)
        .where(record.c.record_id.in_(ids))
        .values(lacks_text=record.c.record_id.in_(lacking))
    )


def note_origin(connection: Connection, record_id: RecordId, origin: dict[str, Any]) -> None:
    """Note what a record that is otherwise unchanged was made from this time."""
    connection.execute(update(record).where(record.c.record_id == record_id).values(origin=origin))


def mark_removed(
    connection: Connection, record_id: RecordId, *, revision: int, at: dt.datetime
) -> None:
    """Take a record out of the archive; its row stays for the log that cites it."""
    connection.execute(
        update(record)
        .where(record.c.record_id == record_id)
        .values(removed_at=at, revision=revision)
    )


def key_some(connection: Connection, limit: int) -> int:
    """Note how others name some records from before that was noted; how many they were."""
    statement = (
        select(record.c.record_id, record.c.title, record.c.document_number)
        .where(record.c.title_key.is_(None))
        .limit(limit)
    )
    keyed = [
        {
            "id": row.record_id,
            "named": title_key(row.title),
            "numbered": number_key(row.document_number),
        }
        for row in connection.execute(statement)
    ]
    if keyed:
        connection.execute(
            update(record)
            .where(record.c.record_id == bindparam("id"))
            .values(title_key=bindparam("named"), number_key=bindparam("numbered")),
            keyed,
        )
    return len(keyed)


def note_revision(connection: Connection, record_id: RecordId, revision: int) -> None:
    """Note that a record as it is now has a new place in the outbox."""
    connection.execute(
        update(record).where(record.c.record_id == record_id).values(revision=revision)
    )


def records_called(
    connection: Connection, visible: ColumnElement[bool], name: str, limit: int
) -> list[RecordId]:
    """Visible records that somebody may mean by a name, by title and id.

    Those whose identifier, 档号, number or title it is; where there are none, those whose title has
    it.
    """
    by_key = [
        and_(column != "", column == key)
        for column, key in (
            (record.c.title_key, title_key(name)),
            (record.c.number_key, number_key(name)),
        )
    ]
    own = (record.c.record_id, record.c.external_id, record.c.archival_code)
    exactly = or_(*(column == name for column in own), *by_key)
    for meant in (exactly, record.c.title.contains(name, autoescape=True)):
        statement = (
            select(record.c.record_id)
            .where(visible, meant)
            .order_by(record.c.title, record.c.record_id)
            .limit(limit)
        )
        if found := connection.execute(statement).scalars().all():
            return [RecordId(each) for each in found]
    return []


def records_with_file(connection: Connection, file_hash: FileHash) -> list[RecordId]:
    """Records, present or removed, that have this content among their files."""
    statement = (
        select(record_file.c.record_id)
        .where(record_file.c.file_hash == file_hash)
        .distinct()
        .order_by(record_file.c.record_id)
    )
    return [RecordId(each) for each in connection.execute(statement).scalars()]


def records_from_files(
    connection: Connection, source_file_ids: Sequence[int]
) -> list[tuple[int, RecordId, str]]:
    """Records ever made from these files of a source: ``(source_file_id, record, key)``."""
    statement = (
        select(record_file.c.source_file_id, record.c.record_id, record.c.item_key)
        .join(record, record.c.record_id == record_file.c.record_id)
        .where(record_file.c.source_file_id.in_(source_file_ids))
        .order_by(record.c.record_id, record_file.c.ordinal)
    )
    return [
        (row.source_file_id, RecordId(row.record_id), row.item_key)
        for row in connection.execute(statement)
    ]


def present_keys(
    connection: Connection, source_id: int, keys: Iterable[str]
) -> dict[str, tuple[str, str]]:
    """Which of the keys records of a source have, each with its external id and 档号."""
    wanted = sorted(set(keys))
    found: dict[str, tuple[str, str]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        statement = select(record.c.item_key, record.c.external_id, record.c.archival_code).where(
            record.c.source_id == source_id,
            record.c.removed_at.is_(None),
            record.c.item_key.in_(wanted[start : start + _AT_ONCE]),
        )
        for key, external_id, code in connection.execute(statement):
            found[key] = (external_id, code)
    return found


def is_file_in_use(connection: Connection, file_hash: FileHash) -> bool:
    """Whether a present record has this content."""
    statement = (
        select(record_file.c.record_id)
        .join(record, record.c.record_id == record_file.c.record_id)
        .where(record_file.c.file_hash == file_hash, record.c.removed_at.is_(None))
        .limit(1)
    )
    return connection.execute(statement).first() is not None


def _columns(stored: StoredRecord) -> dict[str, Any]:
    return {
        "record_id": stored.record_id,
        "source_id": stored.source_id,
        "item_key": stored.item_key,
        "external_id": stored.external_id,
        "batch_number": stored.batch_number,
        "content_hash": stored.content_hash,
        "revision": stored.revision,
        "removed_at": stored.removed_at,
        "origin": stored.origin,
        **columns_of(stored.description),
    }


def columns_of(description: Description) -> dict[str, Any]:
    """A description as column values, with the audience they yield."""
    level, custody = description.level, description.custody
    return {
        **{name: getattr(description, name) for name in _PLAIN},
        "date": description.date.isoformat() if description.date else "",
        "persons": list(description.persons),
        "secrecy": level.secrecy,
        "opening": level.opening,
        "disclosure": level.disclosure,
        "custody": None if custody is None else custody.kind,
        "transfer_due": _iso(custody.due_on if custody else None),
        "transferred": _iso(custody.transferred_on if custody else None),
        "audience": None if level.audience is None else int(level.audience),
        "internal_to": description.agency if level.is_internal else None,
        "title_key": title_key(description.title),
        "number_key": number_key(description.document_number),
    }


def description_of(row: Row[Any]) -> Description:
    """The description in a row of ``record``."""
    return Description(
        **{name: getattr(row, name) for name in _PLAIN},
        date=PartialDate.fromisoformat(row.date) if row.date else None,
        persons=tuple(row.persons),
        level=Level(
            secrecy=Secrecy(row.secrecy),
            opening=Opening(row.opening),
            disclosure=Disclosure(row.disclosure) if row.disclosure else None,
        ),
        custody=(
            Custody(
                kind=CustodyKind(row.custody),
                due_on=PartialDate.fromisoformat(row.transfer_due) if row.transfer_due else None,
                transferred_on=(
                    PartialDate.fromisoformat(row.transferred) if row.transferred else None
                ),
            )
            if row.custody
            else None
        ),
    )


def _iso(date: PartialDate | None) -> str | None:
    return None if date is None else date.isoformat()


def _files_of(
    connection: Connection, ids: Sequence[RecordId]
) -> defaultdict[RecordId, list[RecordFile]]:
    files: defaultdict[RecordId, list[RecordFile]] = defaultdict(list)
    for row in connection.execute(_FILES, {_IDS.key: ids}):
        files[RecordId(row.record_id)].append(
            RecordFile(
                ordinal=row.ordinal,
                name=row.name,
                file_hash=FileHash(row.file_hash) if row.file_hash else None,
                role=FileRole(row.role),
                page_count=row.page_count or 0,
                first_page=row.first_page,
                last_page=row.last_page,
                size=row.size or 0,
                media_type=row.media_type or "",
                extractor=row.extractor or "",
                reason=row.reason or "",
                unread_pages=row.unread_count or 0,
            )
        )
    return files

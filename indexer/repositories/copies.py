"""Copies: contents that were found to be one text, and the records that people see by them.

A record is a copy of another by a file that both have whole. Of a volume's file each record has
its own pages: there the same bytes are a copy only where the pages are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, bindparam, case, delete, func, insert, literal, or_, select, union_all

from indexer.copies import CopyKind
from indexer.records import FileHash, RecordId
from indexer.tables import (
    copy_link,
    copy_refusal,
    fingerprint,
    record,
    record_file,
    stored_file,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import BindParameter, ColumnElement, Connection, Row, Select, Subquery

LISTED: Final = 1_000
"""Pairs that can be looked through, the newest: the rest are found on their records."""

_EXACT: Final = 1000
_KEPT: Final = 64
_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLink:
    """Two contents that are copies.

    Attributes:
        first_hash: The smaller hash. second_hash: The larger one.
        similarity: Per mille of the characters that both have in the same order.
    """

    first_hash: FileHash
    second_hash: FileHash
    kind: CopyKind
    similarity: int
    found_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CopySeen:
    """A record that is a copy of another by one of its files.

    Attributes:
        record_id: Of which record. ordinal: By which of its files.
        copy_id: The copy. copy_ordinal: The file that is one.
        similarity: Per mille.
    """

    record_id: RecordId
    ordinal: int
    copy_id: RecordId
    copy_ordinal: int
    kind: CopyKind
    similarity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchCopies:
    """What a batch brought that was there already.

    Attributes:
        copies: Its contents with a copy. waiting: Its contents that are still to be compared.
    """

    copies: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyCounts:
    """How many pairs of files there are of each kind."""

    same_text: int
    nearly_same: int


def pair_of(one: FileHash, other: FileHash) -> tuple[FileHash, FileHash]:
    """Two contents in the order in which they are kept."""
    return (one, other) if one < other else (other, one)


def link(
    connection: Connection,
    own: FileHash,
    found: Mapping[FileHash, tuple[CopyKind, int]],
    at: dt.datetime,
) -> None:
    """Note the copies of a content, as ``{other: (kind, similarity)}``; new ones, each once."""
    if not found:
        return
    rows = []
    for other, (kind, similarity) in sorted(found.items()):
        first, second = pair_of(own, other)
        rows.append(
            {
                "first_hash": first,
                "second_hash": second,
                "kind": kind,
                "similarity": similarity,
                "found_at": at,
            }
        )
    connection.execute(insert(copy_link), rows)


def refused_with(connection: Connection, own: FileHash) -> frozenset[FileHash]:
    """Contents of which an archivist has said that they are no copies of this one."""
    table = copy_refusal.c
    statement = select(table.first_hash, table.second_hash).where(
        or_(table.first_hash == own, table.second_hash == own)
    )
    return frozenset(
        FileHash(second if first == own else first)
        for first, second in connection.execute(statement)
    )


def refuse(
    connection: Connection,
    pair: tuple[FileHash, FileHash],
    *,
    ground: str,
    by: str,
    at: dt.datetime,
) -> bool:
    """Keep an archivist's word that a pair are no copies; whether they were held for copies."""
    first, second = pair_of(*pair)
    gone = connection.execute(
        delete(copy_link).where(copy_link.c.first_hash == first, copy_link.c.second_hash == second)
    )
    if not gone.rowcount:
        return False
    connection.execute(
        insert(copy_refusal).values(
            first_hash=first, second_hash=second, ground=ground, refused_by=by, refused_at=at
        )
    )
    return True


def copies_of(
    connection: Connection, visible: ColumnElement[bool], record_id: RecordId
) -> list[CopySeen]:
    """Visible records that are copies of one, each once by its closest file, the closest first.

    Args:
        connection: The database.
        visible: The condition of :func:`~indexer.repositories.browsing.visible_to`.
        record_id: Whose copies; that it may be seen is for the caller to know.
    """
    pairs = _pairs()
    statement = (
        select(pairs)
        .join(record, record.c.record_id == pairs.c.copy_id)
        .where(visible)
        .order_by(
            pairs.c.rank,
            pairs.c.similarity.desc(),
            record.c.date,
            record.c.record_id,
            pairs.c.ordinal,
            pairs.c.copy_ordinal,
        )
    )
    seen: dict[RecordId, CopySeen] = {}
    for row in connection.execute(statement, {_IDS.key: [record_id]}):
        seen.setdefault(RecordId(row.copy_id), _seen(row))
    return list(seen.values())


def count_copies(
    connection: Connection, visible: ColumnElement[bool], ids: Sequence[RecordId]
) -> dict[RecordId, int]:
    """How many visible records are copies of each of ``ids``; those without any are left out."""
    counted = connection.execute(_counting(visible), {_IDS.key: list(ids)})
    return {RecordId(record_id): int(number) for record_id, number in counted}


@lru_cache(maxsize=_KEPT)
def _counting(visible: ColumnElement[bool]) -> Select[Any]:
    """The statement of :func:`count_copies`, kept like the condition itself."""
    pairs = _pairs()
    return (
        select(pairs.c.record_id, func.count(func.distinct(pairs.c.copy_id)))
        .join(record, record.c.record_id == pairs.c.copy_id)
        .where(visible)
        .group_by(pairs.c.record_id)
    )


def same_texts(connection: Connection, ids: Sequence[RecordId]) -> dict[RecordId, set[RecordId]]:
    """Which of some records have for their first file a copy of another's first file.

    What is attached to a record, or stands behind its first file, makes it no copy.
    """
    pairs = _pairs()
    statement = (
        select(pairs.c.record_id, pairs.c.copy_id)
        .where(pairs.c.copy_id.in_(_IDS), pairs.c.ordinal == 0, pairs.c.copy_ordinal == 0)
        .distinct()
    )
    found: dict[RecordId, set[RecordId]] = {}
    for record_id, copy_id in connection.execute(statement, {_IDS.key: list(ids)}):
        found.setdefault(RecordId(record_id), set()).add(RecordId(copy_id))
    return found


def count_links(connection: Connection, visible: ColumnElement[bool]) -> int:
    """How many pairs can be looked through: both of visible records, :data:`LISTED` at most."""
    statement = select(func.count()).select_from(_listed(visible))
    return int(connection.execute(statement).scalar_one())


def links(
    connection: Connection, visible: ColumnElement[bool], *, offset: int, limit: int
) -> list[CopyLink]:
    """Some pairs of visible records' contents, the newest first."""
    listed = _listed(visible)
    statement = select(listed).order_by(listed.c.number.desc()).offset(offset).limit(limit)
    return [
        CopyLink(
            first_hash=FileHash(row.first_hash),
            second_hash=FileHash(row.second_hash),
            kind=CopyKind(row.kind),
            similarity=row.similarity,
            found_at=row.found_at,
        )
        for row in connection.execute(statement)
    ]


def count_kinds(connection: Connection) -> CopyCounts:
    """How many pairs were found, whoever may see them: for the operator, never on a page."""
    statement = select(copy_link.c.kind, func.count()).group_by(copy_link.c.kind)
    counts = {kind: int(number) for kind, number in connection.execute(statement)}
    return CopyCounts(
        same_text=counts.get(CopyKind.SAME_TEXT, 0), nearly_same=counts.get(CopyKind.NEARLY_SAME, 0)
    )


def holders(
    connection: Connection, visible: ColumnElement[bool], hashes: Iterable[FileHash]
) -> dict[FileHash, list[tuple[RecordId, int]]]:
    """Visible records that have these contents whole, as ``(record, file ordinal)``, by 档号."""
    statement = (
        select(record_file.c.file_hash, record.c.record_id, record_file.c.ordinal)
        .join(record, record.c.record_id == record_file.c.record_id)
        .where(record_file.c.file_hash.in_(sorted(set(hashes))), _is_whole(record_file.c), visible)
        .order_by(record.c.archival_code, record.c.record_id, record_file.c.ordinal)
    )
    found: dict[FileHash, list[tuple[RecordId, int]]] = {}
    for file_hash, record_id, ordinal in connection.execute(statement):
        found.setdefault(FileHash(file_hash), []).append((RecordId(record_id), ordinal))
    return found


def of_batch(connection: Connection, batch_number: int) -> BatchCopies:
    """What a batch brought that was there already, by text."""
    of_batch = stored_file.c.batch_number == batch_number
    has_link = (
        select(copy_link.c.number)
        .where(
            or_(
                copy_link.c.first_hash == stored_file.c.file_hash,
                copy_link.c.second_hash == stored_file.c.file_hash,
            )
        )
        .exists()
    )
    is_waiting = case((fingerprint.c.is_compared.is_(False), 1), else_=0)
    statement = (
        select(
            func.coalesce(func.sum(case((has_link, 1), else_=0)), 0),
            func.coalesce(func.sum(is_waiting), 0),
        )
        .select_from(stored_file)
        .join(fingerprint, fingerprint.c.file_hash == stored_file.c.file_hash)
        .where(of_batch)
    )
    copies, waiting = connection.execute(statement).one()
    return BatchCopies(copies=int(copies), waiting=int(waiting))


def _listed(visible: ColumnElement[bool]) -> Subquery:
    shown = [
        select(record_file.c.record_id)
        .join(record, record.c.record_id == record_file.c.record_id)
        .where(record_file.c.file_hash == side, _is_whole(record_file.c), visible)
        .exists()
        for side in (copy_link.c.first_hash, copy_link.c.second_hash)
    ]
    return (
        select(copy_link).where(*shown).order_by(copy_link.c.number.desc()).limit(LISTED).subquery()
    )


@cache
def _pairs() -> Subquery:
    """Files of the records ``ids`` with files of other records that are copies of them.

    Made once: every answer asks it, and making it takes longer than answering it.
    """
    own, other = record_file.alias("own"), record_file.alias("other")
    apart = other.c.record_id != own.c.record_id
    same_pages = and_(
        own.c.first_page == other.c.first_page,
        func.coalesce(own.c.last_page, 0) == func.coalesce(other.c.last_page, 0),
    )
    columns = (
        own.c.record_id.label("record_id"),
        own.c.ordinal.label("ordinal"),
        other.c.record_id.label("copy_id"),
        other.c.ordinal.label("copy_ordinal"),
    )
    same_bytes = (
        select(
            *columns,
            literal(CopyKind.SAME_BYTES.value).label("kind"),
            literal(_EXACT).label("similarity"),
            literal(0).label("rank"),
        )
        .join(other, and_(other.c.file_hash == own.c.file_hash, apart, same_pages))
        .where(own.c.record_id.in_(_IDS))
    )
    rank = case((copy_link.c.kind == CopyKind.SAME_TEXT.value, 1), else_=2)
    linked = [
        select(
            *columns,
            copy_link.c.kind.label("kind"),
            copy_link.c.similarity.label("similarity"),
            rank.label("rank"),
        )
        .join(copy_link, here == own.c.file_hash)
        .join(other, and_(other.c.file_hash == there, apart))
        .where(own.c.record_id.in_(_IDS), _is_whole(own.c), _is_whole(other.c))
        for here, there in (
            (copy_link.c.first_hash, copy_link.c.second_hash),
            (copy_link.c.second_hash, copy_link.c.first_hash),
        )
    ]
    return union_all(same_bytes, *linked).subquery("pairs")


def _is_whole(file: Any) -> ColumnElement[bool]:  # noqa: ANN401 - columns of a table or its alias
    return and_(file.first_page == 1, file.last_page.is_(None))


def _seen(row: Row[Any]) -> CopySeen:
    return CopySeen(
        record_id=RecordId(row.record_id),
        ordinal=row.ordinal,
        copy_id=RecordId(row.copy_id),
        copy_ordinal=row.copy_ordinal,
        kind=CopyKind(row.kind),
        similarity=row.similarity,
    )

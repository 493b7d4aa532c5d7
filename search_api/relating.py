"""What a record's document says of itself, and what documents do to each other.

Everything here is asked within the viewer's rights: a record they may not see neither repeals nor
is repealed, as if it were not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from indexer.analysis.mongolian import is_mongolian
from indexer.official import ParsedDocument, RelationKind
from indexer.official.as_json import parsed_from_json
from indexer.repositories import files, parsing, relations
from indexer.repositories.relations import named
from search_api.answers import Repeal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from indexer.official import Relation
    from indexer.records import Record, RecordId
    from indexer.repositories.relations import Named

    See = Callable[[Sequence[RecordId]], Mapping[RecordId, Record]]
    """Of those records the ones that the viewer may see."""

_REPEALING: Final = frozenset({RelationKind.REPEALS, RelationKind.REPLACES})
_REPEALED_WORDS: Final = frozenset({"已废止", "废止", "失效"})
"""Of what published pages say of their 有效性."""

_SHOWN: Final = 50
"""Relations of one document that are looked at."""


class Validity(StrEnum):
    """What other records say of a document."""

    AMENDED = "amended"  # 已修改
    REPEALED = "repealed"  # 已废止


@dataclass(frozen=True, slots=True, kw_only=True)
class ActsOn:
    """What the document does to another.

    Attributes:
        relation: As the document says it.
        record: The record it means, or ``None`` where none or several may be meant.
    """

    relation: Relation
    record: Record | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActedOnBy:
    """A record whose document does something to this one."""

    kind: RelationKind
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A record's document among others.

    Attributes:
        said: What it says of itself. acts_on: What it does to others.
        acted_on_by: What others do to it, the latest last.
        twins: The same paper in the other script, Mongolian or Chinese.
    """

    said: ParsedDocument
    acts_on: tuple[ActsOn, ...]
    acted_on_by: tuple[ActedOnBy, ...]
    twins: tuple[Record, ...] = ()

    @property
    def validity(self) -> Validity | None:
        """What the others' words amount to, or ``None``: that nothing is known is no 有效."""
        kinds = {each.kind for each in self.acted_on_by}
        if kinds & _REPEALING:
            return Validity.REPEALED
        return Validity.AMENDED if kinds else None


def relate(connection: Connection, record: Record, see: See) -> Related:
    """A record's document and its relations to others that ``see`` lets through."""
    said = _said(connection, record)
    return Related(
        said=said,
        acts_on=tuple(
            ActsOn(
                relation=each,
                record=_meant(connection, named(each.title, each.document_number), record, see),
            )
            for each in said.relations[:_SHOWN]
        ),
        acted_on_by=_acting(connection, record, see),
        twins=_twins(connection, record, see),
    )


def repeals(
    connection: Connection, records: Mapping[RecordId, Record], see: See
) -> dict[RecordId, Repeal]:
    """Those of some records whose document is known to be repealed, and by what.

    By its own word, as published pages say it, or by that of a later one that ``see`` lets through.
    """
    hashes = {
        record_id: record.files[0].file_hash
        for record_id, record in records.items()
        if record.files and record.files[0].file_hash
    }
    by_own_word = parsing.with_validity(connection, filter(None, hashes.values()), _REPEALED_WORDS)
    names = {
        record_id: named(record.description.title, record.description.document_number)
        for record_id, record in records.items()
    }
    maybe = relations.repealed_among(connection, set(names.values()))
    found: dict[RecordId, Repeal] = {}
    for record_id, record in records.items():
        if hashes.get(record_id) in by_own_word:
            found[record_id] = Repeal()
        if names[record_id] in maybe:
            by = [each for each in _acting(connection, record, see) if each.kind in _REPEALING]
            if by:
                found[record_id] = Repeal(by=by[-1].record)
    return found


def _twins(connection: Connection, record: Record, see: See) -> tuple[Record, ...]:
    """Records of the same number whose titles are in the other script."""
    about = record.description
    number = named("", about.document_number)
    if not number.number:
        return ()
    script = is_mongolian(about.title)
    found = see(relations.records_named(connection, number)).values()
    return tuple(
        sorted(
            (
                each
                for each in found
                if each.description.title
                and is_mongolian(each.description.title) is not script
                and each.record_id != record.record_id
            ),
            key=lambda each: each.record_id,
        )
    )


def _said(connection: Connection, record: Record) -> ParsedDocument:
    first = record.files[0].file_hash if record.files else None
    content = files.contents(connection, [first]).get(first) if first else None
    return (parsed_from_json(content.parsed) if content else None) or ParsedDocument()


def _meant(connection: Connection, name: Named, by: Record, see: See) -> Record | None:
    """The one record that is meant, if ``by`` can mean it and no other that is different."""
    ids = relations.records_named(connection, name)
    found = [each for each in see(ids).values() if _can_mean(by, each)]
    same = {named("", each.description.document_number).number for each in found}
    return min(found, key=lambda each: each.record_id) if len(same) == 1 else None


def _acting(connection: Connection, record: Record, see: See) -> tuple[ActedOnBy, ...]:
    about = record.description
    own = named(about.title, about.document_number)
    noted = relations.acts_on(connection, own)
    seen = see([record_id for _, _, record_id in noted])
    found: dict[tuple[RelationKind, RecordId], ActedOnBy] = {}
    for kind, name, record_id in noted:
        by = seen.get(record_id)
        if by is None or not _can_mean(by, record):
            continue
        meant = _meant(connection, name, by, see)
        # Copies of one paper are all meant.
        if meant is not None and (meant.record_id == record.record_id or _is_copy(meant, record)):
            found.setdefault((kind, record_id), ActedOnBy(kind=kind, record=by))
    return tuple(_without_copies(sorted(found.values(), key=_by_date)))


def _without_copies(found: Iterable[ActedOnBy]) -> list[ActedOnBy]:
    """Of copies of one paper the first alone: it has acted once."""
    kept: list[ActedOnBy] = []
    for each in found:
        if not any(
            each.kind is other.kind and _is_copy(each.record, other.record) for other in kept
        ):
            kept.append(each)
    return kept


def _can_mean(by: Record, other: Record) -> bool:
    """Whether a document can act on another: not on itself, and not on a later one."""
    if by.record_id == other.record_id or _is_copy(by, other):
        return False
    date, earlier = by.description.date, other.description.date
    if date is None or earlier is None:
        # Without days, a text of the same name may be the very same.
        return named(by.description.title, "") != named(other.description.title, "")
    if named(by.description.title, "") == named(other.description.title, ""):
        return earlier.last_day < date.first_day
    return earlier.first_day <= date.last_day


def _is_copy(one: Record, other: Record) -> bool:
    """Whether two records are of one paper: the same file, or the same number."""
    hashes = {file.file_hash for file in one.files if file.file_hash}
    if not hashes.isdisjoint(file.file_hash for file in other.files):
        return True
    number = named("", one.description.document_number).number
    return bool(number) and number == named("", other.description.document_number).number


def _by_date(acting: ActedOnBy) -> tuple[str, str]:
    date = acting.record.description.date
    return (date.isoformat() if date else "", acting.record.record_id)

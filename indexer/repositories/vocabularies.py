"""Versions of the vocabulary: what each took away and added, by whom and why."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import case, func, insert, select
from sqlalchemy.exc import IntegrityError

from indexer.analysis.thesaurus import Relation, Years
from indexer.errors import VocabularyRefusedError
from indexer.tables import vocabulary_change, vocabulary_version
from indexer.vocabulary import Entry, Kind
from indexer.vocabulary.model import vocabulary

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection

    from indexer.vocabulary import Revision, Vocabulary

_ENTRY: Final = "entry"
_WORD: Final = "word"


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One version.

    Attributes:
        made_by: Account or operator. reason: Why.
        restores: The version that it goes back to, or ``None``.
        added, removed: How many entries and words; one that was changed counts as both.
    """

    number: int
    made_by: str
    made_at: dt.datetime
    reason: str
    restores: int | None
    added: int
    removed: int


def newest(connection: Connection) -> int:
    """The number of the last version; 0 before the first."""
    return connection.execute(select(func.max(vocabulary_version.c.number))).scalar() or 0


def list_all(connection: Connection) -> list[VersionRow]:
    """Every version, the newest first."""
    is_added = vocabulary_change.c.is_added
    statement = (
        select(
            *vocabulary_version.c,
            func.coalesce(func.sum(case((is_added, 1), else_=0)), 0).label("added"),
            func.coalesce(func.sum(case((is_added.is_(False), 1), else_=0)), 0).label("removed"),
        )
        .outerjoin(vocabulary_change, vocabulary_change.c.version == vocabulary_version.c.number)
        .group_by(*vocabulary_version.c)
        .order_by(vocabulary_version.c.number.desc())
    )
    return [VersionRow(**row._mapping) for row in connection.execute(statement)]  # noqa: SLF001


def load(connection: Connection, number: int) -> Vocabulary:
    """A version; 0 is the empty one.

    Raises:
        VocabularyRefusedError: There is no such version.
    """
    if not 0 <= number <= newest(connection):
        raise VocabularyRefusedError("no_version")
    contents = _contents(connection, number)
    return vocabulary(
        map(_entry, contents[_ENTRY]), (str(json.loads(word)) for word in contents[_WORD])
    )


def words(connection: Connection, number: int) -> tuple[str, ...]:
    """The words alone of a version, in order."""
    kept = _contents(connection, number, _WORD)[_WORD]
    return vocabulary((), (str(json.loads(word)) for word in kept)).words


def add(
    connection: Connection,
    number: int,
    revision: Revision,
    *,
    by: str,
    reason: str,
    at: dt.datetime,
    restores: int | None = None,
) -> None:
    """Keep a version; ``number`` is the one after the last.

    Raises:
        VocabularyRefusedError: Somebody else made a version of that number meanwhile.
    """
    try:
        connection.execute(
            insert(vocabulary_version).values(
                number=number, made_by=by, made_at=at, reason=reason, restores=restores
            )
        )
    except IntegrityError as error:
        raise VocabularyRefusedError("moved") from error
    old = [before for before, _ in revision.changed]
    new = [after for _, after in revision.changed]
    changes = [
        *((False, _ENTRY, _content(each)) for each in (*revision.removed, *old)),
        *((False, _WORD, _json(each)) for each in revision.words_removed),
        *((True, _ENTRY, _content(each)) for each in (*revision.added, *new)),
        *((True, _WORD, _json(each)) for each in revision.words_added),
    ]
    if changes:
        connection.execute(
            insert(vocabulary_change),
            [
                {
                    "version": number,
                    "ordinal": ordinal,
                    "is_added": is_added,
                    "kind": kind,
                    "content": content,
                }
                for ordinal, (is_added, kind, content) in enumerate(changes, start=1)
            ],
        )


def _contents(connection: Connection, number: int, *kinds: str) -> dict[str, dict[str, None]]:
    statement = (
        select(vocabulary_change.c.is_added, vocabulary_change.c.kind, vocabulary_change.c.content)
        .where(
            vocabulary_change.c.version <= number,
            vocabulary_change.c.kind.in_(kinds or (_ENTRY, _WORD)),
        )
        .order_by(vocabulary_change.c.version, vocabulary_change.c.ordinal)
    )
    kept: dict[str, dict[str, None]] = {_ENTRY: {}, _WORD: {}}
    for is_added, kind, content in connection.execute(statement):
        if is_added:
            kept[kind][content] = None
        else:
            kept[kind].pop(content, None)
    return kept


def _content(entry: Entry) -> str:
    return _json(
        [
            entry.term,
            entry.other,
            entry.relation.value,
            entry.kind.value,
            [entry.term_years.first, entry.term_years.last],
            [entry.other_years.first, entry.other_years.last],
            entry.note,
        ]
    )


def _entry(content: str) -> Entry:
    term, other, relation, kind, term_years, other_years, note = json.loads(content)
    return Entry(
        term=term,
        other=other,
        relation=Relation(relation),
        kind=Kind(kind),
        term_years=Years(*term_years),
        other_years=Years(*other_years),
        note=note,
    )


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

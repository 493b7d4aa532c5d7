"""What the two indexes of a pair hold: their fields, and what a record puts into them.

One table for every engine: an adapter makes its schema of the kinds, and writes the values as they
are.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from indexer.engine.port import Pair

if TYPE_CHECKING:
    from indexer.access import RecordAccess
    from indexer.engine.port import AnalyzedPassage, AnalyzedRecord
    from indexer.records import RecordId

Value: TypeAlias = "int | str | tuple[str, ...]"

PAIRS: Final = tuple(Pair)
UNDATED_LAST: Final = 2**62
_KEY_BITS: Final = 36


class Kind(StrEnum):
    """What a field is for."""

    IDENTITY = "identity"  # the record's id: matched whole, and handed back
    NUMBER = "number"  # a whole number from 0 below 2**63: matched, compared, sorted by, read
    COLUMN = "column"  # the same, only read
    EXACT = "exact"  # strings matched whole
    COUNTED = "counted"  # the same, and what answers are counted by
    TOKENS = "tokens"  # tokens parted by spaces: there or not
    FREQUENT = "frequent"  # and how often
    PLACED = "placed"  # and where
    KEPT = "kept"  # a text that is handed back and never looked through


RECORD_FIELDS: Final = {
    "key": Kind.NUMBER,
    "revision": Kind.NUMBER,
    "record_id": Kind.IDENTITY,
    "access": Kind.EXACT,
    "fonds": Kind.EXACT,
    "agency": Kind.COUNTED,
    "category": Kind.COUNTED,
    "audience": Kind.NUMBER,
    "year": Kind.NUMBER,
    "first_day": Kind.NUMBER,
    "last_day": Kind.NUMBER,
    "newest": Kind.NUMBER,
    "oldest": Kind.NUMBER,
    "numbers": Kind.TOKENS,
    "agency_chars": Kind.PLACED,
    "persons_chars": Kind.PLACED,
    "number_tokens": Kind.PLACED,
    "code_tokens": Kind.PLACED,
    "number_keys": Kind.TOKENS,
    "code_keys": Kind.TOKENS,
    "told": Kind.KEPT,
    "named": Kind.KEPT,
    "told_chars": Kind.PLACED,
    "sounds": Kind.PLACED,
    "rough_sounds": Kind.PLACED,
    "title_sounds": Kind.PLACED,
    "named_chars": Kind.PLACED,
    "named_sounds": Kind.PLACED,
    "initials": Kind.TOKENS,
    "title_initials": Kind.TOKENS,
    "place": Kind.COUNTED,
    "title_words": Kind.FREQUENT,
    "title_bigrams": Kind.FREQUENT,
    "title_chars": Kind.PLACED,
    "body_words": Kind.FREQUENT,
    "body_bigrams": Kind.FREQUENT,
    "body_chars": Kind.PLACED,
}
"""Whole records: matching, totals, facets, ranking, order."""

PASSAGE_FIELDS: Final = {
    "key": Kind.NUMBER,
    "revision": Kind.NUMBER,
    "file_ordinal": Kind.COLUMN,
    "page": Kind.COLUMN,
    "start": Kind.COLUMN,
    "end": Kind.COLUMN,
    "words": Kind.FREQUENT,
    "chars": Kind.PLACED,
}
"""Passages: where in its text a record was met.

Without bigrams: they would be half of the index and of the time to build it, and leaving them out
moved nDCG@10 by less than 0.002 on both judged sets.
"""


def record_values(record: AnalyzedRecord) -> dict[str, Value]:
    """What a record puts into the records index, by field; empty strings among it."""
    access = record.access
    key = key_of(access.record_id)
    fields, spoken = record.fields, record.spoken
    return {
        "key": key,
        "revision": record.revision,
        "record_id": access.record_id,
        "access": access_tokens(access),
        "fonds": access.fonds,
        "agency": record.agency,
        "category": record.category,
        "audience": int(access.audience or 0),
        "year": record.year,
        "first_day": record.first_day,
        "last_day": record.last_day,
        "newest": date_key(record.last_day, key),
        "oldest": (
            date_key(record.first_day, key) if record.first_day else UNDATED_LAST + (key >> 4)
        ),
        "numbers": record.numbers,
        "agency_chars": fields.agency,
        "persons_chars": fields.persons,
        "number_tokens": fields.number,
        "code_tokens": fields.code,
        "number_keys": fields.number_keys,
        "code_keys": fields.code_keys,
        "told": spoken.told,
        "named": spoken.named,
        "told_chars": spoken.told_chars,
        "sounds": spoken.sounds,
        "rough_sounds": spoken.rough_sounds,
        "initials": spoken.initials,
        "title_sounds": spoken.title_sounds,
        "title_initials": spoken.title_initials,
        "named_chars": spoken.named_chars,
        "named_sounds": spoken.named_sounds,
        "place": spoken.places,
        "title_words": record.title.words,
        "title_bigrams": record.title.bigrams,
        "title_chars": record.title.chars,
        "body_words": record.body.words,
        "body_bigrams": record.body.bigrams,
        "body_chars": record.body.chars,
    }


def passage_values(record: AnalyzedRecord, passage: AnalyzedPassage) -> dict[str, Value]:
    """What one of its passages puts into the passages index, by field."""
    return {
        "key": key_of(record.access.record_id),
        "revision": record.revision,
        "file_ordinal": passage.file_ordinal,
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
        "words": passage.views.words,
        "chars": passage.views.chars,
    }


def key_of(record_id: RecordId) -> int:
    """The record's key: 62 bits, the same in every index; ties are broken by it."""
    return int.from_bytes(hashlib.sha256(record_id.encode()).digest()[:8]) >> 2


def access_tokens(access: RecordAccess) -> tuple[str, ...]:
    """What a viewer must have one of to see the record.

    Raises:
        ValueError: Nobody may see it, so it must not be indexed.
    """
    if access.audience is None:
        msg = f"{access.record_id} may be seen by nobody"
        raise ValueError(msg)
    if access.internal_to is None:
        return (f"audience:{int(access.audience)}",)
    return ("internal", f"internal:{access.internal_to}")


def date_key(day: int, key: int) -> int:
    """A unique sort value: ``yyyymmdd`` first, then the record's key."""
    return day << _KEY_BITS | key & (1 << _KEY_BITS) - 1

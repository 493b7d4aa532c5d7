"""The two tantivy schemas, and the names both sides of the adapter use."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from tantivy import Index, Schema, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from indexer.engine.port import Pair
from indexer.errors import EngineUnavailableError

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.access import RecordAccess
    from indexer.records import RecordId

SCHEMA_VERSION: Final = 4

PAIRS: Final = tuple(Pair)
UNDATED_LAST: Final = 2**62
_KEY_BITS: Final = 36

_SPACES: Final = "spaces"


def records_schema() -> Schema:
    """Whole records: matching, totals, facets, ranking, order."""
    builder = SchemaBuilder()
    _identity(builder)
    builder.add_text_field("record_id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("access", "fonds"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("agency", "category"):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("audience", "year", "first_day", "last_day", "newest", "oldest"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_text_field("numbers", tokenizer_name=_SPACES, index_option="basic")
    for name in ("agency_chars", "persons_chars", "number_tokens", "code_tokens"):
        builder.add_text_field(name, tokenizer_name=_SPACES, index_option="position")
    for name in ("number_keys", "code_keys"):
        builder.add_text_field(name, tokenizer_name=_SPACES, index_option="basic")
    for name in ("told", "named"):
        builder.add_bytes_field(name, stored=True)
    for name in (
        "told_chars",
        "sounds",
        "rough_sounds",
        "title_sounds",
        "named_chars",
        "named_sounds",
    ):
        builder.add_text_field(name, tokenizer_name=_SPACES, index_option="position")
    for name in ("initials", "title_initials"):
        builder.add_text_field(name, tokenizer_name=_SPACES, index_option="basic")
    builder.add_text_field("place", fast=True, tokenizer_name="raw", index_option="basic")
    for part in ("title", "body"):
        builder.add_text_field(f"{part}_words", tokenizer_name=_SPACES, index_option="freq")
        builder.add_text_field(f"{part}_bigrams", tokenizer_name=_SPACES, index_option="freq")
        builder.add_text_field(f"{part}_chars", tokenizer_name=_SPACES, index_option="position")
    return builder.build()


def passages_schema() -> Schema:
    """Passages: where in its text a record was met.

    Without bigrams: they would be half of the index and of the time to build it, and leaving them
    out moved nDCG@10 by less than 0.002 on both judged sets.
    """
    builder = SchemaBuilder()
    _identity(builder)
    for name in ("file_ordinal", "page", "start", "end"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_text_field("words", tokenizer_name=_SPACES, index_option="freq")
    builder.add_text_field("chars", tokenizer_name=_SPACES, index_option="position")
    return builder.build()


def open_index(folder: Path, schema: Schema) -> Index:
    """The index in ``folder``, made if there is none.

    Raises:
        EngineUnavailableError: What is there is no index that can be opened.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        index = Index(schema, str(folder))
    except (ValueError, OSError) as error:
        msg = f"the index in {folder.parent.parent.name} cannot be opened"
        raise EngineUnavailableError(msg) from error
    index.register_tokenizer(_SPACES, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    return index


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


def _identity(builder: SchemaBuilder) -> None:
    builder.add_unsigned_field("key", indexed=True, fast=True)
    builder.add_unsigned_field("revision", indexed=True, fast=True)

"""The two tantivy schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tantivy import Index, Schema, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from indexer.engine.layout import PASSAGE_FIELDS, RECORD_FIELDS, Kind
from indexer.errors import EngineUnavailableError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SCHEMA_VERSION: Final = 4

_SPACES: Final = "spaces"
_POSTINGS: Final = {Kind.TOKENS: "basic", Kind.FREQUENT: "freq", Kind.PLACED: "position"}


def records_schema() -> Schema:
    """Whole records."""
    return _schema(RECORD_FIELDS)


def passages_schema() -> Schema:
    """Passages."""
    return _schema(PASSAGE_FIELDS)


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


def _schema(fields: Mapping[str, Kind]) -> Schema:
    builder = SchemaBuilder()
    for name, kind in fields.items():
        match kind:
            case Kind.NUMBER:
                builder.add_unsigned_field(name, indexed=True, fast=True)
            case Kind.COLUMN:
                builder.add_unsigned_field(name, fast=True)
            case Kind.KEPT:
                builder.add_bytes_field(name, stored=True)
            case Kind.IDENTITY | Kind.EXACT | Kind.COUNTED:
                builder.add_text_field(
                    name,
                    stored=kind is Kind.IDENTITY,
                    fast=kind is Kind.COUNTED,
                    tokenizer_name="raw",
                    index_option="basic",
                )
            case _:
                builder.add_text_field(name, tokenizer_name=_SPACES, index_option=_POSTINGS[kind])
    return builder.build()

"""The mappings, the settings and the names of a generation's indexes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from indexer.engine.layout import PAIRS, PASSAGE_FIELDS, RECORD_FIELDS, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.settings import IndexerSettings

SCHEMA_VERSION: Final = 1

MAX_WINDOW: Final = 25_000
"""How deep one page of an answer may reach without a cursor."""

_LONGEST_EXACT: Final = 8_000
"""Characters beyond which a whole string is no value any more; a term has 32,766 bytes at most."""

_POSTINGS: Final = {Kind.TOKENS: "docs", Kind.FREQUENT: "freqs", Kind.PLACED: "positions"}


@dataclass(frozen=True, slots=True)
class Names:
    """What the indexes of one generation are called.

    Attributes:
        prefix: Of every index of this archive. generation: Which.
    """

    prefix: str
    generation: int

    def records(self, pair: str) -> str:
        """Of whole records."""
        return f"{self.prefix}-{self.generation:06d}-{pair}-records"

    def passages(self, pair: str) -> str:
        """Of passages."""
        return f"{self.prefix}-{self.generation:06d}-{pair}-passages"

    @property
    def all(self) -> tuple[str, ...]:
        """The four of them, passages first: a hit has its pages."""
        return (*map(self.passages, PAIRS), *map(self.records, PAIRS))

    def alias(self, index: str) -> str:
        """The name without the generation, that of the index that answers."""
        return index.replace(f"{self.prefix}-{self.generation:06d}", self.prefix, 1)


def records_mapping() -> dict[str, Any]:
    """Of an index of whole records."""
    mapping = _mapping(RECORD_FIELDS)
    # How many passages must go where the record is replaced or deleted.
    mapping["properties"]["passages"] = {"type": "integer", "index": False}
    return mapping


def passages_mapping() -> dict[str, Any]:
    """Of an index of passages."""
    return _mapping(PASSAGE_FIELDS)


def index_settings(settings: IndexerSettings) -> dict[str, Any]:
    """The settings of an index of records or of passages.

    Nothing is seen before a commit asks for it: ``refresh_interval`` is off.
    """
    return {
        "number_of_shards": settings.elasticsearch_shards,
        "number_of_replicas": settings.elasticsearch_replicas,
        "refresh_interval": "-1",
        "max_result_window": MAX_WINDOW,
        # A delete is remembered for as long as a slow worker may come with an older state.
        "gc_deletes": "1h",
    }


def _mapping(fields: Mapping[str, Kind]) -> dict[str, Any]:
    """Without the source of documents: it would be as large as the index, and nothing reads it."""
    return {
        "dynamic": "strict",
        "_source": {"enabled": False},
        "_meta": {"schema": SCHEMA_VERSION},
        "properties": {name: _property(kind) for name, kind in fields.items()},
    }


def _property(kind: Kind) -> dict[str, Any]:
    match kind:
        case Kind.NUMBER:
            return {"type": "long"}
        case Kind.COLUMN:
            return {"type": "long", "index": False}
        case Kind.KEPT:
            return {"type": "text", "index": False, "store": True}
        case Kind.IDENTITY | Kind.EXACT:
            return {"type": "keyword", "doc_values": False, "ignore_above": _LONGEST_EXACT}
        case Kind.COUNTED:
            return {"type": "keyword", "ignore_above": _LONGEST_EXACT}
        case _:
            return {
                "type": "text",
                "analyzer": "whitespace",
                "index_options": _POSTINGS[kind],
                # Only what ranks needs its length.
                "norms": kind is not Kind.TOKENS,
            }

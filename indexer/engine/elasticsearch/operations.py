"""Records and passages as operations of a bulk request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from indexer.engine.layout import passage_values, record_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from indexer.engine.layout import Value
    from indexer.engine.port import AnalyzedRecord
    from indexer.records import RecordId

Operation: TypeAlias = dict[str, Any]


def passage_names(record_id: RecordId, first: int, end: int) -> list[str]:
    """The names of a record's passages from one number on."""
    return [f"{record_id}.{number}" for number in range(first, end)]


def deletion(index: str, name: str, version: int) -> Operation:
    """Takes a document out, unless a later version of it is there."""
    return {
        "_op_type": "delete",
        "_index": index,
        "_id": name,
        "version": version,
        "version_type": "external_gte",
    }


def record_of(record: AnalyzedRecord, index: str, version: Operation) -> Operation:
    """Puts a record in."""
    values = record_values(record)
    return {
        "_op_type": "index",
        "_index": index,
        "_id": record.access.record_id,
        **version,
        "_source": {**_filled(values), "passages": len(record.passages)},
    }


def passages_of(record: AnalyzedRecord, index: str, version: Operation) -> Iterator[Operation]:
    """Put its passages in."""
    names = passage_names(record.access.record_id, 0, len(record.passages))
    for name, passage in zip(names, record.passages, strict=True):
        yield {
            "_op_type": "index",
            "_index": index,
            "_id": name,
            **version,
            "_source": _filled(passage_values(record, passage)),
        }


def _filled(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value not in ("", ())}

"""Writes one generation of tantivy indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tantivy import Document, Query

from indexer.access import Audience
from indexer.engine.embedded.schema import open_index, passages_schema, records_schema
from indexer.engine.embedded.state import read_state, write_state
from indexer.engine.layout import (
    PAIRS,
    PASSAGE_FIELDS,
    RECORD_FIELDS,
    Kind,
    key_of,
    passage_values,
    record_values,
)
from indexer.engine.port import Counts
from indexer.engine.state import GenerationState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tantivy import Index, IndexWriter, Schema

    from indexer.engine.layout import Value
    from indexer.engine.port import AnalyzedRecord
    from indexer.records import RecordId

HEAP_BYTES: Final = 96_000_000
"""Per index; tantivy writes a segment when it is full."""

_UNCOMMITTED: Final = -1


class _Part:
    """One of the four indexes, with its writer and what stood in it when it was opened."""

    def __init__(self, folder: Path, schema: Schema, heap_bytes: int) -> None:
        self.schema = schema
        self._index: Index = open_index(folder, schema)
        # One thread: documents keep their order, so equal builds are equal indexes.
        self.writer: IndexWriter = self._index.writer(heap_bytes, 1)
        self._index.reload()
        self._before = self._index.searcher()
        self._touched: set[int] = set()

    @property
    def document_count(self) -> int:
        """Documents of the last commit."""
        return int(self._before.num_docs)

    def revision(self, key: int) -> int | None:
        """What stands under this key: a revision, or ``None`` where nothing does.

        :data:`_UNCOMMITTED` where something was added since the last commit, which no search sees.
        """
        if key in self._touched:
            return _UNCOMMITTED
        if not self._before.num_docs:
            return None
        found = self._before.search(Query.term_query(self.schema, "key", key), 1, count=False).hits
        if not found:
            return None
        (revision,) = self._before.fast_field_values("revision", [found[0][1]])
        return int(revision or 0)

    def remove(self, key: int) -> None:
        """Delete by query: a delete by unsigned term deletes nothing and says nothing."""
        if key in self._touched or self._before.num_docs:
            self.writer.delete_documents_by_query(Query.term_query(self.schema, "key", key))
            self._touched.add(key)

    def touch(self, key: int) -> None:
        """Remember that a document with this key was added since the last commit."""
        self._touched.add(key)

    def commit(self) -> None:
        """Make it durable and visible."""
        self.writer.commit()
        self._index.reload()
        self._before = self._index.searcher()
        self._touched.clear()

    def close(self) -> None:
        """Drop what was not committed and let go of the lock."""
        self.writer.rollback()
        self.writer.wait_merging_threads()


class EmbeddedWriter:
    """An :class:`~indexer.engine.port.IndexWriter` on a folder.

    Args:
        folder: The generation's own folder; made if it is missing.
        heap_bytes: Memory per index before a segment is written.
    """

    def __init__(self, folder: Path, heap_bytes: int = HEAP_BYTES) -> None:
        self._folder = folder
        self._state = read_state(folder) if folder.exists() else GenerationState()
        self._records: dict[str, _Part] = {}
        self._passages: dict[str, _Part] = {}
        for pair in PAIRS:
            self._records[pair] = _Part(folder / pair / "records", records_schema(), heap_bytes)
            self._passages[pair] = _Part(folder / pair / "passages", passages_schema(), heap_bytes)

    @property
    def position(self) -> int:
        """The outbox position that the last commit reached."""
        return self._state.position

    @property
    def cursor(self) -> str:
        """While the generation is being built, the last record id that was committed."""
        return self._state.cursor

    def counts(self) -> Counts:
        """What the last commit holds."""
        return Counts(
            records=self._records["full"].document_count,
            passages=self._passages["full"].document_count,
        )

    def put(self, records: Iterable[AnalyzedRecord]) -> None:
        """Add or replace records; see the port."""
        for record in records:
            documents = _document(record_values(record), RECORD_FIELDS), _passage_documents(record)
            public = record.access.audience is Audience.PUBLIC
            for pair in PAIRS:
                if pair == "full" or public:
                    self._put(pair, record, *documents)
                else:
                    self._remove(pair, key_of(record.access.record_id))

    def delete(self, gone: Mapping[RecordId, int]) -> None:
        """Remove records; see the port. What one writer does comes in its order."""
        for record_id in gone:
            for pair in PAIRS:
                self._remove(pair, key_of(record_id))

    def flush(self) -> None:
        """Make everything durable; passages before records, so that a hit has its pages."""
        for pair in PAIRS:
            self._passages[pair].commit()
            self._records[pair].commit()

    def commit(self, position: int, cursor: str = "") -> None:
        """Make everything durable, and note how far it reaches; see the port."""
        self.flush()
        self._state = GenerationState(position=position, cursor=cursor)
        write_state(self._folder, self._state)

    def close(self) -> None:
        """Let go of the writer."""
        for parts in (self._passages, self._records):
            for part in parts.values():
                part.close()

    def _put(
        self, pair: str, record: AnalyzedRecord, document: Document, passages: list[Document]
    ) -> None:
        key = key_of(record.access.record_id)
        for part, documents in (
            (self._records[pair], [document]),
            (self._passages[pair], passages),
        ):
            standing = part.revision(key)
            if standing == record.revision:
                continue
            # A delete is a query on every segment at the next commit: none for what is not there.
            if standing is not None:
                part.remove(key)
            for each in documents:
                part.writer.add_document(each)
            part.touch(key)

    def _remove(self, pair: str, key: int) -> None:
        self._records[pair].remove(key)
        self._passages[pair].remove(key)


def _document(values: Mapping[str, Value], fields: Mapping[str, Kind]) -> Document:
    document = Document()
    for name, kind in fields.items():
        value = values[name]
        if isinstance(value, int):
            document.add_unsigned(name, value)
        elif isinstance(value, tuple):
            for each in value:
                document.add_text(name, each)
        elif kind is Kind.KEPT:
            document.add_bytes(name, value.encode())
        elif value:
            document.add_text(name, value)
    return document


def _passage_documents(record: AnalyzedRecord) -> list[Document]:
    return [_document(passage_values(record, each), PASSAGE_FIELDS) for each in record.passages]

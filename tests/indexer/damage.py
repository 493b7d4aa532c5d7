"""An archive of three records, and what happens to it behind the product's back."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tantivy import Query

from indexer.access import Audience
from indexer.analysis.analyzer import PageSource, analyzer_for
from indexer.database import reading, writing
from indexer.engine.embedded.schema import open_index, passages_schema, records_schema
from indexer.engine.layout import key_of
from indexer.engine.opening import open_writer
from indexer.importing import saving
from indexer.indexing.verification import verify_index
from indexer.repositories import generations, records
from indexer.storage.text_store import FolderTextStore
from tests.contracts.records import analyzed
from tests.fixtures.archive import SmallArchive, sqlite_archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from indexer.engine.port import AnalyzedRecord, IndexWriter, Pair
    from indexer.records import FileHash, Record, RecordId


def filled(migrated: Path, folder: Path, **settings: Any) -> SmallArchive:
    """A public record, one for archivists alone, and one without a file."""
    archive = sqlite_archive(migrated, folder)
    archive.settings = replace(archive.settings, **settings)
    archive.add("open", "提高低保标准")
    archive.add("staff", "低保审批", secrecy="工作秘密")
    archive.add("paper", None, title="只有纸质")
    archive.run()
    return archive


def named(archive: SmallArchive, title: str) -> Record:
    with reading(archive.engine) as connection:
        found = records.load_records(connection, list(records.iter_record_ids(connection)))
    return next(each for each in found.values() if each.description.title == title)


def hash_of(archive: SmallArchive, title: str) -> FileHash:
    file_hash = named(archive, title).files[0].file_hash
    assert file_hash is not None
    return file_hash


def found(archive: SmallArchive) -> list[tuple[str, ...]]:
    """What a verification finds: problem, subject and pair, without what is empty."""
    return sorted(
        tuple(str(part) for part in (each.problem, each.subject, each.pair) if part)
        for each in verify_index(archive.engine, archive.settings).findings
    )


def as_indexed(archive: SmallArchive, record: Record) -> AnalyzedRecord:
    texts = FolderTextStore(archive.settings.texts)
    pages = [
        PageSource(file.ordinal, number, text)
        for file in record.files
        for number, text in enumerate(texts.pages(file.file_hash, file.extractor), 1)  # type: ignore[arg-type]
    ]
    return analyzer_for().record(record, pages)


@contextmanager
def index_of(archive: SmallArchive) -> Iterator[IndexWriter]:
    """The writer of the generation that answers; what is done is committed where it stands."""
    with reading(archive.engine) as connection:
        serving = generations.serving(connection)
    assert serving is not None
    writer = open_writer(archive.settings, serving.files)
    try:
        yield writer
        writer.commit(writer.position)
    finally:
        writer.close()


def publish(archive: SmallArchive, record: Record) -> None:
    """Put a record into the public index, whatever it is."""
    entry = as_indexed(archive, record)
    with index_of(archive) as writer:
        writer.delete({record.record_id: writer.position})
        writer.put([replace(entry, access=replace(entry.access, audience=Audience.PUBLIC))])


def drop_documents(archive: SmallArchive, record_id: RecordId, pair: Pair, part: str) -> None:
    """Delete a record's own entry, or its passages, in one index alone."""
    schema = {"records": records_schema, "passages": passages_schema}[part]()
    with reading(archive.engine) as connection:
        serving = generations.serving(connection)
    assert serving is not None
    folder = archive.settings.index / f"{serving.files:06d}" / pair / part
    writer = open_index(folder, schema).writer(15_000_000, 1)
    writer.delete_documents_by_query(Query.term_query(schema, "key", key_of(record_id)))
    writer.commit()
    writer.wait_merging_threads()


def put_stranger(archive: SmallArchive) -> RecordId:
    """Put a public record into the index that the database has never heard of."""
    stranger = analyzed(9, "外来的档案", "第一页", "第二页")
    with index_of(archive) as writer:
        writer.put([stranger])
    return stranger.access.record_id


def text_file(archive: SmallArchive, title: str) -> Path:
    """Where the text of a record's file lies."""
    file_hash = hash_of(archive, title)
    (path,) = (archive.settings.texts / file_hash[:2]).glob(f"{file_hash}.*")
    return path


def take_away(archive: SmallArchive, title: str) -> None:
    """Remove a record as undoing a batch does; its file stays known."""
    with writing(archive.engine) as connection:
        saving.take_away(connection, named(archive, title).record_id)
    archive.index()

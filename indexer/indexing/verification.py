"""Do database, text store and index agree?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.database import reading
from indexer.engine.opening import open_searcher
from indexer.errors import TextMissingError
from indexer.records import FileHash
from indexer.repositories import files, generations, outbox, records
from indexer.storage.originals import FolderOriginalStore
from indexer.storage.text_store import FolderTextStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection, Engine

    from indexer.records import Record, RecordFile, RecordId
    from indexer.settings import IndexerSettings

_AT_ONCE: Final = 500
_BACKLOG: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """One thing that does not agree.

    Attributes:
        problem: ``text_missing``, ``original_missing``, ``not_indexed``, ``stale``, ``orphaned``
            or ``no_generation``.
        subject: The record or file concerned.
    """

    problem: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """What a verification found."""

    records: int
    texts: int
    indexed: int
    findings: tuple[Disagreement, ...]

    @property
    def is_sound(self) -> bool:
        """Whether everything agrees."""
        return not self.findings


def verify_index(engine: Engine, settings: IndexerSettings) -> IndexReport:
    """Compare every record with its files' texts and with what the serving generation holds.

    Changes still in the outbox are not held against the index.
    """
    with reading(engine) as connection:
        serving = generations.serving(connection)
        searcher = open_searcher(settings, serving.files) if serving else None
        position = searcher.position if searcher else 0
        waiting = frozenset(
            change.record_id for change in outbox.changes_after(connection, position, _BACKLOG)
        )
        found = list(_all_records(connection))
        in_place = files.in_place(connection)
    text_files = [
        file for record in found for file in record.files if file.file_hash and file.page_count
    ]
    expected = {
        record.record_id: record.revision
        for record in found
        if record.description.level.audience is not None
    }
    held = dict(searcher.revisions()) if searcher is not None else {}
    findings = [
        *([] if searcher else [Disagreement(problem="no_generation", subject="")]),
        *_missing_contents(settings, text_files, in_place),
        *_disagreements(expected, held, waiting),
    ]
    return IndexReport(
        records=len(expected),
        texts=len(text_files),
        indexed=len(held),
        findings=tuple(findings),
    )


def _missing_contents(
    settings: IndexerSettings, text_files: list[RecordFile], in_place: frozenset[FileHash]
) -> Iterator[Disagreement]:
    texts = FolderTextStore(settings.texts)
    originals = FolderOriginalStore(settings.originals)
    for file in text_files:
        file_hash = FileHash(file.file_hash or "")
        try:
            texts.page(file_hash, file.extractor, 1)
        except TextMissingError:
            yield Disagreement(problem="text_missing", subject=file_hash)
        if file_hash not in in_place and not originals.has(file_hash):
            yield Disagreement(problem="original_missing", subject=file_hash)


def _disagreements(
    expected: Mapping[RecordId, int], held: Mapping[RecordId, int], waiting: frozenset[RecordId]
) -> Iterator[Disagreement]:
    for record_id in sorted((expected.keys() | held.keys()) - waiting):
        if record_id not in held:
            yield Disagreement(problem="not_indexed", subject=record_id)
        elif record_id not in expected:
            yield Disagreement(problem="orphaned", subject=record_id)
        elif held[record_id] != expected[record_id]:
            yield Disagreement(problem="stale", subject=record_id)


def _all_records(connection: Connection) -> Iterator[Record]:
    ids = list(records.iter_record_ids(connection))
    for start in range(0, len(ids), _AT_ONCE):
        yield from records.load_records(connection, ids[start : start + _AT_ONCE]).values()

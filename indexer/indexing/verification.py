"""Do database, text store and index agree?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.database import reading
from indexer.engine.opening import open_searcher
from indexer.errors import TextMissingError
from indexer.repositories import files, generations, outbox, records
from indexer.storage.originals import FolderOriginalStore
from indexer.storage.text_store import FolderTextStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

    from indexer.records import FileHash, Record
    from indexer.settings import IndexerSettings

_AT_ONCE: Final = 500


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
    texts = FolderTextStore(settings.texts)
    originals = FolderOriginalStore(settings.originals)
    findings: list[Disagreement] = []
    expected: dict[str, int] = {}
    text_count = 0
    with reading(engine) as connection:
        serving = generations.serving(connection)
        searcher = open_searcher(settings, serving.number) if serving else None
        position = searcher.position if searcher else 0
        waiting = {
            change.record_id for change in outbox.changes_after(connection, position, 1_000_000)
        }
        for record in _all_records(connection):
            if record.description.level.audience is not None:
                expected[record.record_id] = record.revision
            for file in record.files:
                if file.file_hash is None or not file.page_count:
                    continue
                text_count += 1
                try:
                    texts.page(file.file_hash, file.extractor, 1)
                except TextMissingError:
                    findings.append(Disagreement(problem="text_missing", subject=file.file_hash))
                if not originals.has(file.file_hash) and not _in_place(connection, file.file_hash):
                    findings.append(
                        Disagreement(problem="original_missing", subject=file.file_hash)
                    )
    if searcher is None:
        findings.append(Disagreement(problem="no_generation", subject=""))
        held: dict[str, int] = {}
    else:
        held = dict(searcher.revisions())
    for record_id in sorted(expected.keys() | held.keys()):
        if record_id in waiting:
            continue
        if record_id not in held:
            findings.append(Disagreement(problem="not_indexed", subject=record_id))
        elif record_id not in expected:
            findings.append(Disagreement(problem="orphaned", subject=record_id))
        elif held[record_id] != expected[record_id]:
            findings.append(Disagreement(problem="stale", subject=record_id))
    return IndexReport(
        records=len(expected), texts=text_count, indexed=len(held), findings=tuple(findings)
    )


def _all_records(connection: Connection) -> Iterator[Record]:
    ids = list(records.iter_record_ids(connection))
    for start in range(0, len(ids), _AT_ONCE):
        yield from records.load_records(connection, ids[start : start + _AT_ONCE]).values()


def _in_place(connection: Connection, file_hash: FileHash) -> bool:
    content = files.contents(connection, [file_hash]).get(file_hash)
    return content is not None and content.in_place is not None

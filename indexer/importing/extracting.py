"""A group of files through the stores and the extraction pool, each content once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, Protocol

from indexer.database import writing
from indexer.extraction import Extracted, ExtractionJob, Failed, Outcome, Quarantined
from indexer.importing.quarantine import isolate_marked
from indexer.importing.rereading import must_extract
from indexer.importing.settling import after, columns_of, like, unreadable
from indexer.repositories import files, fingerprints, records, relations
from indexer.repositories.files import ContentState
from indexer.repositories.outbox import ChangeKind, queue
from indexer.storage.names import shown_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy import Connection, Engine

    from indexer.importing.bringing import Bringer, Brought
    from indexer.importing.stores import Stores
    from indexer.official import Relation
    from indexer.records import FileHash
    from indexer.repositories.files import ContentRow, PathRow, Settled

FILES_AT_ONCE: Final = 16
"""Files noted in one transaction; as many may have to be extracted again after a kill."""

NOTED_EVERY_S: Final = 2.0
"""Where files take long, those that are through are noted after so long, however few they are."""


class Pool(Protocol):
    """Reads files in processes of their own."""

    def run(self, jobs: Iterable[ExtractionJob]) -> Iterator[tuple[ExtractionJob, Outcome]]:
        """Each job with its outcome, as they finish."""


class GroupReader:
    """Reads one group of files; make a new one for the next.

    Args:
        engine: Database. stores: Where bytes and texts go.
        bringer: Brings the bytes in.
        batch_number: The batch.
        cleared: Contents that a reviewer has cleared of a marking.
        on_settled: Told how many more files are through.
        note_members: Notes what lies in files that are brought in, before they are read.
        leaving: Whether an outcome is none yet, because its file is read later in the batch.
    """

    def __init__(
        self,
        engine: Engine,
        stores: Stores,
        bringer: Bringer,
        *,
        batch_number: int,
        cleared: frozenset[FileHash],
        on_settled: Callable[[int], None],
        note_members: Callable[[Connection, Sequence[Brought]], None] = lambda *_: None,
        leaving: Callable[[Outcome], bool] = lambda _: False,
    ) -> None:
        self.left: set[str] = set()
        """Paths that are as they were found, to be read later."""
        self._leaving = leaving
        self._engine = engine
        self._stores = stores
        self._bringer = bringer
        self._note_members = note_members
        self._batch_number = batch_number
        self._cleared = cleared
        self._on_settled = on_settled
        self._waiting: dict[FileHash, list[Brought]] = {}
        self._failed_before: set[FileHash] = set()
        self._read_before: dict[FileHash, ContentRow] = {}
        self._through: list[tuple[FileHash, Outcome]] = []
        self._noted_at = time.monotonic()

    def read(self, rows: Sequence[PathRow], pool: Pool) -> None:
        """Read the files at these paths.

        Raises:
            StorageFullError: No space; what was through is noted.
        """
        try:
            for job, outcome in pool.run(self._jobs(rows)):
                if self._leaving(outcome):
                    self.left.update(each.row.path for each in self._waiting.pop(job.file_hash))
                    continue
                self._through.append((job.file_hash, outcome))
                if len(self._through) >= FILES_AT_ONCE or self._is_time():
                    self._note_outcomes()
        finally:
            self._note_outcomes()

    def _is_time(self) -> bool:
        return time.monotonic() - self._noted_at >= NOTED_EVERY_S

    def _jobs(self, rows: Sequence[PathRow]) -> Iterator[ExtractionJob]:
        # Copying waits for the disk, extracting for the processor: they go on side by side.
        with ThreadPoolExecutor(1) as copier:
            ahead = copier.submit(self._bringer.bring, rows[:FILES_AT_ONCE])
            for start in range(FILES_AT_ONCE, len(rows) + FILES_AT_ONCE, FILES_AT_ONCE):
                brought = ahead.result()
                ahead = copier.submit(self._bringer.bring, rows[start : start + FILES_AT_ONCE])
                yield from self._admit(brought)

    def _admit(self, brought: Sequence[Brought]) -> list[ExtractionJob]:
        """Note the contents; jobs for those that are still to be extracted."""
        jobs: list[ExtractionJob] = []
        settled = [unreadable(each) for each in brought if each.file_hash is None]
        with writing(self._engine) as connection:
            known = self._note_contents(connection, brought)
            self._note_members(connection, brought)
            secret = files.catalogued_secret(connection, known)
            for each in brought:
                if each.file_hash is None:
                    continue
                content = known[each.file_hash]
                if each.file_hash in self._waiting:
                    self._waiting[each.file_hash].append(each)
                elif must_extract(
                    content, each.row, cleared=self._cleared, catalogued_secret=secret
                ):
                    self._begin(connection, content, each)
                    jobs.append(self._job(content.file_hash, each))
                else:
                    settled.append(like(content, each))
                    if content.state is ContentState.QUARANTINED:
                        self._stores.originals.remove(content.file_hash)
            files.settle(connection, settled)
        self._on_settled(len(settled))
        return jobs

    def _note_contents(
        self, connection: Connection, brought: Sequence[Brought]
    ) -> dict[FileHash, ContentRow]:
        return files.store_contents(
            connection,
            self._batch_number,
            {
                each.file_hash: (each.size, self._bringer.place_of(each.row))
                for each in brought
                if each.file_hash is not None
            },
        )

    def _begin(self, connection: Connection, content: ContentRow, brought: Brought) -> None:
        self._waiting[content.file_hash] = [brought]
        if content.state is ContentState.FAILED:
            self._failed_before.add(content.file_hash)
        if content.state is ContentState.EXTRACTED:
            self._read_before[content.file_hash] = content
        if content.state is ContentState.QUARANTINED:
            # It is here again, and its row had been emptied.
            place = self._bringer.place_of(brought.row)
            files.note_outcomes(
                connection, {content.file_hash: {"size": brought.size, "in_place": place}}
            )

    def _job(self, file_hash: FileHash, brought: Brought) -> ExtractionJob:
        return ExtractionJob(
            path=self._bringer.path(brought.row)
            if self._bringer.stays(brought.row)
            else self._stores.originals.path(file_hash),
            file_hash=file_hash,
            name=shown_name(brought.row.path),
            cleared=file_hash in self._cleared,
        )

    def _note_outcomes(self) -> None:
        through, self._through = self._through, []
        self._noted_at = time.monotonic()
        kept = self._kept(through)
        settled: list[Settled] = [
            like(self._read_before[each], path) for each in kept for path in self._waiting.pop(each)
        ]
        outcomes: dict[FileHash, dict[str, Any]] = {}
        said: dict[FileHash, tuple[Relation, ...]] = {}
        readable: list[FileHash] = []
        extracted: dict[FileHash, Extracted] = {}
        for file_hash, outcome in (each for each in through if each[0] not in kept):
            paths = self._waiting.pop(file_hash)
            if self._bringer.stays(paths[0].row) and self._bringer.has_changed(paths[0]):
                # The text may be of another content than the hash.
                self._stores.words.remove(file_hash)
                self._stores.texts.remove(file_hash)
                settled += map(unreadable, paths)
                continue
            if isinstance(outcome, Quarantined):
                isolate_marked(
                    self._engine, self._stores, self._batch_number, file_hash, outcome.marking
                )
            else:
                outcomes[file_hash] = columns_of(outcome)
            if isinstance(outcome, Extracted):
                said[file_hash] = outcome.parsed.relations
                extracted[file_hash] = outcome
                if file_hash in self._failed_before or file_hash in self._read_before:
                    readable.append(file_hash)
            settled += [after(outcome, each, place) for place, each in enumerate(paths)]
        if not settled:
            return
        with writing(self._engine) as connection:
            files.note_outcomes(connection, outcomes)
            files.note_outcomes(connection, {each: {"reason": ""} for each in kept})
            relations.keep(connection, said)
            for file_hash, text in extracted.items():
                fingerprints.keep(connection, file_hash, text.extractor, text.fingerprint)
            files.settle(connection, settled)
            for file_hash in readable:
                queue_records_with(connection, file_hash)
        for file_hash in readable:
            self._forget_older_text(file_hash, outcomes[file_hash]["extractor"])
        self._on_settled(len(settled))

    def _kept(self, through: Sequence[tuple[FileHash, Outcome]]) -> list[FileHash]:
        """What an older version could read and this one cannot: it stays as it was read."""
        return [
            file_hash
            for file_hash, outcome in through
            if isinstance(outcome, Failed) and file_hash in self._read_before
        ]

    def _forget_older_text(self, file_hash: FileHash, extractor: str) -> None:
        older = self._read_before.get(file_hash)
        if older is not None and older.extractor != extractor:
            self._stores.texts.remove_version(file_hash, older.extractor)


def queue_records_with(connection: Connection, file_hash: FileHash) -> None:
    """Let records of other sources that share a content be found by the text it has by now."""
    ids = records.records_with_file(connection, file_hash)
    records.note_lacking(connection, ids)
    for record_id in ids:
        position = queue(connection, record_id, ChangeKind.PUT)
        records.note_revision(connection, record_id, position)

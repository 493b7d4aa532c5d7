"""Files into the stores: noticed, copied, guarded, extracted, each with what became of it.

A path is a row. It is noted as found before anything is done with it and settled when all is done,
so that a batch that was killed goes on from the rows that are still only found.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from indexer.database import reading, writing
from indexer.errors import SourceUnreadableError
from indexer.extraction import Extracted, ExtractionJob, Failed, Outcome, Quarantined, Reason
from indexer.importing.describing import parsed_to_json
from indexer.importing.names import locate, shown_name
from indexer.importing.quarantine import COPY, isolate_catalogued, isolate_marked
from indexer.repositories import files, records
from indexer.repositories.files import (
    CATALOGUE_SECRET,
    ContentState,
    PathOutcome,
    PathState,
    Settled,
)
from indexer.repositories.outbox import ChangeKind, queue
from indexer.storage.originals import hash_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from indexer.access import Secrecy
    from indexer.extraction.pool import ExtractionPool
    from indexer.importing.stores import Stores
    from indexer.importing.walk import FoundFile
    from indexer.records import FileHash
    from indexer.repositories.batches import BatchRow
    from indexer.repositories.files import ContentRow, PathRow

BAD_ROW: Final = "bad_row"
"""Reason of a path that only an unusable catalogue row names."""

MAX_TRIES: Final = 3
"""How often a content that ran out of time or memory is tried, one batch after another."""

_ROWS_AT_ONCE: Final = 500
_FILES_AT_ONCE: Final = 16
_MAY_PASS: Final = frozenset({Reason.TIMEOUT, Reason.MEMORY, Reason.INTERNAL})
# Cheap to try again, and a newer version of this program or a mended catalogue may get further.
_TRY_AGAIN: Final = frozenset({Reason.UNREADABLE, Reason.UNSUPPORTED, Reason.NEEDS_TOOL, BAD_ROW})

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Brought:
    """A file whose bytes were read, as it was when they were; or why they could not be."""

    row: PathRow
    size: int
    modified_ns: int
    file_hash: FileHash | None
    problem: str = ""


class Intake:
    """Reads the files of one batch.

    Args:
        engine: Database.
        stores: Where bytes and texts go.
        batch: The batch.
        folder: The folder that paths are relative to.
        on_settled: Told how many more files are through.
    """

    def __init__(
        self,
        engine: Engine,
        stores: Stores,
        batch: BatchRow,
        folder: Path,
        on_settled: Callable[[int], None],
    ) -> None:
        self._engine = engine
        self._stores = stores
        self._batch = batch
        self._folder = folder
        self._on_settled = on_settled

    def note(self, found: Sequence[FoundFile], secret: Mapping[str, Secrecy]) -> int:
        """Note what is new or must be read again, and what is gone; how many paths are gone."""
        with reading(self._engine) as connection:
            known = files.paths_of(connection, self._batch.source_id)
            cleared = files.cleared(connection)
        new = [each for each in found if each.path not in known]
        again = [
            (known[each.path], each)
            for each in found
            if each.path in known and self._must_read(known[each.path], each, cleared, secret)
        ]
        for some in _chunks(new, _ROWS_AT_ONCE):
            with writing(self._engine) as connection:
                files.note_new(
                    connection,
                    self._batch.source_id,
                    self._batch.number,
                    [(each.path, each.size, each.modified_ns) for each in some],
                )
        for pairs in _chunks(again, _ROWS_AT_ONCE):
            with writing(self._engine) as connection:
                files.note_again(
                    connection,
                    self._batch.number,
                    [
                        (
                            row.source_file_id,
                            each.size,
                            each.modified_ns,
                            row.tries if _is_same(row, each) else 0,
                        )
                        for row, each in pairs
                    ],
                )
        present = {each.path for each in found}
        gone = [row for row in known.values() if row.path not in present]
        for rows in _chunks(
            (row for row in gone if row.state is not PathState.MISSING), _ROWS_AT_ONCE
        ):
            with writing(self._engine) as connection:
                files.mark_missing(connection, [row.source_file_id for row in rows])
        self._on_settled(len(found) - len(new) - len(again))
        return len(gone)

    def withhold(self, secret: Mapping[str, Secrecy], kept_back: Mapping[str, str]) -> None:
        """Settle the files that must not be opened: before any other, read for the hash alone."""
        for row in self._found(secret):
            brought = self._hash(row)
            if brought.file_hash is None:
                self._settle([_unreadable(brought)])
                continue
            isolate_catalogued(
                self._engine,
                self._stores,
                self._batch.number,
                row,
                brought.file_hash,
                secret[row.path],
            )
            self._on_settled(1)
        self._settle(
            [
                _failed(row, row.file_hash, BAD_ROW, kept_back[row.path])
                for row in self._found(kept_back)
                if row.path not in secret
            ]
        )

    def read(self, paths: Iterable[str], pool: ExtractionPool) -> None:
        """Store and extract those of the paths that are still to be read, each content once."""
        rows = self._found(paths)
        if not rows:
            return
        with reading(self._engine) as connection:
            cleared = files.cleared(connection)
        waiting: dict[FileHash, list[_Brought]] = {}
        failed_before: set[FileHash] = set()
        for job, outcome in pool.run(self._jobs(rows, cleared, waiting, failed_before)):
            self._note_outcome(
                job, outcome, waiting.pop(job.file_hash), was_failed=job.file_hash in failed_before
            )

    def _found(self, paths: Iterable[str]) -> list[PathRow]:
        found: list[PathRow] = []
        for some in _chunks(sorted(set(paths)), _ROWS_AT_ONCE):
            with reading(self._engine) as connection:
                rows = files.paths_of_group(connection, self._batch.source_id, some)
            found += [row for row in rows.values() if row.state is PathState.FOUND]
        return found

    def _must_read(
        self,
        row: PathRow,
        file: FoundFile,
        cleared: frozenset[FileHash],
        secret: Mapping[str, Secrecy],
    ) -> bool:
        if row.state in {PathState.FOUND, PathState.MISSING} or not _is_same(row, file):
            return True
        if file.path in secret:
            return row.reason != CATALOGUE_SECRET
        if row.state is PathState.QUARANTINED:
            return row.reason != Reason.QUARANTINED or row.file_hash in cleared
        if row.state is PathState.FAILED and row.batch_number != self._batch.number:
            return row.reason in _TRY_AGAIN or (row.reason in _MAY_PASS and row.tries < MAX_TRIES)
        return False

    def _jobs(
        self,
        rows: list[PathRow],
        cleared: frozenset[FileHash],
        waiting: dict[FileHash, list[_Brought]],
        failed_before: set[FileHash],
    ) -> Iterator[ExtractionJob]:
        # Copying waits for the disk, extracting for the processor: they go on side by side.
        with ThreadPoolExecutor(1) as copier:
            chunks = _chunks(rows, _FILES_AT_ONCE)
            ahead = copier.submit(self._bring, next(chunks, []))
            while brought := ahead.result():
                ahead = copier.submit(self._bring, next(chunks, []))
                yield from self._admit(brought, cleared, waiting, failed_before)

    def _bring(self, rows: Sequence[PathRow]) -> list[_Brought]:
        return [self._copy(row) for row in rows]

    def _copy(self, row: PathRow) -> _Brought:
        return (
            self._hash(row) if self._batch.in_place else self._take(row, self._stores.originals.add)
        )

    def _hash(self, row: PathRow) -> _Brought:
        return self._take(row, hash_file)

    def _take(self, row: PathRow, how: Callable[[Path], FileHash]) -> _Brought:
        path = locate(self._folder, row.path)
        size, modified_ns = row.size, row.modified_ns
        try:
            before = path.stat()
            size, modified_ns = before.st_size, before.st_mtime_ns
            file_hash = how(path)
            after = path.stat()
        except SourceUnreadableError as error:
            return _Brought(row, size, modified_ns, None, str(error))
        except OSError as error:
            return _Brought(row, size, modified_ns, None, error.strerror or "")
        if (after.st_size, after.st_mtime_ns) != (size, modified_ns):
            return _Brought(row, size, modified_ns, None, "it changed while it was read")
        return _Brought(row, size, modified_ns, file_hash)

    def _admit(
        self,
        brought: list[_Brought],
        cleared: frozenset[FileHash],
        waiting: dict[FileHash, list[_Brought]],
        failed_before: set[FileHash],
    ) -> list[ExtractionJob]:
        """Note the contents; jobs for those that are still to be extracted."""
        jobs: list[ExtractionJob] = []
        settled = [_unreadable(each) for each in brought if each.file_hash is None]
        with writing(self._engine) as connection:
            for each in brought:
                file_hash = each.file_hash
                if file_hash is None:
                    continue
                if file_hash in waiting:
                    waiting[file_hash].append(each)
                    continue
                content = self._content(connection, each, file_hash)
                if _is_to_extract(connection, content, each.row, cleared):
                    if content.state is ContentState.FAILED:
                        failed_before.add(file_hash)
                    if content.state is ContentState.QUARANTINED:
                        files.note_outcome(
                            connection,
                            file_hash,
                            {"size": each.size, "in_place": self._in_place(each.row)},
                        )
                    waiting[file_hash] = [each]
                    jobs.append(self._job(each, file_hash, cleared))
                else:
                    settled.append(_like(content, each))
                    if content.state is ContentState.QUARANTINED:
                        self._stores.originals.remove(file_hash)
            files.settle(connection, settled)
        self._on_settled(len(settled))
        return jobs

    def _content(
        self, connection: Connection, brought: _Brought, file_hash: FileHash
    ) -> ContentRow:
        files.store_content(
            connection,
            file_hash,
            size=brought.size,
            in_place=self._in_place(brought.row),
            batch_number=self._batch.number,
        )
        return files.contents(connection, [file_hash])[file_hash]

    def _in_place(self, row: PathRow) -> str | None:
        # By its key: the path itself may hold bytes that no database takes.
        return str(self._folder / row.path) if self._batch.in_place else None

    def _job(
        self, brought: _Brought, file_hash: FileHash, cleared: frozenset[FileHash]
    ) -> ExtractionJob:
        path = locate(self._folder, brought.row.path)
        return ExtractionJob(
            path=path if self._batch.in_place else self._stores.originals.path(file_hash),
            file_hash=file_hash,
            name=shown_name(brought.row.path),
            cleared=file_hash in cleared,
        )

    def _note_outcome(
        self, job: ExtractionJob, outcome: Outcome, paths: list[_Brought], *, was_failed: bool
    ) -> None:
        if self._batch.in_place and self._has_changed(paths[0]):
            self._stores.texts.remove(job.file_hash)
            self._settle([_unreadable(each) for each in paths])
            return
        if isinstance(outcome, Quarantined):
            isolate_marked(
                self._engine, self._stores, self._batch.number, job.file_hash, outcome.marking
            )
        with writing(self._engine) as connection:
            if not isinstance(outcome, Quarantined):
                files.note_outcome(connection, job.file_hash, _columns_of(outcome))
            files.settle(
                connection, [_after(outcome, each, place) for place, each in enumerate(paths)]
            )
            if was_failed and isinstance(outcome, Extracted):
                # Records of other sources that share the content have a text to be found by now.
                for record_id in records.records_with_file(connection, job.file_hash):
                    position = queue(connection, record_id, ChangeKind.PUT)
                    records.note_revision(connection, record_id, position)
        self._on_settled(len(paths))

    def _has_changed(self, brought: _Brought) -> bool:
        try:
            now = locate(self._folder, brought.row.path).stat()
        except OSError:
            return True
        return (now.st_size, now.st_mtime_ns) != (brought.size, brought.modified_ns)

    def _settle(self, settled: list[Settled]) -> None:
        for some in _chunks(settled, _ROWS_AT_ONCE):
            with writing(self._engine) as connection:
                files.settle(connection, some)
        self._on_settled(len(settled))


def _is_same(row: PathRow, file: FoundFile) -> bool:
    return (row.size, row.modified_ns) == (file.size, file.modified_ns)


def _is_to_extract(
    connection: Connection, content: ContentRow, row: PathRow, cleared: frozenset[FileHash]
) -> bool:
    match content.state:
        case ContentState.STORED:
            return True
        case ContentState.EXTRACTED:
            return False
        case ContentState.FAILED:
            return content.reason in _TRY_AGAIN or (
                content.reason in _MAY_PASS and row.tries < MAX_TRIES
            )
        case ContentState.QUARANTINED:
            if content.reason == CATALOGUE_SECRET:
                return not files.is_catalogued_secret(connection, content.file_hash)
            return content.file_hash in cleared


def _columns_of(outcome: Extracted | Failed) -> dict[str, Any]:
    """What ``stored_file`` keeps of an outcome."""
    if isinstance(outcome, Failed):
        return {
            "state": ContentState.FAILED,
            "media_type": outcome.media_type,
            "extractor": "",
            "page_count": 0,
            "reason": outcome.reason,
            "detail": outcome.detail,
            "marking": "",
            "parsed": None,
        }
    return {
        "state": ContentState.EXTRACTED,
        "media_type": outcome.media_type,
        "extractor": outcome.extractor,
        "page_count": outcome.page_count,
        "reason": "",
        "detail": "",
        "marking": "",
        "parsed": parsed_to_json(outcome.parsed),
    }


def _after(outcome: Outcome, brought: _Brought, place: int) -> Settled:
    """What an outcome makes of a path: the first with a content is its own, the others share it."""
    match outcome:
        case Extracted():
            known = brought.row.file_hash == brought.file_hash
            name = PathOutcome.DUPLICATE if place and not known else PathOutcome.INDEXED
            return _settled(brought, PathState.READ, name)
        case Failed():
            return _failed_content(brought, outcome.reason, outcome.detail)
        case Quarantined():
            return _settled(
                brought,
                PathState.QUARANTINED,
                PathOutcome.QUARANTINED,
                Reason.QUARANTINED,
                outcome.marking,
            )


def _like(content: ContentRow, brought: _Brought) -> Settled:
    """What a content that is through already makes of a path."""
    match content.state:
        case ContentState.EXTRACTED if brought.row.file_hash == content.file_hash:
            return _settled(brought, PathState.READ, PathOutcome.UNCHANGED)
        case ContentState.EXTRACTED:
            return _settled(brought, PathState.READ, PathOutcome.DUPLICATE)
        case ContentState.QUARANTINED:
            reason = COPY if content.reason == CATALOGUE_SECRET else Reason.QUARANTINED
            return _settled(
                brought,
                PathState.QUARANTINED,
                PathOutcome.QUARANTINED,
                reason,
                content.marking,
            )
        case _:
            return _failed_content(brought, content.reason, content.detail)


def _settled(
    brought: _Brought, state: PathState, outcome: PathOutcome, reason: str = "", detail: str = ""
) -> Settled:
    return Settled(
        source_file_id=brought.row.source_file_id,
        file_hash=brought.file_hash,
        state=state,
        outcome=outcome,
        size=brought.size,
        modified_ns=brought.modified_ns,
        reason=reason,
        detail=detail,
    )


def _failed_content(brought: _Brought, reason: str, detail: str) -> Settled:
    return _failed(
        brought.row,
        brought.file_hash,
        reason,
        detail,
        size=brought.size,
        modified_ns=brought.modified_ns,
    )


def _unreadable(brought: _Brought) -> Settled:
    # The hash that was read before stays: the record keeps what the archive already has of it.
    return _failed(
        brought.row,
        brought.row.file_hash,
        Reason.UNREADABLE,
        brought.problem or "it changed while it was read",
        size=brought.size,
        modified_ns=brought.modified_ns,
    )


def _failed(
    row: PathRow,
    file_hash: FileHash | None,
    reason: str,
    detail: str,
    *,
    size: int | None = None,
    modified_ns: int | None = None,
) -> Settled:
    return Settled(
        source_file_id=row.source_file_id,
        file_hash=file_hash,
        state=PathState.FAILED,
        outcome=PathOutcome.FAILED,
        size=row.size if size is None else size,
        modified_ns=row.modified_ns if modified_ns is None else modified_ns,
        reason=reason,
        detail=detail,
        tries=row.tries + 1,
    )


def _chunks(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    source = iter(rows)
    while chunk := list(islice(source, size)):
        yield chunk

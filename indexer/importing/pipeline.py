"""The import, step by step: walk → catalogue → originals → guard and extraction → records → outbox.

The only module that knows the order. Files are read in groups, and the records of a group are saved
as soon as its files are through, so that a long batch is searchable from its first minute. Every
transaction is small; a batch that is killed at any moment and run again goes on from its rows and
ends in the same rows as an undisturbed one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from indexer.catalogue.manifest import read_manifest
from indexer.database import reading, utc_now, writing
from indexer.errors import ImportRefusedError, SourceUnreadableError
from indexer.extraction import Extracted, ExtractionJob, Failed, Outcome, Quarantined, Reason
from indexer.extraction.pool import ExtractionPool
from indexer.importing.describing import describe, parsed_from_json, parsed_to_json
from indexer.importing.items import Item, join
from indexer.importing.report import BatchReport, FileProblem
from indexer.importing.saving import remove, save_if_changed
from indexer.importing.walk import walk
from indexer.records import record_id_for
from indexer.repositories import batches, files, records
from indexer.repositories.files import ContentState, PathState
from indexer.repositories.records import FileLink
from indexer.storage.originals import FolderOriginalStore, hash_file
from indexer.storage.text_store import FolderTextStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sqlalchemy import Engine

    from indexer.access import Level
    from indexer.catalogue import BadRow
    from indexer.importing.walk import FoundFile
    from indexer.records import FileHash
    from indexer.repositories.batches import BatchRow
    from indexer.repositories.files import PathRow
    from indexer.settings import IndexerSettings

GROUP: Final = 200
"""Records whose files are read together before they are saved."""

_ROWS_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRequest:
    """What the archivist asked for.

    Attributes:
        folder: Where the files are. manifest: The catalogue, or ``None``.
        level: Preset of records that say nothing; ``None`` is 控制. level_name: Its name.
        source_name: What the source is called; the folder's path unless given.
        in_place: Originals stay where they are instead of being copied.
        started_by: Account or system user.
    """

    folder: Path
    manifest: Path | None = None
    level: Level | None = None
    level_name: str | None = None
    source_name: str | None = None
    in_place: bool = False
    started_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a batch is: files done, of how many."""

    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A batch before anything is written."""

    found: list[FoundFile]
    items: list[Item]
    bad_rows: list[BadRow]


def dry_run(request: BatchRequest) -> BatchReport:
    """What a batch would find; nothing is written or read beyond names and the catalogue.

    Raises:
        ImportRefusedError: The folder or the catalogue cannot be read.
    """
    plan = _plan(request)
    return BatchReport(
        batch_number=0,
        found=len(plan.found),
        indexed=0,
        unchanged=0,
        duplicate=0,
        failed=0,
        quarantined=0,
        records_changed=len(plan.items),
        records_unchanged=0,
        missing=0,
        bad_rows=tuple(plan.bad_rows),
        unlisted=_unlisted(request, plan),
    )


def run_batch(
    engine: Engine,
    settings: IndexerSettings,
    request: BatchRequest,
    progress: Callable[[Progress], None] = lambda _: None,
) -> BatchReport:
    """Run a batch, or go on with one of the same source that was cut short.

    Raises:
        ImportRefusedError: The folder or the catalogue cannot be read.
        StorageFullError: No space; run again to go on.
    """
    return _Batch(engine, settings, request).run(progress)


class _Batch:
    def __init__(self, engine: Engine, settings: IndexerSettings, request: BatchRequest) -> None:
        self._engine = engine
        self._settings = settings
        self._request = request
        self._folder = request.folder.resolve()
        self._originals = FolderOriginalStore(settings.originals)
        self._texts = FolderTextStore(settings.texts)
        self._changed = 0
        self._unchanged = 0

    def run(self, progress: Callable[[Progress], None]) -> BatchReport:
        plan = _plan(self._request)
        batch = self._begin()
        missing = self._note_files(batch, plan.found)
        total = len(plan.found)
        done = 0
        progress(Progress(done=0, total=total))
        with ExtractionPool(self._settings, self._settings.texts) as pool:
            for group in _groups(plan.items):
                self._read_files(batch, group, pool)
                self._save_records(batch, group)
                done += sum(len(item.files) for item in group)
                progress(Progress(done=min(done, total), total=total))
            # Files of bad rows are read too, so that nothing found is left unaccounted for.
            self._read_rest(batch, pool)
        progress(Progress(done=total, total=total))
        return self._finish(batch, plan, missing)

    def _begin(self) -> BatchRow:
        request = self._request
        with writing(self._engine) as connection:
            source_id = batches.source_named(
                connection, request.source_name or str(self._folder), str(self._folder)
            )
            number = batches.begin(
                connection,
                source_id=source_id,
                manifest=str(request.manifest.resolve()) if request.manifest else None,
                level=request.level_name,
                in_place=request.in_place,
                started_by=request.started_by,
            )
            batch = batches.load(connection, number)
        assert batch is not None  # noqa: S101 - made in the same transaction
        return batch

    def _note_files(self, batch: BatchRow, found: list[FoundFile]) -> int:
        """Note what is new or changed since it was last read, and what is gone."""
        with reading(self._engine) as connection:
            known = files.paths_of(connection, batch.source_id)
            cleared = files.cleared(connection)
        to_read = [
            (file.path, file.size, file.modified_ns)
            for file in found
            if _must_read(known.get(file.path), file, cleared)
        ]
        for rows in _chunks(to_read):
            with writing(self._engine) as connection:
                files.note_found(connection, batch.source_id, batch.number, rows)
        present = {file.path for file in found}
        gone = [row for row in known.values() if row.path not in present]
        newly_gone = [row.source_file_id for row in gone if row.state is not PathState.MISSING]
        for ids in _chunks(newly_gone):
            with writing(self._engine) as connection:
                files.mark_missing(connection, list(ids))
        return len(gone)

    def _read_files(self, batch: BatchRow, group: list[Item], pool: ExtractionPool) -> None:
        wanted = sorted({path for item in group for path, _ in item.files})
        with reading(self._engine) as connection:
            known = files.paths_of_group(connection, batch.source_id, wanted)
        self._read_paths([row for row in known.values() if row.state is PathState.FOUND], pool)

    def _read_rest(self, batch: BatchRow, pool: ExtractionPool) -> None:
        with reading(self._engine) as connection:
            known = files.paths_of(connection, batch.source_id)
        self._read_paths([row for row in known.values() if row.state is PathState.FOUND], pool)

    def _read_paths(self, rows: list[PathRow], pool: ExtractionPool) -> None:
        """Store and extract these paths, each content once."""
        with reading(self._engine) as connection:
            cleared = files.cleared(connection)
        waiting: dict[FileHash, list[PathRow]] = {}

        def jobs() -> Iterator[ExtractionJob]:
            for row in rows:
                job = self._store(row, cleared, waiting)
                if job is not None:
                    yield job

        for job, outcome in pool.run(jobs()):
            self._note_outcome(job, outcome, waiting.pop(job.file_hash))

    def _store(
        self, row: PathRow, cleared: frozenset[FileHash], waiting: dict[FileHash, list[PathRow]]
    ) -> ExtractionJob | None:
        """Bring one file's bytes in; a job if its content is still to be extracted."""
        path = self._folder / row.path
        try:
            file_hash = hash_file(path) if self._request.in_place else self._originals.add(path)
        except SourceUnreadableError as error:
            with writing(self._engine) as connection:
                files.settle(
                    connection,
                    row.source_file_id,
                    state=PathState.FAILED,
                    file_hash=None,
                    reason=Reason.UNREADABLE,
                    detail=str(error),
                )
            return None
        if file_hash in waiting:
            waiting[file_hash].append(row)
            return None
        with writing(self._engine) as connection:
            in_place = str(path) if self._request.in_place else None
            files.store_content(connection, file_hash, size=row.size, in_place=in_place)
            content = files.contents(connection, [file_hash])[file_hash]
            settled = content.state is not ContentState.STORED
            if content.state is ContentState.QUARANTINED and file_hash in cleared:
                settled = False
            if settled:
                if content.state is ContentState.QUARANTINED:
                    self._originals.remove(file_hash)
                _settle_like(
                    connection,
                    [row],
                    content.state,
                    file_hash,
                    content.reason,
                    content.detail or content.marking,
                    first_is_duplicate=True,
                )
                return None
        waiting[file_hash] = [row]
        place = path if self._request.in_place else self._originals.path(file_hash)
        return ExtractionJob(
            path=place, file_hash=file_hash, name=Path(row.path).name, cleared=file_hash in cleared
        )

    def _note_outcome(self, job: ExtractionJob, outcome: Outcome, rows: list[PathRow]) -> None:
        values, reason, detail = _columns_of(outcome)
        if isinstance(outcome, Quarantined):
            # First the bytes, then the row: what is noted as quarantined is no longer here.
            self._originals.remove(job.file_hash)
            self._texts.remove(job.file_hash)
        with writing(self._engine) as connection:
            files.note_outcome(connection, job.file_hash, values)
            _settle_like(
                connection,
                rows,
                values["state"],
                job.file_hash,
                reason,
                detail,
                first_is_duplicate=False,
            )

    def _save_records(self, batch: BatchRow, group: list[Item]) -> None:
        with writing(self._engine) as connection:
            known = files.paths_of_group(
                connection, batch.source_id, [path for item in group for path, _ in item.files]
            )
            hashes = [row.file_hash for row in known.values() if row.file_hash]
            contents = files.contents(connection, hashes)
            for item in group:
                self._save_record(connection, batch, item, known, contents)

    def _save_record(
        self, connection: Any, batch: BatchRow, item: Item, known: dict[str, PathRow], contents: Any
    ) -> None:
        rows = [known[path] for path, _ in item.files]
        secret = (
            item.row is not None
            and item.row.secrecy is not None
            and item.row.secrecy.is_state_secret
        )
        if secret or any(row.state is PathState.QUARANTINED for row in rows):
            # Nothing of it may stand here, its description included.
            self._withhold(connection, batch, item, rows)
            return
        links = [
            FileLink(
                ordinal=ordinal,
                name=Path(path).name,
                role=role,
                file_hash=known[path].file_hash,
                source_file_id=known[path].source_file_id,
            )
            for ordinal, (path, role) in enumerate(item.files)
        ]
        first = contents.get(links[0].file_hash) if links else None
        parsed = parsed_from_json(first.parsed) if first is not None else None
        description = describe(item, parsed, self._request.level)
        external_id = item.row.external_id if item.row is not None else ""
        if save_if_changed(connection, batch, item.key, external_id, description, links):
            self._changed += 1
        else:
            self._unchanged += 1

    def _withhold(self, connection: Any, batch: BatchRow, item: Item, rows: list[PathRow]) -> None:  # noqa: ANN401
        record_id = record_id_for(batch.source_name, item.key)
        before = records.load_stored(connection, record_id)
        if before is not None and before.removed_at is None:
            remove(connection, record_id, at=utc_now())
        for row in rows:
            if row.state is not PathState.QUARANTINED and row.file_hash is not None:
                marking = f"目录密级 {item.row.secrecy}" if item.row and item.row.secrecy else ""
                files.note_outcome(
                    connection,
                    row.file_hash,
                    {"state": ContentState.QUARANTINED, "marking": marking, "parsed": None,
                     "page_count": 0, "extractor": "", "reason": Reason.QUARANTINED},
                )  # fmt: skip
                files.settle(
                    connection, row.source_file_id, state=PathState.QUARANTINED,
                    file_hash=row.file_hash, reason=Reason.QUARANTINED, detail=marking,
                )  # fmt: skip
                self._originals.remove(row.file_hash)
                self._texts.remove(row.file_hash)

    def _finish(self, batch: BatchRow, plan: _Plan, missing: int) -> BatchReport:
        with reading(self._engine) as connection:
            counts = files.count_by_outcome(connection, batch.source_id, batch.number)
            known = files.paths_of(connection, batch.source_id)
        problems = tuple(
            FileProblem(path=row.path, reason=row.reason, detail=row.detail)
            for row in sorted(known.values(), key=lambda row: row.path)
            if row.state in {PathState.FAILED, PathState.QUARANTINED}
        )
        by_reason: dict[str, int] = {}
        for problem in problems:
            by_reason[problem.reason] = by_reason.get(problem.reason, 0) + 1
        report = BatchReport(
            batch_number=batch.number,
            found=len(plan.found),
            indexed=counts.get("indexed", 0),
            unchanged=counts.get("unchanged", 0),
            duplicate=counts.get("duplicate", 0),
            failed=counts.get("failed", 0),
            quarantined=counts.get("quarantined", 0),
            records_changed=self._changed,
            records_unchanged=self._unchanged,
            missing=missing,
            bad_rows=tuple(plan.bad_rows),
            unlisted=_unlisted(self._request, plan),
            problems=problems,
            by_reason=by_reason,
        )
        with writing(self._engine) as connection:
            batches.finish(connection, batch.number, report.to_json())
        return report


def _plan(request: BatchRequest) -> _Plan:
    folder = request.folder.resolve()
    manifest = request.manifest.resolve() if request.manifest is not None else None
    if manifest is not None and not manifest.is_file():
        raise ImportRefusedError(f"{request.manifest} is not a file")
    found = list(walk(folder, leave_out=frozenset({manifest} if manifest else ())))
    rows, bad = read_manifest(manifest) if manifest is not None else ([], [])
    items, unusable = join(folder, manifest, rows, (file.path for file in found))
    bad_rows = sorted([*bad, *unusable], key=lambda row: row.number)
    return _Plan(found=found, items=items, bad_rows=bad_rows)


def _unlisted(request: BatchRequest, plan: _Plan) -> tuple[str, ...]:
    if request.manifest is None:
        return ()
    return tuple(item.files[0][0] for item in plan.items if item.row is None)


def _must_read(row: PathRow | None, file: FoundFile, cleared: frozenset[FileHash]) -> bool:
    if row is None or row.state is PathState.FOUND:
        return True
    if (row.size, row.modified_ns) != (file.size, file.modified_ns):
        return True
    if row.state is PathState.MISSING:
        return True
    return row.state is PathState.QUARANTINED and row.file_hash in cleared


def _columns_of(outcome: Outcome) -> tuple[dict[str, Any], str, str]:
    """Column values of a content, and the reason and detail for its paths."""
    match outcome:
        case Extracted():
            values = {
                "state": ContentState.EXTRACTED,
                "media_type": outcome.media_type,
                "extractor": outcome.extractor,
                "page_count": outcome.page_count,
                "parsed": parsed_to_json(outcome.parsed),
                "reason": "",
                "detail": "",
                "marking": "",
            }
            return values, "", ""
        case Failed():
            values = {
                "state": ContentState.FAILED,
                "media_type": outcome.media_type,
                "reason": outcome.reason,
                "detail": outcome.detail,
            }
            return values, outcome.reason, outcome.detail
        case Quarantined():
            values = {
                "state": ContentState.QUARANTINED,
                "media_type": outcome.media_type,
                "reason": Reason.QUARANTINED,
                "marking": outcome.marking,
                "parsed": None,
                "page_count": 0,
            }
            return values, Reason.QUARANTINED, outcome.marking


_PATH_STATES: Final = {
    ContentState.EXTRACTED: PathState.READ,
    ContentState.FAILED: PathState.FAILED,
    ContentState.QUARANTINED: PathState.QUARANTINED,
}


def _settle_like(
    connection: Any,
    rows: list[PathRow],
    state: ContentState,
    file_hash: FileHash,
    reason: str,
    detail: str,
    *,
    first_is_duplicate: bool,
) -> None:
    for place, row in enumerate(rows):
        files.settle(
            connection,
            row.source_file_id,
            state=_PATH_STATES[state],
            file_hash=file_hash,
            reason=reason,
            detail=detail,
            is_duplicate=first_is_duplicate or place > 0,
        )


def _groups(items: list[Item]) -> Iterator[list[Item]]:
    for start in range(0, len(items), GROUP):
        yield items[start : start + GROUP]


def _chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    source = iter(rows)
    while chunk := list(islice(source, _ROWS_AT_ONCE)):
        yield chunk

"""What a verification found, put right as far as it can be, while all goes on.

The index is mended through the outbox, by whoever writes it. Texts are read again from their
originals, in the same processes and past the same guard as when they came in.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from indexer.conversion.pool import ConvertingPool
from indexer.conversion.room import office_program
from indexer.database import reading, writing
from indexer.errors import ImportRunningError, StorageError, StoreUnreachableError
from indexer.extraction import Extracted, ExtractionJob, Failed, Quarantined
from indexer.extraction.pool import ExtractionPool
from indexer.importing.extracting import queue_records_with
from indexer.importing.lock import import_lock
from indexer.importing.quarantine import isolate_marked
from indexer.importing.settling import columns_of
from indexer.importing.stores import Stores
from indexer.indexing.findings import Finding, Problem
from indexer.indexing.store_comparing import has_text
from indexer.originals import locate
from indexer.records import FileHash, RecordId
from indexer.repositories import (
    clearances,
    failures,
    files,
    fingerprints,
    records,
    relations,
    verifying,
)
from indexer.repositories.files import ContentState
from indexer.repositories.outbox import ChangeKind, queue_all
from indexer.storage.names import shown_name
from indexer.storage.originals import hash_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Engine

    from indexer.extraction import Outcome
    from indexer.repositories.files import ContentRow
    from indexer.settings import IndexerSettings

_OF_THE_INDEX: Final = frozenset(
    {Problem.BREACH, Problem.NOT_INDEXED, Problem.STALE, Problem.PASSAGES, Problem.ORPHANED}
)
_TO_GO: Final = frozenset({Problem.BREACH, Problem.ORPHANED})
_OF_TEXTS: Final = frozenset({Problem.TEXT_MISSING, Problem.TEXT_DAMAGED})


class Deed(StrEnum):
    """What was done about a finding."""

    QUEUED = "queued"  # the worker puts it into the index anew
    REMOVED = "removed"  # denied from now on, and on its way out of the index
    READ = "read"  # the text is there again
    MARKED = "marked"  # the next import of its folder brings it again
    DELETED = "deleted"  # gone from the store
    LEFT = "left"  # as it was, for a reason


class Why(StrEnum):
    """Why a finding was left as it is."""

    IMPORTING = "importing"
    SET_ASIDE = "set_aside"  # whoever takes it dies: somebody must look first
    NOBODYS = "nobodys"  # passages of which nobody knows the record: a new generation has none
    TOLD_ONLY = "told_only"  # not deleted unless somebody says so
    NO_ORIGINAL = "no_original"
    UNREADABLE = "unreadable_index"  # its files must be moved out of the way by hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A finding, and what was done about it.

    Attributes:
        finding: What was wrong.
        deed: What was done.
        reason: Of what was left: a word of :class:`Why`, or of
            :class:`~indexer.extraction.Reason` where the original gave no text.
    """

    finding: Finding
    deed: Deed
    reason: str = ""


class Mender:
    """Puts findings right.

    Args:
        engine: The database.
        settings: Of the archive.
        prune: Whether what lies in the stores without anybody knowing of it is deleted.
    """

    def __init__(self, engine: Engine, settings: IndexerSettings, *, prune: bool = False) -> None:
        self._engine = engine
        self._settings = settings
        self._prune = prune
        self._stores = Stores.of(settings)
        self._late: list[Finding] = []

    def mend(self, findings: Sequence[Finding]) -> Iterator[Mended]:
        """Do at once what can be, and keep the rest for :meth:`finish`."""
        entries = [each for each in findings if each.problem in _OF_THE_INDEX]
        to_go = {each.subject for each in entries if each.problem in _TO_GO}
        changes = [
            (RecordId(each), ChangeKind.ANEW, each in to_go)
            for each in dict.fromkeys(entry.subject for entry in entries)
        ]
        with writing(self._engine) as connection:
            queue_all(connection, changes)
        for finding in findings:
            if finding.problem in _OF_THE_INDEX:
                is_to_go = finding.problem in _TO_GO
                yield Mended(finding=finding, deed=Deed.REMOVED if is_to_go else Deed.QUEUED)
            elif finding.problem is Problem.SET_ASIDE:
                yield Mended(finding=finding, deed=Deed.LEFT, reason=Why.SET_ASIDE)
            elif finding.problem is Problem.STRAY_PASSAGES:
                yield Mended(finding=finding, deed=Deed.LEFT, reason=Why.NOBODYS)
            elif finding.problem is Problem.NO_GENERATION:
                yield Mended(finding=finding, deed=Deed.QUEUED)
            elif finding.problem is Problem.INDEX_UNREADABLE:
                yield Mended(finding=finding, deed=Deed.LEFT, reason=Why.UNREADABLE)
            else:
                self._late.append(finding)

    def finish(self) -> Iterator[Mended]:
        """Do what takes the importer's place: read texts again, clear the stores."""
        late, self._late = self._late, []
        if not late:
            return
        with ExitStack() as held:
            try:
                held.enter_context(import_lock(self._settings.data))
            except ImportRunningError:
                for each in late:
                    yield Mended(finding=each, deed=Deed.LEFT, reason=Why.IMPORTING)
                return
            texts = [each for each in late if each.problem in _OF_TEXTS]
            yield from self._read_again(texts)
            lost = [each for each in late if each.problem is Problem.ORIGINAL_MISSING]
            yield from self._marked(lost)
            for finding in late:
                if finding.problem not in {*_OF_TEXTS, Problem.ORIGINAL_MISSING}:
                    yield self._cleared(finding)

    def _read_again(self, texts: Sequence[Finding]) -> Iterator[Mended]:
        jobs: dict[FileHash, ExtractionJob] = {}
        lost: list[Finding] = []
        for finding in texts:
            job = self._job(FileHash(finding.subject))
            if job is None:
                lost.append(finding)
            else:
                jobs[job.file_hash] = job
        yield from self._marked(lost)
        if not jobs:
            return
        of = {FileHash(each.subject): each for each in texts}
        with ExtractionPool(self._settings, self._settings.texts, self._stores.texts) as pool:
            program = office_program(self._settings)
            readers = (
                ConvertingPool(pool, program, self._settings, self._settings.texts)
                if program
                else pool
            )
            for job, outcome in readers.run(jobs.values()):
                yield self._noted(of[job.file_hash], outcome)

    def _job(self, file_hash: FileHash) -> ExtractionJob | None:
        """A reading of the original, or ``None`` where that is lost, too."""
        with reading(self._engine) as connection:
            path = verifying.path_of(connection, file_hash)
            is_cleared = file_hash in clearances.cleared(connection)
            try:
                original = locate(connection, self._stores.originals, file_hash)
                if hash_file(original) != file_hash:
                    return None
            except StoreUnreachableError:
                raise
            except StorageError:
                return None
        return ExtractionJob(
            path=original, file_hash=file_hash, name=shown_name(path), cleared=is_cleared
        )

    def _noted(self, finding: Finding, outcome: Outcome) -> Mended:
        file_hash = FileHash(finding.subject)
        with reading(self._engine) as connection:
            content = files.contents(connection, [file_hash])[file_hash]
        if isinstance(outcome, Quarantined):
            isolate_marked(
                self._engine, self._stores, content.batch_number, file_hash, outcome.marking
            )
            return Mended(finding=finding, deed=Deed.DELETED)
        if isinstance(outcome, Failed) and not outcome.unread_pages:
            return Mended(finding=finding, deed=Deed.LEFT, reason=outcome.reason)
        with writing(self._engine) as connection:
            files.note_outcomes(connection, {file_hash: columns_of(outcome)})
            if isinstance(outcome, Extracted):
                relations.keep(connection, {file_hash: outcome.parsed.relations})
                fingerprints.keep(connection, file_hash, outcome.extractor, outcome.fingerprint)
            _queue(connection, content, outcome)
        if not isinstance(outcome, Extracted) or outcome.extractor != content.extractor:
            self._stores.texts.remove_version(file_hash, content.extractor)
            self._stores.words.remove_version(file_hash, content.extractor)
        return Mended(finding=finding, deed=Deed.READ)

    def _marked(self, lost: Sequence[Finding]) -> Iterator[Mended]:
        with writing(self._engine) as connection:
            again = failures.read_contents_again(connection, [FileHash(e.subject) for e in lost])
        for finding in lost:
            if finding.subject in again:
                yield Mended(finding=finding, deed=Deed.MARKED)
            else:
                yield Mended(finding=finding, deed=Deed.LEFT, reason=Why.NO_ORIGINAL)

    def _cleared(self, finding: Finding) -> Mended:
        """What should not be in the stores, deleted if it may be and is still nobody's."""
        file_hash, extractor = FileHash(finding.subject), finding.detail
        with reading(self._engine) as connection:
            content = files.contents(connection, [file_hash]).get(file_hash)
        if finding.problem is Problem.QUARANTINED_KEPT:
            if content is not None and content.state is ContentState.QUARANTINED:
                self._stores.forget(file_hash)
            return Mended(finding=finding, deed=Deed.DELETED)
        if not self._prune:
            return Mended(finding=finding, deed=Deed.LEFT, reason=Why.TOLD_ONLY)
        if finding.problem is Problem.ORIGINAL_ORPHANED and content is None:
            self._stores.originals.remove(file_hash)
        elif content is None or not has_text(content, extractor):
            self._stores.texts.remove_version(file_hash, extractor)
            self._stores.words.remove_version(file_hash, extractor)
        return Mended(finding=finding, deed=Deed.DELETED)


def _queue(connection: Connection, content: ContentRow, outcome: Extracted | Failed) -> None:
    """Let the records with a text be indexed with what it is now."""
    if isinstance(outcome, Failed) or outcome.extractor != content.extractor:
        queue_records_with(connection, content.file_hash)
        return
    # It is what it was: nothing about the records is new, and nobody is told that it were.
    ids = records.records_with_file(connection, content.file_hash)
    queue_all(connection, [(each, ChangeKind.ANEW, False) for each in ids])

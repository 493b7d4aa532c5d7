"""What an archivist sees of the archive's state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.extraction import Reason

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from indexer.access import Audience
    from indexer.importing.foreseeing import Findings
    from indexer.importing.report import BatchReport, FileProblem
    from indexer.indexing.lock import LockHolder
    from indexer.indexing.writing_state import WritingState
    from indexer.records import FileHash, Record, RecordFile, TextState
    from indexer.repositories.batches import BatchRow, Replaced
    from indexer.repositories.clearances import Clearance
    from indexer.repositories.copies import BatchCopies, CopyLink
    from indexer.repositories.coverage import Share
    from indexer.repositories.differences import ListedDifference
    from indexer.repositories.files import PathRow
    from indexer.repositories.generations import GenerationRow
    from indexer.repositories.orders import OrderRow
    from indexer.repositories.recognition import Backlog
    from indexer.repositories.set_asides import SetAside
    from indexer.repositories.withdrawals import Withdrawal
    from query_room.archive.paging import Page
    from search_api.rehearsing import Rehearsal


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What waits to be recognised.

    Attributes:
        backlog: How much, and for how long yet. is_installed: Whether anything can be.
    """

    backlog: Backlog
    is_installed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveState:
    """The state of the archive in a few numbers.

    Attributes:
        records: Records that are not removed. unread: Files that gave no text.
        recognition: Pages that wait to be recognised.
        quarantined: Files in quarantine. withdrawals: In force.
        cut_short: Batches that began and that nobody goes on with.
        importer: Who imports at this moment, or ``None``.
    """

    records: int
    unread: int
    recognition: Recognition
    quarantined: int
    withdrawals: int
    cut_short: int
    importer: LockHolder | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """That a batch was taken back."""

    at: dt.datetime
    by: str
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """One batch with its account.

    Attributes:
        report: What came of it, or ``None`` before it has finished.
        so_far: Files by what became of them, while it has no report.
        importer: Who imports at this moment, this batch or another one.
        undoing: Who took it back, or ``None``.
        copies: What it brought that was there already, by text.
        order: What is being done with it, or was last, by an order of the pages; or ``None``.
        is_uploaded: Whether its files came from somebody's own machine.
    """

    batch: BatchRow
    copies: BatchCopies
    report: BatchReport | None
    so_far: Mapping[str, int]
    importer: LockHolder | None
    undoing: Undoing | None
    order: OrderRow | None
    is_uploaded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """An order and how far it is.

    Attributes:
        findings: What a trial found. started_as: The import that was started from it.
        problems: Files that gave no text so far, by reason. latest: Some of them.
        pace: Files a second, or ``None`` where there is none to speak of.
        is_worked_on: Whether there is an importer that works orders off.
        importer: Who imports at this moment, this order or another, or ``None``.
    """

    order: OrderRow
    findings: Findings | None
    problems: Mapping[str, int]
    latest: tuple[PathRow, ...]
    started_as: int | None
    pace: float | None
    is_worked_on: bool
    importer: LockHolder | None

    @property
    def per_mille(self) -> int:
        """What part is done, of a thousand."""
        return min(1000, self.order.done * 1000 // self.order.total) if self.order.total else 0

    @property
    def seconds_left(self) -> int | None:
        """How long it will take at this pace."""
        if not self.pace:
            return None
        return round((self.order.total - self.order.done) / self.pace)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonLine:
    """Files of a batch that failed for one reason.

    Attributes:
        tries: How often the most stubborn of them was tried. examples: Some of them.
        may_be_retried: It does not pass by itself, and somebody's word lets them be tried again.
    """

    reason: str
    files: int
    tries: int
    examples: tuple[FileProblem, ...]
    may_be_retried: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchAccount:
    """What a finished batch has to answer for.

    Attributes:
        reasons: Its failures, the commonest reason first.
        quarantined: Paths of what the guard kept out.
        levels: Records it made or changed, by who may see them now.
        texts: The same by how much of their text can be searched now.
        differences: Between catalogue and documents, still open.
    """

    batch: BatchRow
    report: BatchReport
    reasons: tuple[ReasonLine, ...]
    quarantined: tuple[str, ...]
    levels: Mapping[Audience, int]
    texts: Mapping[TextState, int]
    differences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferencesView:
    """Some open differences.

    Attributes:
        counts: Of each field, in the batch that is asked for. batches: Those that have any.
    """

    page: Page[ListedDifference]
    counts: Mapping[str, int]
    batches: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPlan:
    """What undoing a batch will do.

    Attributes:
        later: Batches that must be undone first, the latest first.
        quarantined: Files of the batch that stay in quarantine.
        importer: Who imports and is waited for, or ``None``.
        order: An order over the batch that is not over: its import, or its undoing; or ``None``.
    """

    batch: BatchRow
    records: Replaced
    later: tuple[int, ...]
    quarantined: int
    importer: LockHolder | None
    order: OrderRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexView:
    """The index and its generations.

    Attributes:
        serving: Answers now, or ``None`` before the first. building: Is being built, or ``None``.
        whole: Is built and does not answer yet, or ``None``.
        previous: Can answer again at once, or ``None``.
        comparison: Of the one that is to answer next, or else of the one that does, with the one
            before it; ``None`` where nothing was compared.
        generations: All, newest first.
        waiting: Changes that the serving generation has not taken in yet, or ``None`` where it
            cannot be asked.
        to_build: Records that the generation under construction will hold.
        written: Who writes it, and what is given out.
        set_aside: The last records that killed whoever took them in; some of them.
    """

    serving: GenerationRow | None
    building: GenerationRow | None
    previous: GenerationRow | None
    generations: tuple[GenerationRow, ...]
    waiting: int | None
    to_build: int
    written: WritingState
    set_aside: tuple[SetAside, ...] = ()
    whole: GenerationRow | None = None
    comparison: Rehearsal | None = None

    @property
    def progress(self) -> int:
        """Per cent of the generation under construction."""
        if self.building is None or not self.to_build:
            return 0
        return min(99, self.building.record_count * 100 // self.to_build)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of the archive can be searched.

    Attributes:
        counts: Records by how much text they have.
        shares: The same by fonds or by year.
        unread: Files that gave no text, by reason.
        recognition: Pages that wait to be recognised.
    """

    counts: Mapping[TextState, int]
    shares: tuple[Share, ...]
    unread: Mapping[str, int]
    recognition: Recognition

    @property
    def total(self) -> int:
        """Records in all."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A file in quarantine: never a word of its text.

    Attributes:
        marking: What stands on its first page, or the secrecy that the catalogue gives it.
        reason: ``quarantined`` for a marking; another word where the catalogue says so.
        clearance: A reviewer's word that lets the next import read it, or ``None``.
    """

    source_file_id: int
    path: str
    file_hash: FileHash | None
    marking: str
    reason: str
    batch_number: int
    clearance: Clearance | None

    @property
    def may_be_cleared(self) -> bool:
        """Whether a reviewer's word is enough; what the catalogue says is mended there."""
        is_marked = self.reason == Reason.QUARANTINED
        return is_marked and self.clearance is None and self.file_hash is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """A withdrawal.

    Attributes:
        record: What it hides, or ``None`` where it names a file or what the reader may not see.
    """

    withdrawal: Withdrawal
    record: Record | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyHolder:
    """A record that has one side of a pair of copies, with the file that is it."""

    record: Record
    file: RecordFile


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPair:
    """Two contents that were found to be copies, with the records that the reader may see.

    Attributes:
        first: Some of those that have the first content. second: Of the second.
    """

    link: CopyLink
    first: tuple[CopyHolder, ...]
    second: tuple[CopyHolder, ...]

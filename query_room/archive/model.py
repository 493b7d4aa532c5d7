"""What an archivist sees of the archive's state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.records import FileHash, Record
    from indexer.repositories.coverage import Share
    from indexer.repositories.generations import GenerationRow
    from indexer.repositories.withdrawals import Withdrawal


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveState:
    """The state of the archive in a few numbers.

    Attributes:
        records: Records that are not removed. unread: Files that gave no text.
        quarantined: Files in quarantine. withdrawals: In force. running_batches: Cut short.
    """

    records: int
    unread: int
    quarantined: int
    withdrawals: int
    running_batches: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexView:
    """The index and its generations.

    Attributes:
        serving: Answers now, or ``None`` before the first. building: Is being built, or ``None``.
        previous: Can answer again at once, or ``None``.
        generations: All, newest first.
        waiting: Changes that the serving generation has not taken in yet.
        to_build: Records that the generation under construction will hold.
    """

    serving: GenerationRow | None
    building: GenerationRow | None
    previous: GenerationRow | None
    generations: tuple[GenerationRow, ...]
    waiting: int
    to_build: int

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
        unread: Files that gave no text, by reason.
    """

    by_fonds: tuple[Share, ...]
    by_year: tuple[Share, ...]
    unread: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A file in quarantine: never a word of its text.

    Attributes:
        marking: What stands on its first page; ``""`` where the catalogue calls it secret.
        reason: ``quarantined``, or what the catalogue says.
        is_cleared: Whether the next import reads it.
    """

    path: str
    file_hash: FileHash | None
    marking: str
    reason: str
    batch_number: int
    is_cleared: bool

    @property
    def may_be_cleared(self) -> bool:
        """Whether a reviewer's word is enough; what the catalogue says is mended there."""
        return bool(self.marking) and not self.is_cleared and self.file_hash is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """A withdrawal in force.

    Attributes:
        record: What it hides, or ``None`` where it names a file or what the reader may not see.
    """

    withdrawal: Withdrawal
    record: Record | None

"""What came of a batch, in numbers that add up."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from indexer.catalogue import BadRow
from indexer.importing.catalogue_account import CatalogueAccount

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class FileProblem:
    """A file that gave no text.

    Attributes:
        path: Within the source. reason: A word of :class:`indexer.extraction.Reason`.
        detail: What exactly; for a quarantined file its marking.
        tries: How often reading it has failed; 0 in accounts from before they were counted.
    """

    path: str
    reason: str
    detail: str
    tries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchReport:
    """The account of one batch.

    Every file found is counted once: ``found = indexed + unchanged + duplicate + failed +
    quarantined``. An archive that was opened whole is no file of the account: its members are.

    Attributes:
        batch_number: Its number; 0 for a dry run.
        indexed: Files whose text was read in this batch.
        unchanged: Files that were read before and are the same.
        duplicate: Files whose content was there already under another path.
        records_changed: Records added or changed. records_unchanged: Records as they were.
        records_removed: Records that a quarantine or a new catalogue row took out.
        held_back: Records left at 控制 because the guard could not read one of their files.
        archives: Archives that were opened whole.
        members: Files found that lie in archives or are attached to others.
        missing: Files that were there in an earlier batch and are gone.
        passed_over: Hidden and temporary files, links, and what is no file.
        unreadable: Folders that could not be listed.
        bad_rows: Catalogue rows that could not be used.
        unlisted: Files that no catalogue row names, imported on their own.
        is_partial: Only a part of the folder was looked at: what had changed.
        problems: Every failed and quarantined file.
        waiting_pages: Pages of the source's files that wait to be recognised.
        catalogue: How the catalogue was read and joined, or ``None`` where there was none.
    """

    batch_number: int
    found: int
    indexed: int
    unchanged: int
    duplicate: int
    failed: int
    quarantined: int
    records_changed: int
    records_unchanged: int
    missing: int
    archives: int = 0
    members: int = 0
    records_removed: int = 0
    held_back: int = 0
    passed_over: int = 0
    unreadable: tuple[str, ...] = ()
    bad_rows: tuple[BadRow, ...] = ()
    unlisted: tuple[str, ...] = ()
    is_partial: bool = False
    problems: tuple[FileProblem, ...] = ()
    by_reason: Mapping[str, int] = field(default_factory=dict)
    waiting_pages: int = 0
    catalogue: CatalogueAccount | None = None

    @property
    def adds_up(self) -> bool:
        """Whether every file found is accounted for."""
        return self.found == (
            self.indexed + self.unchanged + self.duplicate + self.failed + self.quarantined
        )

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> BatchReport:
        """The inverse of :meth:`to_json`."""
        return cls(
            **{
                **body,
                "bad_rows": tuple(
                    BadRow(**{**row, "paths": tuple(row["paths"])}) for row in body["bad_rows"]
                ),
                "unreadable": tuple(body["unreadable"]),
                "unlisted": tuple(body["unlisted"]),
                "problems": tuple(FileProblem(**each) for each in body["problems"]),
                # Reports from before it was kept have none.
                "catalogue": CatalogueAccount.from_json(account)
                if (account := body.get("catalogue"))
                else None,
            }
        )

"""What a verification finds, and what it adds up to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from indexer.engine.port import Pair

NAMED: Final = 100
"""Findings of one kind that a report names; the others are counted."""


class Problem(StrEnum):
    """What does not agree, the most urgent first."""

    BREACH = "breach"  # an index holds what nobody who asks it may see
    QUARANTINED_KEPT = "quarantined_kept"  # a store holds what was set aside for its marking
    NO_GENERATION = "no_generation"  # none that this version can ask
    INDEX_UNREADABLE = "index_unreadable"
    NOT_INDEXED = "not_indexed"
    STALE = "stale"  # of another revision, or there twice
    PASSAGES = "passages"  # more or fewer than its text has
    SET_ASIDE = "set_aside"  # lacking or stale, because workers died of it
    ORPHANED = "orphaned"  # of no record
    STRAY_PASSAGES = "stray_passages"  # of records that nobody knows any more
    TEXT_MISSING = "text_missing"
    TEXT_DAMAGED = "text_damaged"
    ORIGINAL_MISSING = "original_missing"
    TEXT_ORPHANED = "text_orphaned"
    WORDS_ORPHANED = "words_orphaned"
    ORIGINAL_ORPHANED = "original_orphaned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that does not agree.

    Attributes:
        problem: What is wrong.
        subject: The record or file concerned, or ``""``.
        pair: In which pair of indexes, or ``None`` where it is no matter of the index.
        detail: What exactly: a version, two numbers; never text of a file.
    """

    problem: Problem
    subject: str
    pair: Pair | None = None
    detail: str = ""


@dataclass(slots=True, kw_only=True)
class IndexReport:
    """What a verification looked at, and what it found.

    Attributes:
        records: Records that an index should hold. texts: Texts that were read.
        indexed: Records that it holds.
        waiting: Changes that it has still to take in; they are not held against it.
        is_importing: Whether an import ran, so that what lies in the stores without a row was not
            told: it may be on its way.
        findings: The first of each kind. counts: How many there are of each.
    """

    records: int = 0
    texts: int = 0
    indexed: int = 0
    waiting: int = 0
    is_importing: bool = False
    findings: list[Finding] = field(default_factory=list)
    counts: Counter[Problem] = field(default_factory=Counter)

    @property
    def is_sound(self) -> bool:
        """Whether everything agrees."""
        return not self.counts

    def add(self, finding: Finding) -> None:
        """Count a finding, and keep it where there are few of its kind."""
        self.counts[finding.problem] += 1
        if self.counts[finding.problem] <= NAMED:
            self.findings.append(finding)

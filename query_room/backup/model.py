"""What a backup says of itself."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads it at run time
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

FORMAT: Final = 2
"""Grows when a backup can no longer be read by what came before."""

_COUNT: Final = Field(ge=0)


class Stage(StrEnum):
    """Where a backup or a restore stands."""

    CHECKING = "checking"
    ROWS = "rows"
    ORIGINALS = "originals"
    TEXTS = "texts"
    WORDS = "words"
    INDEX = "index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a stage has come.

    Attributes:
        stage: Which. done: Rows, files or bytes so far. total: Of how many; ``None`` if unknown.
    """

    stage: Stage
    done: int
    total: int | None = None


class FlawKind(StrEnum):
    """Why a content that the database speaks of is not in the backup."""

    ORIGINAL_MISSING = "original_missing"
    ORIGINAL_DAMAGED = "original_damaged"
    TEXT_MISSING = "text_missing"


class _Part(BaseModel):
    """A part of a manifest; it may come from anybody, so nothing unknown is let pass."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Format(_Part):
    """The first member: what can read the rest. Later formats may add to it, never take away."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    format: int = Field(ge=1)
    product: str


class Flaw(_Part):
    """A content that is not in the backup as it should be."""

    kind: FlawKind
    file_hash: str


class TableSummary(_Part):
    """What was saved of a table.

    Attributes:
        rows: How many. last_number: The last one given out, so that none is given out again.
    """

    rows: int = _COUNT
    last_number: int | None = None


class KeyCheck(_Part):
    """Tells whether keys are those of this backup, and nothing else about them.

    Attributes:
        nonce: Any text. digest: What the vault makes of it.
    """

    nonce: str
    digest: str


class Manifest(_Part):
    """The last member.

    Attributes:
        format: Of the backup. product: Version that wrote it. created_at: When its rows were read.
        schema_versions: Migration of each package. tables: By name, in the order of loading.
        originals: Files copied. texts: Texts copied. in_place: Originals that lie outside our care.
        words: Texts whose words were copied with where they stand; none in a backup of format 1.
        sums: SHA-256 of ``SHA256SUMS``. key_check: Of the vault; ``None`` where there was none yet.
        flaws: What could not be copied as it should be.
    """

    format: int
    product: str
    created_at: dt.datetime
    schema_versions: dict[str, str]
    tables: dict[str, TableSummary]
    originals: int = _COUNT
    texts: int = _COUNT
    words: int = Field(ge=0, default=0)
    in_place: int = _COUNT
    sums: str
    key_check: KeyCheck | None
    flaws: tuple[Flaw, ...]

    @property
    def damaged_originals(self) -> frozenset[str]:
        """Hashes of originals that were not their own hash when they were copied."""
        return frozenset(
            flaw.file_hash for flaw in self.flaws if flaw.kind is FlawKind.ORIGINAL_DAMAGED
        )

"""Which version of the product writes a generation: while one follows another, both run.

Workers of another version cannot write it, for their fields or tokens are others. So each version
has its own coordinator and its own queue of jobs, and touches the generations of no other: those
who still answer are kept up to date by the former version until the next one's generation is whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from zlib import crc32

from indexer.analysis.analyzer import ANALYZER
from indexer.engine.opening import schema_version

if TYPE_CHECKING:
    from indexer.repositories.generations import GenerationRow
    from indexer.settings import IndexerSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What sets the writers of one version apart.

    Attributes:
        analyzer: Its name, a stroke and a number that grows.
    """

    engine: str
    schema_version: int
    analyzer: str

    @classmethod
    def here(cls, settings: IndexerSettings) -> Self:
        """Of this process."""
        return cls(
            engine=settings.engine, schema_version=schema_version(settings), analyzer=ANALYZER
        )

    @classmethod
    def of(cls, row: GenerationRow) -> Self:
        """That wrote a generation."""
        return cls(engine=row.engine, schema_version=row.schema_version, analyzer=row.analyzer)

    @property
    def name(self) -> str:
        """How its queue of jobs is called."""
        return f"index {self.engine} {self.schema_version} {self.analyzer}"

    @property
    def place(self) -> int:
        """Of its coordinator among all: a positive number of 31 bits."""
        return crc32(self.name.encode()) >> 1

    def is_newer_than(self, other: Version) -> bool:
        """Whether it came later: only then it takes the place of one whose workers still run."""
        return self._age > other._age

    @property
    def _age(self) -> tuple[int, int]:
        number = self.analyzer.rpartition("/")[2]
        return self.schema_version, int(number) if number.isdecimal() else 0

"""The archivist's catalogue (归档文件目录): rows of CSV, XLSX or JSONL to descriptions.

Columns are known by many names (:mod:`~indexer.catalogue.columns`), values by many spellings
(:mod:`~indexer.catalogue.values`). A row that cannot be used is named by its number and the others
go in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.access import Disclosure, Opening, Secrecy
    from indexer.custody import Custody
    from indexer.dates import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueFile:
    """A file that a row names, as it names it."""

    path: str
    is_attachment: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRow:
    """One described record.

    Attributes:
        number: 1-based row of the sheet or line of the file, header included.
        external_id: The catalogue's own id, or ``""``.
        texts: Plain metadata by the field names of :class:`indexer.records.Description`.
        date: 成文日期, or ``None``.
        persons: 人名.
        secrecy: ``None`` where the row is silent; the same for opening, disclosure and custody.
        files: In order; none is paper only.
    """

    number: int
    external_id: str
    texts: dict[str, str] = field(default_factory=dict)
    date: PartialDate | None = None
    persons: tuple[str, ...] = ()
    secrecy: Secrecy | None = None
    opening: Opening | None = None
    disclosure: Disclosure | None = None
    custody: Custody | None = None
    files: tuple[CatalogueFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row that cannot be used.

    Attributes:
        number: Of the row. problem: A stable word, e.g. ``bad_date``.
        value: What stands there, shortened.
        paths: Files it names, as it names them: they are its own, whatever is wrong with it.
        secrecy: What it says of its secrecy, where that much can be read.
    """

    number: int
    problem: str
    value: str = ""
    paths: tuple[str, ...] = ()
    secrecy: Secrecy | None = None

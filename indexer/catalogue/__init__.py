"""The archivist's catalogue (归档文件目录) of any office: tables to descriptions.

A catalogue is read in steps, each a module: a file to grids of cells
(:mod:`~indexer.catalogue.reading`), a grid to its header (:mod:`~indexer.catalogue.headers`), the
rows below it (:mod:`~indexer.catalogue.records_below`), and their values
(:mod:`~indexer.catalogue.rows`). Columns are known by many names
(:mod:`~indexer.catalogue.columns`) or by what an archivist has settled once
(:mod:`~indexer.catalogue.profiles`). What cannot be used or was read with a doubt is named by sheet
and row, and the others go in.
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
class PageRange:
    """Pages of a scanned volume, 1-based; ``last`` is ``None`` up to its end."""

    first: int
    last: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a document belongs, as far as the catalogue says; unknown parts are ``""``.

    Attributes:
        fonds: 全宗号. category: 门类代码. catalogue: 目录号. year: 年度. retention: 保管期限.
        organ: 机构（问题）. volume: 案卷号. item: 件号, as written.
    """

    fonds: str = ""
    category: str = ""
    catalogue: str = ""
    year: str = ""
    retention: str = ""
    organ: str = ""
    volume: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRow:
    """One described record.

    Attributes:
        number: 1-based row of the sheet or line of the file, header included.
        sheet: The sheet's name, or ``""`` where a file has but one table.
        external_id: The catalogue's own id, or ``""``.
        texts: Plain metadata by the field names of :class:`indexer.records.Description`.
        place: Its place by the parts of a 档号, for codes and for gaps.
        date: 成文日期, or ``None``.
        persons: 人名.
        secrecy: ``None`` where the row is silent; the same for opening, disclosure and custody.
        files: In order; none is paper only, or a file to be found by code or name.
        folder: The folder it names, or ``""``.
        pages: Its pages in the scan of a volume, or ``None``.
    """

    number: int
    external_id: str
    sheet: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    place: Place = field(default_factory=Place)
    date: PartialDate | None = None
    persons: tuple[str, ...] = ()
    secrecy: Secrecy | None = None
    opening: Opening | None = None
    disclosure: Disclosure | None = None
    custody: Custody | None = None
    files: tuple[CatalogueFile, ...] = ()
    folder: str = ""
    pages: PageRange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row that cannot be used.

    Attributes:
        number: Of the row. sheet: Its sheet. problem: A stable word, e.g. ``bad_secrecy``.
        value: What stands there, shortened.
        paths: Files it names, as it names them: they are its own, whatever is wrong with it.
        secrecy: What it says of its secrecy, where that much can be read.
    """

    number: int
    problem: str
    value: str = ""
    paths: tuple[str, ...] = ()
    secrecy: Secrecy | None = None
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusableRow:
    """A bad row, and as much of it as can be read: enough to find the files that are its own."""

    problem: BadRow
    row: CatalogueRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something that a usable row says and that was left out, or read in a way worth a look.

    Attributes:
        sheet: Its sheet. number: Its row. problem: A stable word, e.g. ``bad_date``.
        value: What stands there, shortened.
    """

    sheet: str
    number: int
    problem: str
    value: str = ""

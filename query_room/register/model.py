"""An entry of the register and its items."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from indexer.access import Level
    from indexer.records import RecordId
    from query_room.outcomes import Outcome
    from query_room.visits import Purpose, Standing


class Mode(StrEnum):
    """利用方式."""

    CONSULT = "consult"  # 查阅
    COPY = "copy"  # 复制
    EXCERPT = "excerpt"  # 摘抄
    CERTIFY = "certify"  # 出具证明
    LEND = "lend"  # 借出: to units only


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRange:
    """Pages of one file.

    Attributes:
        first: 1-based. last: Included.
        file_ordinal: Which of the record's files; 0 for paper.
    """

    first: int
    last: int
    file_ordinal: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """A record used in one way.

    Attributes:
        pages: Empty for the whole record.
        copies: Copies of each page; for :attr:`Mode.COPY` at least one.
        certificate: Number of the certificate; for :attr:`Mode.CERTIFY`.
        by_hand: Not from the search's hits, but added by the handler.
        approver: Who approved, and ``basis``: on what ground, the use of what is not open.
    """

    record_id: RecordId
    mode: Mode
    pages: tuple[PageRange, ...] = ()
    copies: int = 0
    certificate: str = ""
    by_hand: bool = False
    approver: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """What is to be registered.

    Attributes:
        search_id: The search of this visit that it comes from; ``None`` where all is by hand.
        items: Empty only where nothing was found.
        remark: Free text; encrypted.
    """

    search_id: str | None
    outcome: Outcome
    items: tuple[NewItem, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterItem:
    """A record used in one way, as it was then.

    Attributes:
        archival_code: 档号. level: Secrecy, opening and disclosure at that time.
        content_hash: Of the record as it was shown.
        is_volume: Whether it counts as 卷次; else as 件次.
        page_count: How many pages ``pages`` are; of the whole record where that is empty.
    """

    record_id: RecordId
    archival_code: str
    content_hash: str
    level: Level
    is_volume: bool
    pages: tuple[PageRange, ...]
    page_count: int
    mode: Mode
    copies: int
    certificate: str
    by_hand: bool
    approver: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """A line of the register.

    Attributes:
        entry_id: 登记号: the visit's number and the entry's within it.
        items: Those that whoever reads this may see.
        remark: Or ``None`` once it was erased; ``""`` where there was none.
        corrects: The entry in whose place this one stands, or ``None``.
        reason: Why it corrects that one, or ``None`` once erased.
        corrected_by: The entry that stands in its place, or ``None``.
    """

    entry_id: str
    visit_id: str
    search_id: str | None
    outcome: Outcome
    items: tuple[RegisterItem, ...]
    handler: str
    entered_at: dt.datetime
    remark: str | None
    corrects: str | None
    reason: str | None
    corrected_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCounts:
    """What the yearly statistics count; corrected entries do not, and searches never.

    Attributes:
        visits: 人次: visits with an entry. volumes: 卷次, and ``items``: 件次; a record used in
            several ways in one visit counts once.
        pages_copied: 复制页数: pages times copies. certificates: 出具证明.
        by_purpose: 人次 by 利用目的, 0 included.
    """

    visits: int
    volumes: int
    items: int
    pages_copied: int
    certificates: int
    by_purpose: Mapping[Purpose, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCounts:
    """What the days of a period within one month add up to. ``month``: its first day."""

    month: dt.date
    counts: RegisterCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFilter:
    """Which entries of a period are meant; a field left out asks nothing.

    Attributes:
        handler: The account that entered it, by its name.
        mode: Of an item that whoever asks may see; so are the next two.
        reference: What the item's 档号 begins with.
        certificate: The number of its certificate.
    """

    purpose: Purpose | None = None
    standing: Standing | None = None
    outcome: Outcome | None = None
    handler: str = ""
    mode: Mode | None = None
    reference: str = ""
    certificate: str = ""

    @property
    def asks_items(self) -> bool:
        """Whether it asks for something of the items, and not of the entry alone."""
        return self.mode is not None or bool(self.reference or self.certificate)


EVERY_ENTRY = EntryFilter()

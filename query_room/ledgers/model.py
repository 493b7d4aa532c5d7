"""What old registers hold, and what came of reading one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from query_room.statute.codes import ApplicantCategory, Disposition


class LedgerKind(StrEnum):
    """What a workbook is a register of."""

    REQUESTS = "requests"  # 依申请公开登记簿
    BALANCES = "balances"  # 上年结转
    VISITS = "visits"  # 查阅登记


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRequest:
    """A request of an old register: dates only, no clock, for the years before were 15 + 15 days.

    Attributes:
        ledger_id: ``<ORGAN>-L<import>-<row>``, row counted from 1 over the import.
        number: As the register has it, kept where it is short and names nobody.
        disposition, closed_on: ``None`` while it was open.
    """

    ledger_id: str
    organ_id: str
    number: str
    received_on: dt.date
    category: ApplicantCategory
    disposition: Disposition | None
    closed_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOfVisits:
    """How much was used in a month; rows of single visits are added up.

    Attributes:
        month: Its first day.
        visits: 人次. volumes: 卷次. items: 件次. pages: 页数.
    """

    month: dt.date
    visits: int
    volumes: int
    items: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BadCell:
    """A cell that cannot be taken.

    Attributes:
        column: Its letter. field: What it should have said.
        value_class: ``empty``, ``text``, ``number``, ``date`` or ``other``; never the value, for
            it may name somebody.
        reason: ``missing``, ``not_a_day``, ``not_a_month``, ``not_a_year``, ``not_a_count``,
            ``unknown_word``, ``in_future``, ``before_receipt``, ``result_without_day``,
            ``day_without_result`` or ``twice``.
    """

    sheet: str
    row: int
    column: str
    field: str
    value_class: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """A request as a row says it."""

    number: str
    received_on: dt.date
    category: ApplicantCategory
    disposition: Disposition | None
    closed_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceLine:
    """A part of an opening balance as a row says it."""

    year: int
    category: ApplicantCategory
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPreview:
    """What an import would keep.

    Attributes:
        file_hash: SHA-256 of the workbook; whoever confirms names it.
        sheets: Sheets that were read. unread_sheets: Those without a known header.
        unread_columns: Headings that were not read further, e.g. names.
        totals: (sheet, row) of rows left out because they add up others.
        imported_as: The import that took in the same file, or ``None``.
    """

    kind: LedgerKind
    organ_id: str
    file_hash: str
    sheets: tuple[str, ...]
    unread_sheets: tuple[str, ...]
    unread_columns: tuple[str, ...]
    totals: tuple[tuple[str, int], ...]
    bad: tuple[BadCell, ...]
    requests: tuple[RequestLine, ...] = ()
    balances: tuple[BalanceLine, ...] = ()
    visits: tuple[MonthOfVisits, ...] = ()
    imported_as: int | None = None

    @property
    def count(self) -> int:
        """How many rows would be kept."""
        return len(self.requests) + len(self.balances) + len(self.visits)

    def imported_before(self, import_id: int | None) -> LedgerPreview:
        """The same, with the import that took the file in before."""
        return replace(self, imported_as=import_id)

    @property
    def bad_rows(self) -> int:
        """How many rows have a cell that cannot be taken."""
        return len({(each.sheet, each.row) for each in self.bad})


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerImport:
    """A workbook that was imported."""

    import_id: int
    kind: LedgerKind
    organ_id: str
    file_hash: str
    row_count: int
    bad_count: int
    imported_at: dt.datetime
    imported_by: str
    undone_at: dt.datetime | None

"""What goes into an annual report, and its tables cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from query_room.statute.case_codes import CaseBlock, CaseResult
    from query_room.statute.codes import ApplicantCategory, Disposition

TOTAL = "tot"
"""The column that adds the others up."""


class TableName(StrEnum):
    """A table of the report. Source: 国办公开办函〔2021〕30号."""

    PROACTIVE = "II"  # 主动公开政府信息情况
    REQUESTS = "III"  # 收到和处理政府信息公开申请情况
    CASES = "IV"  # 政府信息公开行政复议、行政诉讼情况


class TextPart(StrEnum):
    """A part of the report that is written, not counted."""

    OVERVIEW = "1"  # 一、总体情况
    PROBLEMS = "5"  # 五、存在的主要问题及改进情况
    OTHER = "6"  # 六、其他需要报告的事项


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedRequest:
    """A disclosure request as the report sees it.

    Attributes:
        disposition: How it ended, or ``None`` while it is open.
        closed_on: When it ended, or ``None`` while it is open.
    """

    request_id: str
    organ_id: str
    received_on: dt.date
    category: ApplicantCategory
    disposition: Disposition | None
    closed_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedCase:
    """A review or suit that ended in the year, or was open at its end."""

    case_id: str
    request_id: str
    organ_id: str
    block: CaseBlock
    result: CaseResult


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningBalance:
    """How many requests an organ carried into its first year here, as its last report said.

    Attributes:
        year: The first year whose report is made here.
        count: All that were carried over, those entered one by one among them.
    """

    organ_id: str
    year: int
    category: ApplicantCategory
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProactiveFigures:
    """Table II of one organ and year, as entered.

    Attributes:
        counts: By row and column of the layout; amounts of money in 分.
    """

    organ_id: str
    year: int
    counts: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True, order=True)
class CellKey:
    """Where a number stands."""

    table: TableName
    row: str
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A number and what is behind it.

    Attributes:
        subjects: Requests that it counts, sorted; cases in table IV.
        unlisted: What it counts besides: figures entered, imported from another organ's report,
            or carried over without being in the register.
    """

    subjects: tuple[str, ...] = ()
    unlisted: int = 0

    @property
    def count(self) -> int:
        """The number itself."""
        return len(self.subjects) + self.unlisted

    def plus(self, other: Cell) -> Cell:
        """Both together."""
        return Cell(
            subjects=tuple(sorted((*self.subjects, *other.subjects))),
            unlisted=self.unlisted + other.unlisted,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualTables:
    """Tables II, III and IV of one year.

    Attributes:
        organ_ids: Whose figures they are, together.
        cells: Every cell of the three tables; blanks are zero.
    """

    year: int
    organ_ids: tuple[str, ...]
    cells: Mapping[CellKey, Cell]

    def cell(self, table: TableName, row: str, column: str) -> Cell:
        """One cell."""
        return self.cells[CellKey(table, row, column)]

    def count(self, table: TableName, row: str, column: str = TOTAL) -> int:
        """The number in one cell."""
        return self.cell(table, row, column).count

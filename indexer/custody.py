"""Who keeps a record: which law opens it to those who ask follows from that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from indexer.dates import PartialDate


class CustodyKind(StrEnum):
    """Where a record lies."""

    UNIT = "unit"  # 本单位保管
    EARLY_DEPOSIT = "early_deposit"  # 提前移交进馆
    TRANSFERRED = "transferred"  # 已移交进馆


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """Who keeps a record.

    Attributes:
        due_on: 应移交日期, or ``None`` where the catalogue gives none.
        transferred_on: 移交日期, or ``None``.
    """

    kind: CustodyKind
    due_on: PartialDate | None = None
    transferred_on: PartialDate | None = None

    def is_with_archive(self, today: dt.date) -> bool:
        """Whether it has been transferred and its day of transfer has come.

        What was deposited early stays the unit's until that day. Source: 档案法 (2020) art. 15(2).
        """
        if self.kind is CustodyKind.UNIT:
            return False
        if self.due_on is None:
            return self.kind is CustodyKind.TRANSFERRED
        return self.due_on.last_day <= today

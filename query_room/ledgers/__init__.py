"""Old registers from workbooks: requests, opening balances and visits of the years before.

A workbook is read and shown before anything is kept; what cannot be read is listed cell by cell;
an import can be undone. Columns that name people are not read beyond their heading.
"""

from query_room.ledgers.errors import LedgerRefusedError
from query_room.ledgers.model import (
    BadCell,
    LedgerImport,
    LedgerKind,
    LedgerPreview,
    LedgerRequest,
    MonthOfVisits,
)
from query_room.ledgers.reported import LedgerRequests
from query_room.ledgers.service import LedgerService

__all__ = [
    "BadCell",
    "LedgerImport",
    "LedgerKind",
    "LedgerPreview",
    "LedgerRefusedError",
    "LedgerRequest",
    "LedgerRequests",
    "LedgerService",
    "MonthOfVisits",
]

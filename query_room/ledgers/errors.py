"""Errors of old registers."""

from __future__ import annotations

from query_room.errors import RequestLogError


class LedgerRefusedError(RequestLogError):
    """A workbook cannot be imported, or an import not undone.

    Attributes:
        reason: ``not_a_workbook``, ``too_large``, ``no_header``, ``nothing_to_import``,
            ``imported_before``, ``several_years``, ``has_balance``, ``changed_since``,
            ``reported_since`` or ``not_there``.
    """

    code = "ledger_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

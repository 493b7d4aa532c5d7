"""Errors of the annual report."""

from __future__ import annotations

from query_room.errors import RequestLogError


class ReportRefusedError(RequestLogError):
    """What is wanted of a report cannot be done.

    Attributes:
        reason: ``issued`` (it is out already), ``checks_failed``, ``has_register`` (its figures
            come from the register here, not from a workbook), ``other_first_year``,
            ``not_a_workbook`` or ``too_large``.
    """

    code = "report_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ReportNotFoundError(RequestLogError):
    """No such report was issued."""

    code = "report_not_found"

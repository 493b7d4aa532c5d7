"""Errors of the clock."""

from __future__ import annotations

from query_room.errors import RequestLogError


class ClockRefusedError(RequestLogError):
    """The law does not allow such a course of events.

    Attributes:
        reason: ``not_received``, ``received_twice``, ``before_receipt``, ``before_the_law``,
            ``clarified_before``, ``window_passed``, ``not_asked``, ``extended_before``,
            ``needs_approver``, ``too_long``, ``too_short``, ``due_date_passed``,
            ``stands_still``, ``unknown_party``, ``no_consultation``, ``answered_before``,
            ``no_fee``, ``closed`` or ``not_closed``.
    """

    code = "clock_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

"""Errors of the law's tables."""

from __future__ import annotations

from query_room.errors import RequestLogError


class StatuteError(RequestLogError):
    """What is wanted does not fit the law.

    Attributes:
        reason: ``not_for_choosing``, ``reply_type_does_not_fit`` or ``unknown_exemption``.
    """

    code = "statute_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

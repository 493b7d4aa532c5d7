"""Errors of reviews."""

from __future__ import annotations

from query_room.errors import RequestLogError


class ReviewRefusedError(RequestLogError):
    """A signature cannot be given.

    Attributes:
        reason: ``not_open``, ``not_your_step``, ``own_paper`` or ``remark_required``.
    """

    code = "review_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

"""Errors of reviews and suits."""

from __future__ import annotations

from query_room.errors import RequestLogError


class CaseNotFoundError(RequestLogError):
    """No such review or suit."""

    code = "case_not_found"


class CaseRefusedError(RequestLogError):
    """Something about a review or suit does not fit.

    Attributes:
        reason: ``needs_a_review``, ``follows_nothing``, ``review_is_open``, ``entered_twice`` or
            ``reopens_only_if_corrected``.
    """

    code = "case_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

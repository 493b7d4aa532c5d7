"""Errors of organs."""

from __future__ import annotations

from query_room.errors import RequestLogError


class OrganError(RequestLogError):
    """Something about an organ does not fit.

    Attributes:
        reason: ``exists``, ``unknown_parent`` or ``closed``.
    """

    code = "organ_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OrganNotFoundError(RequestLogError):
    """No such organ."""

    code = "organ_not_found"

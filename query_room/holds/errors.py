"""Errors of holds."""

from __future__ import annotations

from query_room.errors import RequestLogError


class HeldError(RequestLogError):
    """It is held, or a review or suit over it is open: it cannot be erased."""

    code = "held"


class HoldNotFoundError(RequestLogError):
    """There is no such hold in force, or nothing by that number to be held."""

    code = "hold_not_found"

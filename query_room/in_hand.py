"""The request that somebody is searching for: every search of theirs belongs to it meanwhile."""

from __future__ import annotations

from typing import Final

from flask import session

_KEY: Final = "request_in_hand"


def request_in_hand() -> str | None:
    """The identifier of the request in hand, or ``None``."""
    held = session.get(_KEY)
    return str(held) if held else None


def take_in_hand(request_id: str) -> None:
    """Search for a request from now on; the caller has checked that the account may."""
    session[_KEY] = request_id


def put_down_request() -> None:
    """Search for no request."""
    session.pop(_KEY, None)

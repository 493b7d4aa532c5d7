"""Who sends this HTTP request: with whose rights it is answered, and as whose it is logged."""

from __future__ import annotations

from flask import request

from indexer.access import PUBLIC_VIEWER, Viewer
from indexer.database import utc_now
from search_api.answers import LogContext


def current_viewer() -> Viewer:
    """The rights of whoever is signed in; the public's otherwise."""
    return PUBLIC_VIEWER


def current_context(channel: str = "web") -> LogContext:
    """Who asks, for the log."""
    return LogContext(
        actor="",
        terminal=request.remote_addr or "",
        channel=channel,
        visit_id=None,
        at=utc_now(),
    )

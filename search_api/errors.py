"""What can go wrong in this room, below :class:`indexer.errors.QueryRoomError`.

::

    QueryRoomError
    ├── PageNotDrawnError          the page has no picture; ``reason`` says why
    ├── DrawingBusyError           too many pages are being drawn
    └── LogError                   the event log refused a read or a write
        ├── SearchNotLoggedError   no search with that identifier was ever logged
        ├── EventNotFoundError     no event with that number
        ├── BodyErasedError        the event stands, what it said was erased
        └── ErasureRefusedError    that event must keep what it says
"""

from __future__ import annotations

from indexer.errors import QueryRoomError


class PageNotDrawnError(QueryRoomError):
    """The page cannot be shown as a picture.

    Attributes:
        reason: A word of :class:`indexer.extraction.Reason`.
    """

    code = "page_not_drawn"

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


class DrawingBusyError(QueryRoomError):
    """Too many pages are being drawn for others."""

    code = "drawing_busy"


class LogError(QueryRoomError):
    """The event log refused a read or a write."""

    code = "log_failed"


class SearchNotLoggedError(LogError):
    """No search with that identifier was ever logged."""

    code = "search_not_logged"


class EventNotFoundError(LogError):
    """No event with that number."""

    code = "event_not_found"


class BodyErasedError(LogError):
    """The event stands in the chain, but what it said was erased."""

    code = "event_erased"


class ErasureRefusedError(LogError):
    """That event must keep what it says: it is itself the proof of an erasure."""

    code = "erasure_refused"

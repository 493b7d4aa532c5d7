"""Errors of saved searches."""

from __future__ import annotations

from indexer.errors import QueryRoomError


class SavedSearchNotFoundError(QueryRoomError):
    """There is no such saved search, or it is somebody else's."""

    code = "saved_search_not_found"


class TooManySavedError(QueryRoomError):
    """As many searches are kept as one account may keep."""

    code = "too_many_saved"

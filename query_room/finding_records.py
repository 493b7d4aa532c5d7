"""The one way in which this room asks for a record: with the rights of whoever wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from indexer.access import Viewer
    from indexer.records import Record


class FindRecord(Protocol):
    """:meth:`search_api.service.SearchService.record`, or whatever keeps its promise."""

    def __call__(self, record_id: str, viewer: Viewer) -> Record:
        """The record as it is now.

        Raises:
            indexer.errors.RecordNotFoundError: It does not exist, or not for this viewer.
        """
        ...

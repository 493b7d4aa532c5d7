"""The care of the archive by its archivists: batches, coverage, the index, what is kept back."""

from query_room.archive.coverage import Grouping
from query_room.archive.paging import Page
from query_room.archive.service import ArchiveService

__all__ = ["ArchiveService", "Grouping", "Page"]

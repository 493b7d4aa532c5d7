"""The care of the archive by its archivists: batches, quarantine, withdrawals, the index."""

from query_room.archive.model import ArchiveState, Coverage, IndexView, Quarantined, Withdrawn
from query_room.archive.service import ArchiveService

__all__ = ["ArchiveService", "ArchiveState", "Coverage", "IndexView", "Quarantined", "Withdrawn"]

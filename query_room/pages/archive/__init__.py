"""The archive as its keepers see it: batches, coverage, the index, withdrawals, quarantine."""

from query_room.pages.archive.views import create_blueprint

__all__ = ["create_blueprint"]

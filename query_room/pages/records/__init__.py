"""A record: its description, its files, their pages, the original to download."""

from query_room.pages.records.views import create_blueprint

__all__ = ["create_blueprint"]

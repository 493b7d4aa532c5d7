"""Pages of retention: what is due to be erased, and what is held back."""

from query_room.pages.retention.views import create_blueprint

__all__ = ["create_blueprint"]

"""The searches that the staff keep, and what is new of them."""

from query_room.pages.saved_searches.views import create_blueprint

__all__ = ["create_blueprint"]

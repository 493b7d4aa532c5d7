"""The search page: one box, then results with the pages they were met on."""

from query_room.pages.search.views import create_blueprint

__all__ = ["create_blueprint"]

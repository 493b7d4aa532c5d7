"""How to ask: a page whose every example is run by a test."""

from query_room.pages.guide.views import create_blueprint

__all__ = ["create_blueprint"]

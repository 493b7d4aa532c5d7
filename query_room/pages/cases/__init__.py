"""Pages of reviews and suits."""

from query_room.pages.cases.views import create_blueprint

__all__ = ["create_blueprint"]

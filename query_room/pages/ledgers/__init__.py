"""Pages of old registers."""

from query_room.pages.ledgers.views import create_blueprint

__all__ = ["create_blueprint"]

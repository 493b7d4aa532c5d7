"""Pages of organs: letterheads, people, signatures."""

from query_room.pages.organs.views import create_blueprint

__all__ = ["create_blueprint"]

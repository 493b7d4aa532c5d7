"""Pages on which requests are worked at."""

from query_room.pages.requests.views import create_blueprint

__all__ = ["create_blueprint"]

"""请档案员代查: a search goes to an archivist, and the answer comes back to the visit."""

from query_room.pages.handovers.views import create_blueprint

__all__ = ["create_blueprint"]

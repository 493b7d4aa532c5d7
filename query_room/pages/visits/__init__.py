"""The counter: whoever comes is received, everything done for them is kept together."""

from query_room.pages.visits.views import create_blueprint

__all__ = ["create_blueprint"]

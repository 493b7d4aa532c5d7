"""The applicant's view of a request."""

from query_room.pages.following.views import create_blueprint

__all__ = ["create_blueprint"]

"""Pages of e-mail notices."""

from query_room.pages.notices.views import create_blueprint

__all__ = ["create_blueprint"]

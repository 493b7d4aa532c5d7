"""Pages of working days."""

from query_room.pages.calendar.views import create_blueprint

__all__ = ["create_blueprint"]

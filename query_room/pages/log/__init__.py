"""The event log for auditors: a day of it, one event, verification, heads to be written down."""

from query_room.pages.log.views import create_blueprint

__all__ = ["create_blueprint"]

"""Pages on which certificates are issued and printed."""

from query_room.pages.certificates.views import create_blueprint

__all__ = ["create_blueprint"]

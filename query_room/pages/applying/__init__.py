"""The citizen's form: what is wanted, what is open already, who applies."""

from query_room.pages.applying.views import create_blueprint

__all__ = ["create_blueprint"]

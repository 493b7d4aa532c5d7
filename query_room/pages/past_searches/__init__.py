"""An answer of before under an address that stays, and what has become of it."""

from query_room.pages.past_searches.views import create_blueprint

__all__ = ["create_blueprint"]

"""查阅登记: what was used is written down from the results that answered it."""

from query_room.pages.register.views import create_blueprint

__all__ = ["create_blueprint"]

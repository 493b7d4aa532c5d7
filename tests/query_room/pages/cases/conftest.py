"""An organ with its people."""

from tests.query_room.requests.conftest import office

__all__ = ["office"]

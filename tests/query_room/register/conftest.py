"""The counter's fixtures."""

from tests.query_room.counter import counter

__all__ = ["counter"]

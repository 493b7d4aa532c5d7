"""The application of a room, made once for everybody at it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from query_room.app import create_app

if TYPE_CHECKING:
    from flask import Flask

    from query_room.room import Room


@lru_cache(maxsize=1)
def app_of(room: Room) -> Flask:
    """One application serves all its readers, as in the room; making it costs more than asking."""
    return create_app(room)
